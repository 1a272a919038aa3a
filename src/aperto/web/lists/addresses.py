"""The addresses that a list page links to, each with the view, filter and sort of the list."""

from collections.abc import Sequence

from aperto.kernel.access.scopes import Verb
from aperto.kernel.query.ast import LONGEST, Filter, Group, both
from aperto.kernel.query.print import normal, write
from aperto.web.lists.arrangement import TABLE
from aperto.web.lists.chips import filter_address
from aperto.web.lists.listing import Listing


def of_list(listing: Listing) -> dict[str, str]:
    return {
        "all": listing.unfiltered,
        "count": listing.url("/count"),
        "footer": listing.url("/footer"),
        "heads": listing.url("/groups/heads"),
        "fold": listing.url("/groups/fold"),
        "paste": listing.url("/paste"),
        "fill": listing.url("/fill"),
        "statistics": listing.url("/statistics/{field}"),
        "filter": filter_address(listing),
        "columns": listing.url("/columns"),
        "save": listing.url("/views/new", layout=listing.layout),
        "view": f"/{listing.declaration.key}/views/{listing.arrangement.view}",
        "cell": cell_address(listing),
        "finish": finish_address(listing),
        "export": listing.url("/export"),
        "compare": f"/{listing.declaration.key}/compare",
        "bulk_edit": listing.url("/bulk/edit"),
        "bulk_assign": listing.url("/bulk/assign"),
        "bulk_delete": listing.url("/bulk/delete"),
    }


def list_of(listing: Listing, inside: Sequence[Filter]) -> str:
    """The list of what of this listing fulfils all of these; "" where its filter would be too long."""
    whole = both(listing.filter, Group("and", tuple(inside)) if inside[1:] else inside[0])
    text = write(normal(whole)) if whole else ""
    return listing.url("", layout=TABLE, q=text, group=None) if len(text) <= LONGEST else ""


def cell_address(listing: Listing) -> str:
    """Where a cell is edited: the scripts of the page fill in the row and the column."""
    return listing.url("/cell/{id}/{field}")


def finish_address(listing: Listing) -> str:
    """Where a swipe ends an activity of this list; "" where there is nothing to end."""
    declaration = listing.declaration
    ends = declaration.activity and declaration.activity.done
    return f"/{declaration.key}/{{id}}/finish" if ends and listing.actor.may(declaration, Verb.EDIT) else ""
