"""The choices that are proposed for a file before anybody has said anything."""

import re
from collections.abc import Iterable, Sequence

from aperto.kernel.access.actor import Actor
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.transfer.beside_targets import SLASH, guess_beside, references
from aperto.transfer.choices import Choices, Format, Mode
from aperto.transfer.guess import Column, Guesser
from aperto.transfer.pointing import Pointers, is_pointing
from aperto.transfer.reading import Table
from aperto.transfer.shapes import date_order_of, decimal_of
from aperto.transfer.targets import ID, Target, targets

SAMPLE = 200  # rows that a guess looks at
NUMBERS = frozenset({"decimal", "integer", "percent", "money", "geo_point"})
DATES = frozenset({"date", "datetime"})
NORTH_AMERICAN = re.compile(
    r"(?:\+?1[-. ]?)?\(?[2-9]\d{2}\)?[-. ]?[2-9]\d{2}[-. ]?\d{4}(?:\s*(?:x|ext\.?)\s*\d+)?"
)


def columns_of(table: Table) -> list[Column]:
    rows = table.sample(SAMPLE)
    return [
        Column(
            place,
            name,
            tuple(row[place] if place < len(row) else "" for row in rows),
            neutral=not table.layout.is_text,
        )
        for place, name in enumerate(table.header)
    ]


def propose(actor: Actor, declaration: ObjectType, table: Table) -> Choices:
    """Mapping, formats and matching as a careful person would choose them."""
    columns = columns_of(table)
    known = targets(actor, declaration)
    mapping = Guesser(declaration, known, actor.viewer).mapping(columns)
    mapping = _with_known_references(actor, declaration, mapping, columns)
    mapping = guess_beside(actor, declaration, mapping, columns)
    formats = formats_of(actor, declaration, mapping, columns)
    match = usual_match(declaration, mapping.values())
    mode = Mode.UPDATE if match == (ID,) else Mode.SKIP
    return Choices(mapping, formats, match, mode, replaces=match == (ID,))


def formats_of(
    actor: Actor, declaration: ObjectType, mapping: dict[int, str], columns: Sequence[Column]
) -> dict[int, Format]:
    """What the cells show for certain; the rest follows from whoever imports, or from us in files of ours."""
    ours = ID in mapping.values()
    found = {}
    for column in columns:
        field = field_of(actor, declaration, mapping.get(column.place, ""))
        if field is not None and (given := _format(actor, field, column, ours or column.neutral)) != Format():
            found[column.place] = given
    return found


def field_of(actor: Actor, declaration: ObjectType, target: str) -> Field | None:
    """The field that a target is put into, be it of a record beside."""
    key, slash, inner = target.partition(SLASH)
    if slash:
        other = references(actor, declaration).get(key)
        return other.fields.get(inner.partition(".")[0]) if other else None
    return declaration.fields.get(key.partition(".")[0])


def _format(actor: Actor, field: Field, column: Column, ours: bool) -> Format:
    if field.kind in NUMBERS:
        return Format(decimal=decimal_of(column.cells) or ("." if ours else ""))
    if field.kind in DATES:
        return Format(dates=date_order_of(column.cells) or ("YMD" if ours else ""))
    if field.kind == "phones" and actor.viewer.country not in ("US", "CA"):
        local = [cell.strip() for cell in column.filled if not cell.strip().startswith(("+", "00"))]
        if len([cell for cell in local if NORTH_AMERICAN.fullmatch(cell)]) > len(local) * 0.6:
            return Format(country="US")
    return Format()


def usual_match(declaration: ObjectType, mapped: Iterable[str]) -> tuple[str, ...]:
    """The key, else what only one record may hold and what tells records apart; never a phone number,
    which colleagues share."""
    keys = {target.partition(".")[0] for target in mapped}
    if ID in keys:
        return (ID,)
    return tuple(
        key
        for key, field in declaration.fields.items()
        if key in keys
        and field.kind != "phones"
        and (field.unique or field.match or field.kind == "automatic_number")
    )


def _with_known_references(
    actor: Actor, declaration: ObjectType, mapping: dict[int, str], columns: Sequence[Column]
) -> dict[int, str]:
    """Without columns that point at people or things that nobody here knows: every row would be refused."""
    kept = dict(mapping)
    for column in columns:
        field = declaration.fields.get(kept.get(column.place, ""))
        if field is None or not is_pointing(field) or not column.filled or field.kind == "stage":
            continue
        pointers = Pointers(actor, declaration, create_missing=True)
        if not pointers.can_create(field) and pointers.known_share(field, column.filled) < 0.5:
            del kept[column.place]
    return kept


def matchable(declaration: ObjectType, known: Sequence[Target]) -> list[Target]:
    """Targets by which existing records can be found."""
    from aperto.transfer.matching import can_match  # noqa: PLC0415 - matching reads more of the kernel

    return [target for target in known if not target.piece and can_match(declaration, target.field)]
