"""Which kind can become which, and how one value does: each way raises FieldError for what does not fit."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from decimal import Decimal
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import KINDS, Field
from aperto.kernel.fields.base import Ref
from aperto.kernel.viewer import Viewer

type Way = Callable[[Any, Field, Field, Viewer], Any]

WRITTEN = ("emails", "geo_point", "phones")  # as files hold them, which loses no mark of an entry
NUMBERS = ("decimal", "integer", "money", "percent", "rating")
TEXTS = ("long_text", "rich_text", "text")
POINTERS = ("multi_reference", "reference", "user")
READ = (*NUMBERS, "address", "boolean", "colour", "date", "datetime", "duration", "emails", "geo_point")
READ_FROM_TEXT = (*READ, "multi_select", "phones", "select", "time", "url")
INSTANT = {("text", "long_text"), ("automatic_number", "text"), ("decimal", "percent"), ("image", "file")}


def in_words(value: Any, old: Field, new: Field, viewer: Viewer) -> Any:
    written = old.export(value) if old.kind in WRITTEN else old.text(value, viewer)
    if new.kind == "text" and len(written.split("\n")) > 1:
        raise FieldError(_("It has several lines."))
    return new.clean(written)


def as_markup(value: Any, old: Field, new: Field, viewer: Viewer) -> Any:
    return new.clean(escape(old.text(value, viewer)).replace("\n", "<br>"))


def read(value: Any, old: Field, new: Field, viewer: Viewer) -> Any:
    """As an import would read it: in the language, country and zone of whoever asks."""
    return new.parse(value, viewer)


def as_number(value: Any, old: Field, new: Field, viewer: Viewer) -> Any:
    number = value.amount if old.kind == "money" else value
    if old.kind == "money" and value.currency not in (None, viewer.currency):
        raise FieldError(_("The amount is in %(currency)s.") % {"currency": value.currency})
    return new.clean(number if isinstance(number, int) else Decimal(number))


def as_moment(value: Any, old: Field, new: Field, viewer: Viewer) -> Any:
    return new.clean(datetime.combine(value, time(), viewer.zone).astimezone(UTC))


def as_day(value: Any, old: Field, new: Field, viewer: Viewer) -> Any:
    return new.clean(value.astimezone(viewer.zone).date())


def as_list(value: Any, old: Field, new: Field, viewer: Viewer) -> Any:
    return new.clean([value])


def only_one(value: Any, old: Field, new: Field, viewer: Viewer) -> Any:
    if len(value) > 1:
        raise FieldError(_("It has %(number)s of them.") % {"number": len(value)})
    one = value[0]
    return new.clean(Ref(one.object, one.id) if isinstance(one, Ref) else one)


def as_it_is(value: Any, old: Field, new: Field, viewer: Viewer) -> Any:
    return new.clean(value)


def _ways() -> dict[tuple[str, str], Way]:
    """What points at records is looked up for many at once, by the converter."""
    ways: dict[tuple[str, str], Way] = {("text", kind): read for kind in READ_FROM_TEXT}
    ways |= {("long_text", kind): read for kind in ("emails", "multi_select", "phones", "url")}
    spoken = (*READ_FROM_TEXT, *POINTERS, "automatic_number")
    ways |= {(kind, "text"): in_words for kind in (*spoken, *TEXTS)}
    ways |= {(kind, "long_text"): in_words for kind in ("text", "rich_text", "address", "emails", "phones")}
    ways |= {("text", "rich_text"): as_markup, ("long_text", "rich_text"): as_markup}
    ways |= {(one, other): as_number for one in NUMBERS for other in NUMBERS}
    ways |= {("date", "datetime"): as_moment, ("datetime", "date"): as_day}
    ways |= {("select", "multi_select"): as_list, ("multi_select", "select"): only_one}
    ways |= {("reference", "multi_reference"): as_list, ("multi_reference", "reference"): only_one}
    ways |= {("image", "file"): as_it_is}
    ways |= {("text", kind): read for kind in POINTERS}
    return {pair: way for pair, way in ways.items() if pair[0] != pair[1]}


WAYS = _ways()


def targets(kind: str) -> list[str]:
    """The kinds that a field of this kind can become."""
    return [to for origin, to in WAYS if origin == kind and to in KINDS]
