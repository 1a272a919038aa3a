"""The words of files, kept once for each file, so that every record that holds it is found by them."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from aperto.kernel.fields.base import Field
from aperto.kernel.fields.file import File
from aperto.kernel.folding import fold
from aperto.kernel.objects.record import Record
from aperto.kernel.query.engines.expressions import among_keys
from aperto.kernel.query.search.models import SearchContent

LONGEST = 30_000  # letters of different words
LONGEST_WORD = 60
EDGES = ",;:.!?()[]{}<>\"'“”‘’«»|/\\*_-–—=•…"


def store(file: UUID, text: str) -> None:
    """Each word once: a search asks whether it stands there, not how often or where."""
    words = _words(text)
    if words:
        SearchContent.objects.update_or_create(file=file, defaults={"words": words})
    else:
        SearchContent.objects.filter(file=file).delete()


def _words(text: str) -> str:
    kept: dict[str, None] = {}
    length = 0
    for raw in fold(text).split():
        word = raw.strip(EDGES)[:LONGEST_WORD]
        if len(word) > 1 and word not in kept:
            kept[word] = None
            length += len(word) + 1
            if length > LONGEST:
                break
    return " ".join(kept)


def forget(files: Iterable[UUID]) -> None:
    SearchContent.objects.filter(among_keys("file", files)).delete()


def of_records(fields: Iterable[Field], records: Sequence[Record]) -> Mapping[UUID, str]:
    """The words of what each record holds in these fields, by its key; one statement, or none."""
    holding = [field for field in fields if isinstance(field, File)]
    held = {
        record.pk: [value.id for field in holding if (value := field.get(record))] for record in records
    } if holding else {}  # fmt: skip
    wanted = {key for keys in held.values() for key in keys}
    if not wanted:
        return {}
    rows = SearchContent.objects.filter(among_keys("file", wanted))
    known = dict(rows.values_list("file", "words"))
    return {record: " ".join(known[key] for key in keys if key in known) for record, keys in held.items()}
