"""The filter of a list as chips: one for each condition that all records fulfil, one for each group."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from aperto.kernel.errors import FieldError
from aperto.kernel.fields.operators import OPERATORS
from aperto.kernel.query.ast import Filter, Group, conditions
from aperto.kernel.query.print import write
from aperto.web.lists import words
from aperto.web.lists.listing import Listing


@dataclass(frozen=True)
class Chip:
    """`group` holds the words of a group, which has no field, comparison and value of its own."""

    icon: str
    label: str
    operator: str
    value: str
    group: str
    remove: str
    edit: str


def chips_of(listing: Listing) -> list[Chip]:
    """The chips; none for a filter that cannot be understood, as its message stands beside it."""
    try:
        items = parts(listing.filter)
    except FieldError:
        return []
    named = [each for item in items for each in conditions(item)]
    found = words.titles_in(listing.actor, listing.declaration, named)
    return [_chip(listing, items, place, found) for place in range(len(items))]


def parts(item: Filter | None) -> tuple[Filter, ...]:
    """What is joined by "and" at the top."""
    if item is None:
        return ()
    if isinstance(item, Group) and item.joiner == "and" and not item.negated:
        return item.items
    return (item,)


def filter_address(listing: Listing) -> str:
    """Where the filter is built; it leads back to the layout that it was opened from."""
    return listing.url("/filter", layout=listing.layout if listing.place else None)


def _chip(listing: Listing, items: Sequence[Filter], place: int, found: dict[UUID, str]) -> Chip:
    item = items[place]
    rest = [each for other, each in enumerate(items) if other != place]
    remove = listing.url(q=write(Group("and", tuple(rest)))) if rest else listing.unfiltered
    edit = filter_address(listing)
    if isinstance(item, Group):
        text = words.sentence(listing.actor, listing.declaration, item, found)
        return Chip("filter", "", "", "", text, remove, edit)
    labels, field = words.field_at(listing.actor, listing.declaration, item.path)
    return Chip(
        icon=field.icon if field else "alert-triangle",
        label=" › ".join(labels),
        operator=str(OPERATORS[item.operator].label),
        value=words.value_words(field, item, listing.actor.viewer, found),
        group="",
        remove=remove,
        edit=edit,
    )
