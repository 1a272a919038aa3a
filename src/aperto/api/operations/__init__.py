"""All operations of the API, in the order of the document."""

from aperto.api.operation import Operation
from aperto.api.operations import bulk, feed, files, groups, metadata, records, search, sharing, transfers

OPERATIONS: tuple[Operation, ...] = (
    *metadata.OPERATIONS,
    *search.OPERATIONS,
    *feed.OPERATIONS,
    *files.OPERATIONS,
    *bulk.OPERATIONS,
    *transfers.OPERATIONS,
    *groups.OPERATIONS,
    *records.OPERATIONS,
    *sharing.OPERATIONS,
)
