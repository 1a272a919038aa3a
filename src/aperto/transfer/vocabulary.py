"""By which names the targets of an object are known: their labels in all languages, and words for them."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.utils.translation import override

from aperto.kernel.errors import Message
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.transfer.names import phrase_of, phrases
from aperto.transfer.targets import FULL_NAME, ID, Target
from aperto.transfer.words import OBJECTS, WORDS

LABEL, WORD = 100, 90  # how sure: the label of a field, and a word for it


def spellings(label: Message) -> list[str]:
    """A label in all languages of the product."""
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.append(phrase_of(str(label)))
    return list(dict.fromkeys(found))


def index_of(declaration: ObjectType, targets: Sequence[Target]) -> dict[str, dict[str, int]]:
    """{phrase: {target: how sure}}; a label of one field is no other field's word."""
    index: dict[str, dict[str, int]] = {}
    for target in targets:
        if not target.piece and target.key not in (ID, FULL_NAME):
            for phrase in spellings(target.label):
                index.setdefault(phrase, {}).setdefault(target.key, LABEL)
    labelled = {phrase: frozenset(found) for phrase, found in index.items()}
    for target in targets:
        for phrase, score in _phrases_of(declaration, target):
            owners = labelled.get(phrase)
            if phrase and (owners is None or target.key in owners or target.piece or target.key == FULL_NAME):
                index.setdefault(phrase, {}).setdefault(target.key, score)
    return index


def _phrases_of(declaration: ObjectType, target: Target) -> Iterable[tuple[str, int]]:
    if target.key == ID:
        yield from ((each, LABEL) for each in ("id", "record id"))
        yield from ((f"{each} id", LABEL) for each in names_of(declaration.key))
        return
    if target.key == FULL_NAME:
        yield from ((phrase, WORD - 2) for phrase in _full_names(declaration))
        return
    field = declaration.fields[target.field]
    words = phrases(WORDS.get(target.key, "")) + ([] if target.piece else [phrase_of(target.field)])
    yield from ((phrase, WORD) for phrase in words)
    yield from ((phrase, WORD - 1) for phrase in _of_kind(declaration, field, target.piece))
    if not target.piece:
        yield from ((phrase, WORD - 3) for phrase in _of_title(declaration, field))
        yield from ((phrase, WORD - 3) for phrase in _of_reference(declaration, field))
        if target.key == "external_id":
            yield from ((f"{each} id", WORD - 3) for each in names_of(declaration.key))


def names_of(object_key: str) -> list[str]:
    return phrases(OBJECTS.get(object_key, object_key))


def _full_names(declaration: ObjectType) -> list[str]:
    return (
        phrases(WORDS["full_name"])
        + [f"{each} name" for each in names_of(declaration.key)]
        + names_of(declaration.key)
    )


# The name of a kind in WORDS; pieces of an address stand there under their own.
NAMED = {"emails": "email", "phones": "phone", "money": "currency", "stage": "pipeline", "address": ""}


def _of_kind(declaration: ObjectType, field: Field, piece: str) -> Iterable[str]:
    """Words of a kind and its pieces; for all but the first field of the kind, behind a word of its own."""
    several = field.kind in ("emails", "phones")
    name = f".{NAMED.get(field.kind, '')}".rstrip(".")
    if field.kind not in NAMED or (not piece and not several and field.kind != "address"):
        return
    plain = phrases(WORDS.get(f"{name}.{piece}" if piece and (several or not name) else name, ""))
    if field.kind == "address" and not piece:
        plain = phrases(WORDS[".address"])
    first = next(each for each in declaration.fields.values() if each.kind == field.kind)
    if field is first:
        yield from plain
    if piece:
        yield from (f"{before} {phrase}" for before in _befores(field, first) for phrase in plain)


def _befores(field: Field, first: Field) -> set[str]:
    """What may stand before a piece: the field's own word ("billing"), or its whole name."""
    words = {phrase_of(field.key), *phrases(WORDS.get(field.key, "")), *spellings(field.label)}
    if field.kind == "address":
        words |= {word.split()[0] for word in words if len(word.split()) > 1}
        words |= {"mailing", "business", "address", "home"} if field is first else set()
    return words


def _of_title(declaration: ObjectType, field: Field) -> list[str]:
    """The field that is the title is called by the name of the object: "Account name" of a company."""
    if declaration.title.partition("|")[0] != f"{{{field.key}}}":
        return []
    names = [*names_of(declaration.key), *spellings(declaration.label)]
    titles = phrases("name, title, naam, nom, nome")
    return [*names, *(f"{each} {word}" for each in names for word in titles)]


def _of_reference(declaration: ObjectType, field: Field) -> list[str]:
    """A reference is called by the name of the object that it points at, when its own label says so."""
    found: list[str] = []
    for object_key in getattr(field, "to", ()):
        names = names_of(object_key)
        called = set(spellings(field.label)) & {*names, phrase_of(object_key)}
        if (field.key == object_key and called) or field.key == f"{object_key}s":
            found += [*names, *(f"{each} name" for each in names)]
    return found
