"""Unique values and match keys of records, kept in step with every write."""

from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from aperto.kernel.changes.draft import Work
from aperto.kernel.changes.models import MatchKey, UniqueValue
from aperto.kernel.changes.outline import outline_of
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.kernel.query.engines.bulk import insert_values
from aperto.kernel.query.engines.expressions import among_keys

LONGEST = 160


def hash_of(form: str) -> str:
    return sha256(form.encode()).hexdigest()


def sync(declaration: ObjectType, works: Sequence[Work]) -> None:
    """Replaces the keys of the fields that these works wrote."""
    keyed = outline_of(declaration).keyed
    if not keyed:
        return
    written: list[tuple[Record, frozenset[str]]] = []
    former: dict[frozenset[str], list[UUID]] = defaultdict(list)
    for work in works:
        mine = keyed & work.values.keys()
        if not work.created:
            mine = frozenset(key for key in mine if work.changes(key))
            former[mine].append(work.record.pk)
        written.append((work.record, mine))
    for fields, records in former.items():
        if fields:
            _forget(declaration, records, fields)
    _remember(declaration, written)


def _forget(declaration: ObjectType, records: list[UUID], fields: frozenset[str] | None = None) -> None:
    for table in (UniqueValue, MatchKey):
        rows = table.objects.filter(among_keys("record", records), object=declaration.key)
        (rows if fields is None else rows.filter(field__in=fields)).delete()


def _remember(declaration: ObjectType, written: Sequence[tuple[Record, frozenset[str]]]) -> None:
    unique: list[tuple[str, str, str, UUID]] = []
    matches: list[tuple[str, str, str, UUID]] = []
    fields = declaration.fields
    for record, keys in written:
        for key in keys:
            field = fields[key]
            for form in dict.fromkeys(field.match_keys(field.get(record))):
                if field.unique:
                    unique.append((declaration.key, key, hash_of(form), record.pk))
                if field.match:
                    matches.append((declaration.key, key, form[:LONGEST], record.pk))
    insert_values(UniqueValue, ("object", "field", "hash", "record"), unique)
    insert_values(MatchKey, ("object", "field", "value", "record"), matches)


def renew(declaration: ObjectType, records: Sequence[Record], field: Field) -> None:
    """The keys of one field anew, after its values became others. What two hold belongs to the first."""
    _forget(declaration, [record.pk for record in records], frozenset({field.key}))
    if not (field.unique or field.match):
        return
    forms = [form for record in records for form in field.match_keys(field.get(record))]
    taken = set(holders(declaration, field, forms)) if field.unique else set()
    first: list[tuple[Record, frozenset[str]]] = []
    for record in records:
        mine = set(field.match_keys(field.get(record)))
        if mine and not (field.unique and mine & taken):
            taken |= mine
            first.append((record, frozenset({field.key})))
    _remember(declaration, first)


def forget_all(declaration: ObjectType, records: Sequence[Record]) -> None:
    """A deleted record releases its values, so that its successor may hold them."""
    _forget(declaration, [record.pk for record in records])


def remember_all(declaration: ObjectType, records: Sequence[Record]) -> None:
    keys = outline_of(declaration).keyed
    _remember(declaration, [(record, keys) for record in records])


def holders(declaration: ObjectType, field: Field, forms: Sequence[str]) -> dict[str, list[UUID]]:
    """{form: records that hold it}, of a unique or match field; the caller cuts them by access."""
    found: dict[str, list[UUID]] = defaultdict(list)
    if field.unique:
        hashes = {hash_of(form): form for form in forms}
        held = UniqueValue.objects.filter(object=declaration.key, field=field.key, hash__in=hashes)
        for digest, record in held.values_list("hash", "record"):
            found[hashes[digest]].append(record)
        return found
    short = {form[:LONGEST]: form for form in forms}
    rows = MatchKey.objects.filter(value__in=short, object=declaration.key, field=field.key)
    for value, record in rows.order_by("record").values_list("value", "record"):
        found[short[value]].append(record)
    return found
