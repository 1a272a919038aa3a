"""Records as CSV, row by row as they are read: memory does not grow with how many there are.

What is written can be read back without loss: every kind prints itself free of any language, references
are told by title (by key where the title would mislead), and the Id column finds each record again.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from aperto.kernel.access import rules
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Refused
from aperto.kernel.fields.base import Field, Ref, text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.readable import readable
from aperto.kernel.query.rows import Row
from aperto.kernel.records import Selection, visible
from aperto.transfer.failures import Echo
from aperto.transfer.injection import harmless
from aperto.transfer.pointing import is_pointing
from aperto.transfer.targets import UNFIT

CHUNK = 1_000
DELIMITERS = {"comma": ",", "semicolon": ";"}
UNTELLING = re.compile(r"[;\n]|\([^()]*\)$|^\s|\s$")


def may_export(actor: Actor, declaration: ObjectType) -> bool:
    return actor.may(declaration, Verb.EXPORT) and actor.may(declaration, Verb.READ)


def exportable(actor: Actor, declaration: ObjectType) -> list[str]:
    """All columns that a file can hold."""
    return [key for key, field in readable(actor, declaration).items() if field.kind not in UNFIT]


def columns_for(actor: Actor, declaration: ObjectType, columns: Sequence[str] | None) -> list[str]:
    """Those of the columns that a file can hold and the actor may read; all without a choice."""
    allowed = exportable(actor, declaration)
    return allowed if columns is None else [key for key in columns if key in allowed]


def selection(actor: Actor, object_key: str, filter: str = "") -> Selection:
    """The records that the actor may take out; Refused without the right to export."""
    chosen = visible(actor, object_key)
    if not may_export(actor, chosen.declaration):
        raise Refused(Verb.EXPORT)
    return chosen.where(rules.condition(actor, chosen.declaration, Verb.EXPORT)).matching(filter or None)


def as_csv(
    chosen: Selection,
    columns: Sequence[str] | None = None,
    *,
    sort: str = "",
    delimiter: str = "comma",
    rows: Iterable[Row] | None = None,
) -> Iterator[str]:
    """The lines of the file: a header, then the records in pieces of a thousand, or the given `rows`."""
    keys = columns_for(chosen.actor, chosen.declaration, columns)
    fields = [chosen.declaration.fields[key] for key in keys]
    writer = csv.writer(Echo(), delimiter=DELIMITERS[delimiter], lineterminator="\r\n")
    yield "\ufeff" + writer.writerow([_("Id"), *(text_of(field.label) for field in fields)])
    for row in chosen.iterate(keys, CHUNK, sort) if rows is None else rows:
        yield writer.writerow([str(row.id), *cells(row, fields)])


def cells(row: Row, fields: Iterable[Field]) -> Iterator[str]:
    for field in fields:
        value = row.values[field.key]
        yield "" if value is None else harmless(printed(field, value))


def printed(field: Field, value: Any) -> str:
    """The value as any file may hold it, free of language."""
    return field.export(_told(value) if is_pointing(field) else value)


def _told(value: Any) -> Any:
    """References by title, or by key where the title would be read as something else."""
    if isinstance(value, Ref):
        return value
    return [
        Ref(ref.object, ref.id, "", ref.hue, ref.role) if UNTELLING.search(ref.title) else ref
        for ref in value
    ]
