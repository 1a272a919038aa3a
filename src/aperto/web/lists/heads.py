"""The heads of a list's columns: what each is called, how wide it is, how a click sorts by it."""

from dataclasses import dataclass

from aperto.kernel.fields.base import Field
from aperto.kernel.query.sorting import is_sortable
from aperto.web.cells import Column
from aperto.web.lists.listing import Listing
from aperto.web.lists.words import label_of

NEWEST_FIRST = {"date", "datetime"}


@dataclass(frozen=True)
class Head:
    """`sort` is the address that sorts by the column, blank where none can; `direction` the present one."""

    key: str
    label: str
    icon: str
    width: int
    kind: str
    sort: str
    direction: str
    readonly: bool


def heads_of(listing: Listing) -> list[Head]:
    return [_head(listing, column) for column in listing.columns]


def _head(listing: Listing, column: Column) -> Head:
    field = column.field
    return Head(
        key=field.key,
        label=label_of(field),
        icon=field.icon,
        width=column.width,
        kind=column.kind,
        sort=sort_url(listing, field) if is_sortable(field) else "",
        direction=direction_of(listing.sort, field.key),
        readonly=field.readonly or not listing.editable,
    )


def direction_of(sort: str, key: str) -> str:
    """ "ascending", "descending" or "", by the first key of the sort."""
    first = sort.partition(",")[0].strip()
    if first.removeprefix("-") != key:
        return ""
    return "descending" if first.startswith("-") else "ascending"


def sort_url(listing: Listing, field: Field) -> str:
    """By the field in its natural direction (numbers and dates from the top), or the other way round."""
    held = direction_of(listing.sort, field.key)
    natural = field.numeric or field.kind in NEWEST_FIRST
    down = held == "ascending" if held else natural
    return listing.url(sort=f"-{field.key}" if down else field.key)
