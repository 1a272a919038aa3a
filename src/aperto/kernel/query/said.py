"""The keywords of the filter language in the reader's words. They are typed in English everywhere, so that a
filter means the same to everybody; beside them stands what they mean."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aperto.kernel.query.dates import OFFSET, WORDS


def relative_words(text: str) -> str | None:
    """ "-30d" as "30 days ago"; what is a word already stays one."""
    plain = " ".join(text.lower().split())
    if plain in WORDS or plain in {"me", "my team"}:
        return known_words().get(plain, plain)
    offset = OFFSET.fullmatch(plain)
    if offset is None:
        return None
    number = int(offset[2])
    span = UNITS[offset[3].lower()](number)
    return (_("%(span)s ago") if offset[1] == "-" else _("in %(span)s")) % {"span": span}


UNITS = {
    "h": lambda n: ngettext("%(n)s hour", "%(n)s hours", n) % {"n": n},
    "d": lambda n: ngettext("%(n)s day", "%(n)s days", n) % {"n": n},
    "w": lambda n: ngettext("%(n)s week", "%(n)s weeks", n) % {"n": n},
    "m": lambda n: ngettext("%(n)s month", "%(n)s months", n) % {"n": n},
    "q": lambda n: ngettext("%(n)s quarter", "%(n)s quarters", n) % {"n": n},
    "y": lambda n: ngettext("%(n)s year", "%(n)s years", n) % {"n": n},
}


def known_words() -> dict[str, str]:
    return {
        "me": _("me"),
        "my team": _("my team"),
        "now": _("now"),
        "today": _("today"),
        "yesterday": _("yesterday"),
        "tomorrow": _("tomorrow"),
        "this week": _("this week"),
        "last week": _("last week"),
        "next week": _("next week"),
        "this month": _("this month"),
        "last month": _("last month"),
        "next month": _("next month"),
        "this quarter": _("this quarter"),
        "last quarter": _("last quarter"),
        "next quarter": _("next quarter"),
        "this year": _("this year"),
        "last year": _("last year"),
        "next year": _("next year"),
    }


def joiners() -> dict[str, str]:
    return {"and": _("and"), "or": _("or")}
