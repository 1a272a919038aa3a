"""All operations of the API, in the order of the document."""

from aperto.api.operation import Operation
from aperto.api.operations import bulk, feed, files, metadata, records, search, sharing

OPERATIONS: tuple[Operation, ...] = (
    *metadata.OPERATIONS,
    *search.OPERATIONS,
    *feed.OPERATIONS,
    *files.OPERATIONS,
    *bulk.OPERATIONS,
    *records.OPERATIONS,
    *sharing.OPERATIONS,
)
