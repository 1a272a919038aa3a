"""What a day, week, month, quarter or year is called."""

from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from django.utils.translation import gettext as _

from aperto.kernel.fields.formats.dates import write_date
from aperto.kernel.viewer import Viewer


def write_period(first: date, unit: str, viewer: Viewer) -> str:
    """The period that begins with this day."""
    if unit == "day":
        return write_date(first, viewer)
    if unit == "week":
        year, week, _day = first.isocalendar()
        return _("Week %(week)s of %(year)s") % {"week": week, "year": year}
    return str(first.year) if unit == "year" else _named(first, unit, viewer.locale)


@lru_cache(maxsize=2_000)
def _named(first: date, unit: str, locale: str) -> str:
    known = Locale.parse(locale)
    skeleton = known.datetime_skeletons.get("yMMMM" if unit == "month" else "yQQQ")
    name = format_date(first, skeleton.pattern if skeleton else "LLLL y", locale=known)
    return name[:1].upper() + name[1:]
