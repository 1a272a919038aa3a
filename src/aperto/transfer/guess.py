"""Which target a column is probably meant for: by its name in four languages, then by what its cells hold.

A guess is only ever a proposal, so it keeps away from columns that may be about somebody else, and never
puts two columns into one target.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field
from aperto.kernel.folding import fold
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.pipelines import stages
from aperto.kernel.viewer import Viewer
from aperto.transfer.cells import read_cell
from aperto.transfer.failures import REASON
from aperto.transfer.names import phrase_of, phrases, words_of
from aperto.transfer.shapes import shape_of
from aperto.transfer.targets import FULL_NAME, ID, Target, splits_names
from aperto.transfer.vocabulary import WORD, index_of, names_of, spellings
from aperto.transfer.words import AFTER, BEFORE, CHOICES, OBJECTS, OTHERS

STRIPPED, PART, SHAPE = 70, 50, 40  # how sure, besides LABEL and WORD
LEADING = frozenset(word for phrase in phrases(BEFORE) for word in phrase.split())
TRAILING = frozenset(word for phrase in phrases(AFTER) for word in phrase.split())
SOMEBODY_ELSES = frozenset(word for each in OTHERS.split() for word in words_of(each))
SHAPES = {"email": "emails", "phone": "phones", "url": "url"}
STRICT = frozenset({"select", "multi_select", "boolean", "rating"})  # kinds whose cells decide with the name
# Kinds of which a cell alone does not say whether it fits.
LOOSE = frozenset({"reference", "multi_reference", "user", "phones"})
FORMS_OF_ADDRESS = frozenset(phrase for key in ("mr", "ms", "dr", "prof") for phrase in phrases(CHOICES[key]))
ORDINALS = {2: "second", 3: "third"}


@dataclass(frozen=True)
class Column:
    """A column of the file: its place, its name and some of its cells. `neutral`: its figures and days
    belong to no language, because the file kept them as such."""

    place: int
    name: str
    cells: tuple[str, ...]
    neutral: bool = False

    @property
    def filled(self) -> list[str]:
        return [cell for cell in self.cells if cell.strip()]


class Guesser:
    """Knows the names of all targets of one object."""

    def __init__(self, declaration: ObjectType, targets: Sequence[Target], viewer: Viewer) -> None:
        self.declaration, self.viewer = declaration, viewer
        self.targets = {target.key: target for target in targets}
        self.own = frozenset(
            word
            for phrase in [*names_of(declaration.key), *spellings(declaration.label)]
            for word in phrase.split()
        )
        persons = phrases("contact, person, customer") if splits_names(declaration) else []
        self.leading = LEADING | self.own | set(persons)
        self.others = (
            SOMEBODY_ELSES
            | {
                word
                for key, names in OBJECTS.items()
                if key != declaration.key
                for name in phrases(names)
                for word in name.split()
            }
            - self.leading
        )
        self.unwritten = {
            phrase
            for key, field in declaration.fields.items()
            if key not in self.targets or (key == FULL_NAME and field.readonly)
            for phrase in spellings(field.label)
        }
        self.index = index_of(declaration, targets)
        self.vocabulary = {word for phrase in self.index for word in phrase.split() if len(word) > 2}
        self.squeezed = {
            phrase.replace(" ", ""): found for phrase, found in self.index.items() if " " in phrase
        }

    def mapping(self, columns: Sequence[Column]) -> dict[int, str]:
        """{place of a column: target}, the surest first."""
        found = {column.place: self.candidates(column) for column in columns}
        if any(ID in each for each in found.values()):  # our own file: it holds columns that nobody writes
            found |= {column.place: {} for column in columns if phrase_of(column.name) in self.unwritten}
        ranked = sorted(
            (-score, place, target) for place, each in found.items() for target, score in each.items()
        )
        chosen: dict[int, str] = {}
        for _score, place, target in ranked:
            if place not in chosen and target not in chosen.values():
                chosen[place] = target
        return self._names(chosen)

    def candidates(self, column: Column) -> dict[str, int]:
        """Targets that the column may be meant for, with how sure that is."""
        if phrase_of(column.name) in reasons():
            return {}
        named = self._by_name(column)
        found = {key: score for key, score in named.items() if self._fits(key, column, score)}
        if (
            not named
            and column.filled
            and not (SOMEBODY_ELSES | self.vocabulary) & set(words_of(column.name))
        ):
            found = self._by_shape(column)
        empty = 25 if not column.filled else 0
        return {key: score - empty for key, score in found.items()}

    # -- names ---------------------------------------------------------------------------------------

    def _by_name(self, column: Column) -> dict[str, int]:
        words = words_of(column.name.rpartition("::")[2])
        whole = self.index.get(" ".join(words)) or self.squeezed.get("".join(words))
        if whole:
            return whole
        place = next((place for place, word in enumerate(words) if word.isdigit()), None)
        ordinal = 1 if place is None else int(words[place][:4])
        found: dict[str, int] = {}
        for spelling in dict.fromkeys([without_repeats(_cut(words, place)), without_figures(words)]):
            known = self.index.get(" ".join(spelling), {}).items()
            for target, score in known:
                found.setdefault(target, score)
            for shorter in self._stripped(spelling):
                for target, _score in self.index.get(" ".join(shorter), {}).items():
                    found.setdefault(target, STRIPPED)
        if ordinal > 1:
            return self._numbered(found, ordinal)
        return found or self._partly(without_figures(words))

    def _stripped(self, words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
        """The name without words that add nothing: "contact email address" → "email"."""
        for last in range(len(words), 0, -1):
            if last < len(words) and words[last] not in TRAILING:
                return
            for first in range(last):
                if first and words[first - 1] not in self.leading:
                    break
                if first or last < len(words):
                    yield words[first:last]

    def _numbered(self, found: Mapping[str, int], ordinal: int) -> dict[str, int]:
        """The second and third of several e-mails or phones have targets of their own; the rest is left."""
        piece = ORDINALS.get(ordinal, "")
        moved = {f"{key.partition('.')[0]}.{piece}": score for key, score in found.items()}
        return {key: score for key, score in moved.items() if key in self.targets}

    def _partly(self, words: tuple[str, ...]) -> dict[str, int]:
        """A known name at the end of a longer one, unless the rest says that it is another's."""
        for start in range(1, len(words)):
            found = self.index.get(" ".join(words[start:]))
            if found and not self.others & set(words[:start]):
                return {key: PART - start for key in found if key not in (ID, "external_id")}
        return {}

    def _names(self, chosen: dict[int, str]) -> dict[int, str]:
        """A column "name" beside first names holds last names, and the other way round."""
        place = next((place for place, target in chosen.items() if target == FULL_NAME), None)
        if place is None or not splits_names(self.declaration):
            return chosen
        others = {"first_name", "last_name"} & set(chosen.values())
        if len(others) == 2:
            del chosen[place]
        elif others:
            chosen[place] = ({"first_name", "last_name"} - others).pop()
        return chosen

    # -- values --------------------------------------------------------------------------------------

    def _fits(self, key: str, column: Column, score: int) -> bool:
        """Whether the cells can be what the target holds. A clear name counts more, but for lists of choices:
        other systems have lists of their own under the same name."""
        filled = column.filled[:50]
        if key == ID:
            return bool(filled) and all(map(is_key, filled))
        if not filled:
            return True
        if key == "external_id":
            return is_telling(column.name, filled)
        target = self.targets[key]
        field = self.declaration.fields.get(target.field)
        if field is None or target.piece or field.kind in LOOSE:
            return True
        if field.kind == "text" and all(phrase_of(cell) in FORMS_OF_ADDRESS for cell in filled):
            return False
        if field.kind == "stage":
            return _known_stages(self.declaration, filled) >= 0.5
        return (score >= WORD - 5 and field.kind not in STRICT) or _readable(
            field, filled, self.viewer
        ) >= 0.5

    def _by_shape(self, column: Column) -> dict[str, int]:
        """A column whose name says nothing, by what at least four in five of its cells look like."""
        kind = SHAPES.get(shape_of(column.filled))
        fields = self.declaration.fields
        fitting = [
            key
            for key, target in self.targets.items()
            if not target.piece and target.field in fields and fields[target.field].kind == kind
        ]
        return {fitting[0]: SHAPE} if kind and fitting else {}


