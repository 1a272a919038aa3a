"""What every write asks of the fields of its object, found out once for each object."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from aperto.kernel.fields.automatic_number import AutomaticNumber
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.file import File
from aperto.kernel.fields.money import Money
from aperto.kernel.objects.declaration import ObjectType

type Split = Callable[[Any], tuple[Any, ...]]


@dataclass(frozen=True)
class Outline:
    """`stored` stand in the row, `linked` in the table of links; `columns` are those whose value is only put
    into columns, with the names of these; `keyed` are unique or match keys; `pointing` may name other
    records, `filed` hold files; `needed` are required and `numbered` are counted;
    `spreading` write other records too."""

    stored: Mapping[str, Field]
    columns: Mapping[str, tuple[tuple[str, ...], Split]]
    linked: tuple[Field, ...]
    keyed: frozenset[str]
    pointing: Mapping[str, Field]
    filed: tuple[File, ...]
    defaulted: tuple[Field, ...]
    needed: tuple[Field, ...]
    money: tuple[str, ...]
    numbered: tuple[AutomaticNumber, ...]
    spreading: tuple[str, ...]


@lru_cache(maxsize=256)
def outline_of(declaration: ObjectType) -> Outline:
    fields = declaration.fields
    each = tuple(fields.values())
    writable = tuple(field for field in each if not field.readonly)
    return Outline(
        stored={key: field for key, field in fields.items() if not field.stored_elsewhere},
        columns={key: (_attributes(field), field.split) for key, field in fields.items() if _is_plain(field)},
        linked=tuple(field for field in each if field.stored_elsewhere and not field.derived),
        keyed=frozenset(field.key for field in each if field.unique or field.match),
        pointing={
            key: field for key, field in fields.items() if type(field).references is not Field.references
        },
        filed=tuple(field for field in each if isinstance(field, File)),
        defaulted=tuple(field for field in writable if field.default is not None),
        needed=tuple(field for field in writable if field.required),
        money=tuple(field.key for field in each if isinstance(field, Money)),
        numbered=tuple(field for field in each if isinstance(field, AutomaticNumber)),
        spreading=tuple(field.key for field in each if field.spreads),
    )


def _is_plain(field: Field) -> bool:
    return field.stored == "column" and not field.stored_elsewhere and type(field).set is Field.set


def _attributes(field: Field) -> tuple[str, ...]:
    return tuple(field.attribute(part) for part in field.parts)
