"""Keeps the search table in step with the records, in the transaction of each write."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef

from aperto.kernel.fields.base import Field
from aperto.kernel.folding import fold
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import engines
from aperto.kernel.query.engines import marks
from aperto.kernel.query.engines.engine import Entry
from aperto.kernel.query.engines.expressions import among_keys
from aperto.kernel.query.reach import table
from aperto.kernel.query.search import contents
from aperto.kernel.query.search.models import SearchEntry
from aperto.kernel.query.search.words import deletions, words_of

LONGEST_PIECE = 2_000  # letters of one long field
CHUNK = 1_000


def searchable(declaration: ObjectType) -> list[Field]:
    """The fields that search looks into, the most telling first; none for an object that is not searched."""
    found = [field for field in declaration.fields.values() if field.search_weight > 0]
    return sorted(found, key=lambda field: -field.search_weight)


def index(declaration: ObjectType, records: Sequence[Record]) -> None:
    """Adds or renews the entries of these records."""
    fields = searchable(declaration)
    if not fields or not records:
        return
    held = contents.of_records(fields, records)
    entries = [_entry(declaration, fields, record, held.get(record.pk, "")) for record in records]
    engine = engines.current()
    engine.store_entries(entries)
    words = set[str]().union(*(words_of(entry.title_folded) for entry in entries))
    if fresh := engine.unknown_words(sorted(words)):
        engine.store_words(fresh, [(each, word) for word in fresh for each in sorted(deletions(word))])


def _entry(declaration: ObjectType, fields: Sequence[Field], record: Record, held: str) -> Entry:
    """`held` are the words of the files that it holds, folded already."""
    pieces = [*(fold(field.search_text(field.get(record))[:LONGEST_PIECE]) for field in fields), held]
    title = str(record.title or "")[:200]
    folded = f" {fold(title)}"[:400]
    return Entry(
        object=declaration.key,
        record=record.pk,
        title=title,
        title_folded=folded,
        text="".join(f" {piece}" for piece in dict.fromkeys(pieces) if piece),
        access=marks.of_record(declaration.key, record.owner, record.team),
        owner=record.owner,
        team=record.team,
        updated_at=record.updated_at,
    )


def forget(declaration: ObjectType, ids: Iterable[UUID]) -> None:
    """Removes the entries of deleted records."""
    if searchable(declaration):
        SearchEntry.objects.filter(among_keys("record", ids)).delete()


def rebuild(object_key: str, progress: Callable[[int], None] = lambda done: None) -> int:
    """Renews all entries of an object, chunk by chunk, and removes those of records that are gone."""
    declaration = registry.get(object_key)
    rows = table(declaration).filter(deleted_at__isnull=True).order_by("pk")
    done, last = 0, None
    while chunk := list((rows.filter(pk__gt=last) if last else rows)[:CHUNK]):
        index(declaration, chunk)
        done, last = done + len(chunk), chunk[-1].pk
        progress(done)
    living = table(declaration).filter(deleted_at__isnull=True, pk=OuterRef("record"))
    SearchEntry.objects.filter(~Exists(living), object=object_key).delete()
    return done