def is_telling(name: str, cells: Sequence[str]) -> bool:
    """Whether the keys of another system can be told from those of a third: "1" and "2" are everybody's."""
    words = set(words_of(name))
    return bool(words & {"external", "extern", "externe", "guid", "uuid"}) or (
        all(len(cell.strip()) >= 5 for cell in cells) and not all(map(is_key, cells))
    )


def is_key(cell: str) -> bool:
    """Whether the cell is a key of ours: a UUID of the seventh version."""
    try:
        return UUID(cell.strip()).version == 7
    except ValueError:
        return False


def _known_stages(declaration: ObjectType, cells: Sequence[str]) -> float:
    names = {fold(word) for step in stages.of_object(declaration.key) for word in (step.name, str(step.id))}
    return sum(fold(cell) in names | {"won", "lost", "open"} for cell in cells) / len(cells)


def _readable(field: Field, cells: Sequence[str], viewer: Viewer) -> float:
    read = 0
    for cell in cells:
        try:
            read_cell(field, cell, viewer)
        except FieldError:
            continue
        read += 1
    return read / len(cells)


def without_figures(words: tuple[str, ...]) -> tuple[str, ...]:
    return without_repeats(tuple(word for word in words if not word.isdigit()))


def without_repeats(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for place, word in enumerate(words) if not place or words[place - 1] != word)


def _cut(words: tuple[str, ...], place: int | None) -> tuple[str, ...]:
    return words if place is None else words[:place] + words[place + 1 :]


@lru_cache
def reasons() -> frozenset[str]:
    """Names of the column that our own file of failed rows adds."""
    return frozenset(spellings(REASON))
