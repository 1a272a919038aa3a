"""Targets in other objects: "Company › Website" for the website of the company that the row points at."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.readable import readable
from aperto.transfer.guess import Column, Guesser
from aperto.transfer.names import words_of
from aperto.transfer.targets import FULL_NAME, ID, Target, splits_names, targets
from aperto.transfer.vocabulary import WORD, names_of, spellings

SLASH = "/"
UNGUESSED = frozenset({"reference", "multi_reference", "user", "stage", "long_text", "rich_text", "boolean"})
OF_PEOPLE = frozenset({FULL_NAME, "first_name", "last_name", "emails", "phones"})


def besides(field: Field) -> str:
    """The object whose records this reference can bring with it; "" for all other fields."""
    to: Sequence[str] = getattr(field, "to", ())
    pointing = field.kind in ("reference", "multi_reference") and len(to) == 1 and not field.readonly
    if not pointing or to[0] not in registry or registry.get(to[0]).administered:
        return ""
    return to[0]


def references(actor: Actor, declaration: ObjectType) -> dict[str, ObjectType]:
    """{field: object} of the first reference to each other object that the actor may create."""
    found: dict[str, ObjectType] = {}
    for key, field in readable(actor, declaration).items():
        to = besides(field)
        if to and to != declaration.key and to not in {each.key for each in found.values()}:
            other = registry.get(to)
            if actor.may(other, Verb.CREATE) and actor.may(other, Verb.READ):
                found[key] = for_actor(actor, other)
    return found


def targets_beside(actor: Actor, declaration: ObjectType) -> list[tuple[Target, ObjectType]]:
    """Each target with the object that it is of."""
    return [
        (Target(f"{key}{SLASH}{each.key}", each.label, each.field, each.piece, each.finds_only), other)
        for key, other in references(actor, declaration).items()
        for each in targets(actor, other)
        if each.key != ID
    ]


def split(mapping: Mapping[int, str]) -> tuple[dict[int, str], dict[str, dict[int, str]]]:
    """What goes into the record itself, and by reference what goes into those beside it. A column that only
    names such a record ("Company") is its name then ("")."""
    columns: dict[str, dict[int, str]] = defaultdict(dict)
    for place, target in mapping.items():
        key, slash, inner = target.partition(SLASH)
        if slash:
            columns[key][place] = inner
    own: dict[int, str] = {}
    for place, target in mapping.items():
        if SLASH not in target:
            if target in columns:
                columns[target][place] = ""
            else:
                own[place] = target
    return own, dict(columns)


def guess_beside(
    actor: Actor, declaration: ObjectType, mapping: dict[int, str], columns: Sequence[Column]
) -> dict[int, str]:
    """The mapping with columns that are surely about a record beside: "Company website" of a contact, and
    "E-mail" of a deal, which has none."""
    found = dict(mapping)
    for key, other in references(actor, declaration).items():
        guesser = Guesser(other, targets(actor, other), actor.viewer)
        field = declaration.fields[key]
        before = {*names_of(other.key), *spellings(field.label), *spellings(other.label)}
        people = splits_names(other) and not splits_names(declaration)
        for column in columns:
            if column.place not in found and column.filled:
                target = _best(guesser, other, column, before, people)
                if target and f"{key}{SLASH}{target}" not in found.values():
                    found[column.place] = f"{key}{SLASH}{target}"
    return found


def _best(guesser: Guesser, other: ObjectType, column: Column, before: Iterable[str], people: bool) -> str:
    words = words_of(column.name)
    for phrase in sorted(before, key=len, reverse=True):
        length = len(phrase.split())
        if length and " ".join(words[:length]) == phrase and len(words) > length:
            return _sure(guesser, other, Column(column.place, " ".join(words[length:]), column.cells))
    found = _sure(guesser, other, column) if people else ""
    return found if found.partition(".")[0] in OF_PEOPLE else ""


def _sure(guesser: Guesser, other: ObjectType, column: Column) -> str:
    """A target whose name this is, of a kind that cells do not leave open."""
    scored = sorted((-score, key) for key, score in guesser.candidates(column).items() if score >= WORD - 3)
    for _score, key in scored:
        field = other.fields.get(key.partition(".")[0])
        telling = field is not None and field.kind not in UNGUESSED and field.key != "external_id"
        if key != ID and (telling or key == FULL_NAME):
            return key
    return ""
