"""From rows of cells to drafts: what each cell means, which record it is about, what would be written.

Reads only; the one thing that it may create are records that cells name (`Plan.settle` with `create`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.objects import one_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.readable import readable
from aperto.transfer.cells import Memory
from aperto.transfer.choices import Choices, Format, Mode
from aperto.transfer.lines import WHOLE, Line
from aperto.transfer.matching import Matcher, read_key
from aperto.transfer.pointing import Pointers, ToCreate, folded, is_pointing
from aperto.transfer.targets import FULL_NAME, ID, UNFIT, gatherer, split_name

LISTS = frozenset({"emails", "phones", "multi_select", "multi_reference"})
BROKEN = "\ufffd"

type Take = Callable[[Line, str, Any], None]


class Plan:
    """How the rows of one import are read. `sources` are, by field, the columns of its pieces."""

    def __init__(
        self, actor: Actor, declaration: ObjectType, choices: Choices, batch: UUID | None = None
    ) -> None:
        self.actor, self.declaration, self.choices = actor, declaration, choices
        self.fields = _writable(actor, declaration)
        self.sources: dict[str, dict[str, int]] = {}
        for place, target in sorted(choices.mapping.items()):
            key, _dot, piece = target.partition(".")
            if key in (ID, FULL_NAME) or key in self.fields:
                self.sources.setdefault(key, {})[piece] = place
        self.readers = {
            key: Memory(self.fields[key], self._viewer(pieces).of(actor.viewer))
            for key, pieces in self.sources.items()
            if key in self.fields and not is_pointing(self.fields[key])
        }
        if FULL_NAME in self.sources:
            for key in ("first_name", "last_name"):
                self.readers.setdefault(key, Memory(self.fields[key], actor.viewer))
        self.pointers = Pointers(actor, declaration, choices.create_missing, batch)
        self.matcher = Matcher(actor, declaration, choices.finds)
        self.columns = [
            (key, gatherer(self.fields.get(key), pieces), self._taker(key))
            for key, pieces in self.sources.items()
        ]

    def _viewer(self, pieces: Mapping[str, int]) -> Format:
        place = pieces.get("", next(iter(pieces.values())))
        return self.choices.formats.get(place, Format())

    # -- cells ---------------------------------------------------------------------------------------

    def read(self, rows: Iterable[tuple[int, list[str]]]) -> list[Line]:
        """Everything that can be known of the rows without the database."""
        return [self._line(number, cells) for number, cells in rows]

    def _line(self, number: int, cells: list[str]) -> Line:
        line = Line(number, cells)
        broken = any(BROKEN in cell for cell in cells)
        for key, gather, take in self.columns:
            raw = gather(cells)
            if raw is None:
                line.blank.add(key)
            elif broken and any(BROKEN in cells[place] for place in self.sources[key].values()):
                line.refuse(
                    key, _("A character could not be read. Choose another encoding, or correct the file.")
                )
            else:
                take(line, key, raw)
        return line

    def _taker(self, key: str) -> "Take":
        """What puts the text of this column into a line."""
        if key == FULL_NAME:
            return self._full_name
        if key == ID:
            return self._key
        return self._cell if key in self.readers else self._names

    def _full_name(self, line: Line, _key: str, raw: Any) -> None:
        for part, text in split_name(raw).items():
            if text and part not in self.sources:
                self._cell(line, part, text)

    def _names(self, line: Line, key: str, raw: Any) -> None:
        line.names[key] = self.pointers.names_in(self.fields[key], raw)

    def _key(self, line: Line, _key: str, raw: Any) -> None:
        try:
            line.values[ID] = read_key(raw)
        except FieldError as error:
            line.refuse(ID, error.message)

    def _cell(self, line: Line, key: str, raw: Any) -> None:
        try:
            value = self.readers[key].read(raw)
        except FieldError as error:
            self._unreadable(line, key, error)
        else:
            if value is None:
                line.blank.add(key)
            else:
                line.values[key] = value

    def _unreadable(self, line: Line, key: str, error: FieldError) -> None:
        """A cell that may be left out is left out; what a record needs is not."""
        if not (self.choices.lenient and not self.fields[key].required):
            line.refuse(key, error.message)

    # -- records -------------------------------------------------------------------------------------

    def settle(self, lines: Sequence[Line], create: bool) -> None:
        """Finds the record of each line and those that its cells name; makes the missing ones if told to."""
        self.matcher.assign(lines)
        live = [line for line in lines if not self.skips(line)]
        self._read_present([line for line in live if line.record and not (line.is_new or line.follows)])
        self._point(live, create)
        for line in live:
            self._need(line)
            self.grow(line)

    def skips(self, line: Line) -> bool:
        """Whether the row is left alone because its record is there."""
        return (
            self.choices.mode is Mode.SKIP and line.record is not None and not (line.is_new or line.follows)
        )

    def _read_present(self, lines: Sequence[Line]) -> None:
        """What the found records hold in the fields whose new value depends on it."""
        wanted = [key for key in self.sources if key in self.fields and self.fields[key].kind in LISTS]
        wanted += [key for key in self.sources if key in self.fields and is_pointing(self.fields[key])]
        if not wanted or not lines:
            return
        ids = {line.record for line in lines if line.record}
        found = records.visible(self.actor, self.declaration.key).only(ids)
        present = {row.id: row.values for row in found.iterate(list(dict.fromkeys(wanted)), chunk=5_000)}
        for line in lines:
            line.present = present.get(line.record, {}) if line.record else {}

    def _point(self, lines: Sequence[Line], create: bool) -> None:
        meant: list[tuple[Line, Field, list[Ref | ToCreate]]] = []
        for key in self.sources:
            if key not in self.fields or not is_pointing(self.fields[key]):
                continue
            field = self.fields[key]
            named = [line for line in lines if key in line.names]
            found = self.pointers.look_up(field, (name for line in named for name, _role in line.names[key]))
            for line in named:
                try:
                    refs = self.pointers.value(field, line.names[key], found, line.present.get(key))
                except FieldError as error:
                    self._unreadable(line, key, error)
                else:
                    meant.append((line, field, refs))
        self._fill(meant, create)

    def _fill(self, meant: Sequence[tuple[Line, Field, list[Ref | ToCreate]]], create: bool) -> None:
        """Puts the references in; what does not exist is made first, for rows that can come in."""
        missing = [
            each
            for line, _field, refs in meant
            if not line.errors
            for each in refs
            if isinstance(each, ToCreate)
        ]
        made = self.pointers.create(missing) if create and missing else {}
        for line, field, refs in meant:
            known: list[Any] = []
            for each in refs:
                one = (
                    made.get((each.object, folded(each.title)), each) if isinstance(each, ToCreate) else each
                )
                if isinstance(one, FieldError):
                    line.refuse(field.key, one.message)
                elif isinstance(each, ToCreate) and isinstance(one, Ref):
                    known.append(Ref(one.object, one.id, one.title, one.hue, each.role))
                else:
                    known.append(one)
            line.values[field.key] = known if field.kind == "multi_reference" else (known or [None])[0]

    def _need(self, line: Line) -> None:
        """What a new record cannot do without; a title made of nothing is none either."""
        if not line.is_new or line.record is None:
            return
        for key, field in self.fields.items():
            if (
                field.required
                and field.default is None
                and line.values.get(key) is None
                and key not in line.errors
            ):
                line.refuse(key, _("This field is required."))
        if one_of.is_missing(self.declaration, line.values.get) and not line.errors:
            line.refuse(WHOLE, one_of.sentence(self.declaration))

    def grow(self, line: Line) -> None:
        """Lists of an existing record grow by what the file says, unless it is to replace them."""
        if self.choices.replaces or not line.present:
            return
        for key, held in line.present.items():
            if held and line.values.get(key) and self.fields[key].kind in LISTS:
                line.values[key] = grown(self.fields[key], held, line.values[key])

    def values_of(self, line: Line) -> dict[str, Any]:
        """What is written: blanks leave a value as it is, or empty it if that was chosen."""
        values = {
            key: _bare(value) if is_pointing(self.fields[key]) else value
            for key, value in line.values.items()
            if key != ID and not self.fields[key].readonly
        }
        if self.choices.blanks and not line.is_new:
            values |= {key: None for key in line.blank if key in self.fields}
        return values


def _writable(actor: Actor, declaration: ObjectType) -> dict[str, Field]:
    return {
        key: field
        for key, field in readable(actor, declaration).items()
        if field.kind not in UNFIT and (not field.readonly or field.kind == "automatic_number")
    }


def _bare(value: Any) -> Any:
    """A reference as it is stored: what a page shows of it is no part of the value."""
    if isinstance(value, Ref):
        return Ref(value.object, value.id, role=value.role)
    return [_bare(each) for each in value] if isinstance(value, list) else value


def grown(field: Field, held: Any, added: Any) -> Any:
    """What was there, in its order, and what is new behind it."""
    if field.kind == "multi_reference":
        known = {ref.id for ref in held}
        return [*held, *(ref for ref in added if not isinstance(ref, Ref) or ref.id not in known)]
    if field.kind == "multi_select":
        return field.clean([*held, *added])
    forms = {form for entry in held for form in field.match_keys([entry])}
    return field.clean(
        [*held, *(e | {"primary": False} for e in added if not forms & set(field.match_keys([e])))]
    )
