"""What somebody typed into the filter box, added to the filter that the list has."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.ast import LONGEST, Condition, Filter, FilterError, both
from aperto.kernel.query.compile import compile_filter
from aperto.kernel.query.parse import parse
from aperto.kernel.query.print import is_bare, normal, write
from aperto.web.lists.listing import Listing, problem


@dataclass(frozen=True)
class Addition:
    """Where the typed text leads: `url` when it is understood, else a message; the text is kept."""

    url: str = ""
    message: str = ""
    text: str = ""


def added(listing: Listing, text: str) -> Addition:
    text = text.strip()
    if not text:
        return Addition()
    try:
        item = meaning(text, listing.declaration)
        compile_filter(item, listing.declaration, listing.actor)
        whole = both(listing.filter, item)
    except FieldError as error:
        return Addition(message=problem(error), text=text)
    assert whole is not None
    written = write(normal(whole))
    if len(written) > LONGEST:
        message = _("A filter holds at most %(longest)s characters.") % {"longest": LONGEST}
        return Addition(message=message, text=text)
    return Addition(url=listing.url(q=written))


def meaning(text: str, declaration: ObjectType) -> Filter:
    """The filter that a text says; words without any comparison are looked for in the title, unless they
    begin like a condition."""
    try:
        found = parse(text)
    except FilterError:
        first = text.split(maxsplit=1)
        if not is_bare(text) or (len(first) > 1 and first[0].lower().partition(".")[0] in declaration.fields):
            raise
        found = Condition(("title",), "contains", (" ".join(text.split()),))
    assert found is not None
    return found
