"""What a column can be put into: a field, or a piece of one (the city of an address, a mobile number).

A target is written "field" or "field.piece". Pieces of one field are gathered before the field reads them.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.changes.titles import keys_of
from aperto.kernel.errors import Message
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.readable import readable
from aperto.transfer.injection import original

type Gather = Callable[[Sequence[str]], Any]

ID = "id"
FULL_NAME = "title"
UNFIT = frozenset({"file", "image"})  # kinds that no text can hold
PARTICLES = frozenset(
    [
        "van",
        "von",
        "de",
        "der",
        "den",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "del",
        "della",
        "le",
        "la",
        "el",
        "ten",
        "ter",
        "te",
        "'t",
        "op",
        "in",
        "uit",
        "zu",
        "vom",
        "y",
        "e",
        "st",
    ]
)


@dataclass(frozen=True)
class Target:
    """`finds_only`: the column tells which record is meant, it is never written."""

    key: str
    label: Message
    field: str
    piece: str = ""
    finds_only: bool = False


ADDRESS = {
    "street": _("Street"),
    "street2": _("Second line"),
    "postal_code": _("Postal code"),
    "city": _("City"),
    "region": _("Region"),
    "country": _("Country"),
}
EMAILS = {
    "work": _("Work e-mail"),
    "home": _("Private e-mail"),
    "other": _("Other e-mail"),
    "second": _("Second e-mail"),
    "third": _("Third e-mail"),
}
PHONES = {
    "work": _("Work phone"),
    "mobile": _("Mobile phone"),
    "home": _("Private phone"),
    "fax": _("Fax"),
    "other": _("Other phone"),
    "second": _("Second phone"),
    "third": _("Third phone"),
}
PIECES: dict[str, Mapping[str, Message]] = {
    "address": ADDRESS,
    "emails": EMAILS,
    "phones": PHONES,
    "money": {"currency": _("Currency")},
    "stage": {"pipeline": _("Pipeline")},
}


def targets(actor: Actor, declaration: ObjectType) -> list[Target]:
    """All targets that the actor may use, in the order of the fields."""
    found: list[Target] = []
    if splits_names(declaration):
        found.append(Target(FULL_NAME, _("Full name"), FULL_NAME))
    for key, field in readable(actor, declaration).items():
        if field.kind in UNFIT or (field.readonly and field.kind != "automatic_number"):
            continue
        found.append(Target(key, field.label, key, finds_only=field.readonly))
        for piece, label in PIECES.get(field.kind, {}).items():
            found.append(Target(f"{key}.{piece}", label, key, piece))
    return [*found, Target(ID, _("Id"), ID, finds_only=True)]


def splits_names(declaration: ObjectType) -> bool:
    """Whether the title is a first and a last name, which one column may hold together."""
    keys = keys_of(declaration.title.partition("|")[0])
    return keys == ("first_name", "last_name")


def split_name(text: str) -> dict[str, str]:
    """First and last name; particles belong to the last one, and "Dijk, Marieke van" is turned round."""
    if "," in text:
        last, _comma, first = text.partition(",")
        words = first.split()
        moved: list[str] = []
        while words and words[-1].lower() in PARTICLES:
            moved.insert(0, words.pop())
        return {"first_name": " ".join(words), "last_name": " ".join([*moved, last.strip()])}
    words = text.split()
    if len(words) < 2:
        return {"first_name": "", "last_name": text.strip()}
    place = next((n for n, word in enumerate(words) if n and word.lower() in PARTICLES), len(words) - 1)
    return {"first_name": " ".join(words[:place]), "last_name": " ".join(words[place:])}


def gather(cells: Mapping[str, str], fields: Mapping[str, Field]) -> dict[str, Any]:
    """{target: text} of a row as {field: what its `parse` reads}."""
    pieces: dict[str, dict[str, str]] = defaultdict(dict)
    for target, text in cells.items():
        if target == FULL_NAME:
            for key, part in split_name(text).items():
                pieces[key].setdefault("", part)
        else:
            key, _dot, piece = target.partition(".")
            pieces[key][piece] = text
    return {key: assembled(fields[key], given) for key, given in pieces.items()}


def gatherer(field: Field | None, pieces: Mapping[str, int]) -> Gather:
    """What reads the columns of one field from a row, made once: its text or its pieces, None where all are
    blank. `field` is None for what only tells which record is meant."""
    if field is None or set(pieces) == {""}:
        return _of_one(pieces.get("", next(iter(pieces.values()))))
    assemble, places = ASSEMBLE.get(field.kind, _whole), tuple(pieces.items())

    def gather(cells: Sequence[str]) -> Any:
        width = len(cells)
        given = {piece: original(cells[place]) if place < width else "" for piece, place in places}
        return assemble(given) if any(text.strip() for text in given.values()) else None

    return gather


def _of_one(place: int) -> Gather:
    def gather(cells: Sequence[str]) -> Any:
        text = original(cells[place]) if place < len(cells) else ""
        return text if text.strip() else None

    return gather


def assembled(field: Field, given: dict[str, str]) -> Any:
    """One text where only the field itself was named, else what its kind makes of the pieces."""
    if set(given) == {""}:
        return given[""]
    return ASSEMBLE.get(field.kind, _whole)(given)


def _whole(given: dict[str, str]) -> Any:
    return given.get("", "")


def _address(given: dict[str, str]) -> Any:
    parts = {key: text.strip() for key, text in given.items() if key and text.strip()}
    street = [parts.pop(key) for key in ("street", "street2") if key in parts]
    if given.get("", "").strip():
        street.insert(0, given[""].strip())
    return ({"street": "\n".join(street)} if street else {}) | parts


TYPED = {"": "", "second": "", "third": "other"}


def _several(item: str) -> Callable[[dict[str, str]], Any]:
    """The entries of all columns; one column may hold several of them."""

    def assemble(given: dict[str, str]) -> Any:
        return [
            {item: text.strip(), "type": TYPED.get(piece, piece)}
            for piece, cell in sorted(given.items())
            for text in cell.replace("\n", ";").split(";")
            if text.strip()
        ]

    return assemble


def _money(given: dict[str, str]) -> Any:
    amount, currency = given.get("", "").strip(), given.get("currency", "").strip()
    return {"amount": amount, "currency": currency.upper()} if amount else ""


def _stage(given: dict[str, str]) -> Any:
    stage, pipeline = given.get("", "").strip(), given.get("pipeline", "").strip()
    return f"{pipeline} / {stage}" if stage and pipeline else stage


ASSEMBLE: dict[str, Callable[[dict[str, str]], Any]] = {
    "address": _address,
    "emails": _several("address"),
    "phones": _several("number"),
    "money": _money,
    "stage": _stage,
}
