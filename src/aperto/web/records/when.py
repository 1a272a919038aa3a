"""A day as one says it to a colleague: "thu", "tomorrow", "next week", "+3d", "26 Nov", "thu 15:00"."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from babel import Locale

from aperto.kernel.errors import FieldError
from aperto.kernel.fields.formats.dates import read_date
from aperto.kernel.fields.formats.times import read_moment, read_time
from aperto.kernel.folding import fold
from aperto.kernel.query.dates import Days, relative
from aperto.kernel.viewer import Viewer

MORNING = time(9)
LONGEST = 60


@dataclass(frozen=True)
class Shortcut:
    """A button that fills in a day; what it fills in is read back by `read`."""

    label: str
    text: str


def read(text: str, viewer: Viewer) -> datetime | None:
    """The moment that is meant, at nine where no time is said; FieldError for what is no moment."""
    plain = " ".join(text.split())[:LONGEST]
    if not plain:
        return None
    day, at = _day(plain, viewer), MORNING
    if day is None and " " in plain:
        head, _blank, tail = plain.rpartition(" ")
        day = _day(head, viewer)
        at = read_time(tail, viewer) if day is not None else at
    if day is None:
        return read_moment(plain, viewer)
    return datetime.combine(day, at, viewer.zone).astimezone(UTC)


def _day(text: str, viewer: Viewer) -> date | None:
    word = fold(text).strip(".")
    today = viewer.now().date()
    number = weekdays(viewer.language).get(word)
    if number is not None:
        return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    try:
        found = relative(text, viewer)
    except FieldError:
        return None
    if isinstance(found, Days):
        return max(found.first, today) if found.first <= today <= found.last else found.first
    try:
        return read_date(text, viewer)
    except FieldError:
        return None


def weekdays(language: str) -> dict[str, int]:
    """Names and short names of the days in the viewer's language and in English; Monday is 0."""
    known: dict[str, int] = {}
    for code in (language, "en"):
        names = Locale(code).days["format"]
        for width in ("wide", "abbreviated", "short"):
            for number, name in names[width].items():
                known.setdefault(fold(name).strip(".").removesuffix("-feira"), number)
    return known


def shortcuts(viewer: Viewer) -> Iterable[Shortcut]:
    """The next working days and the Monday after."""
    today, names = viewer.now().date(), Locale(viewer.language).days["format"]["abbreviated"]
    day = today
    shown = 0
    while shown < 3:
        day += timedelta(days=1)
        if day.weekday() < 5:
            shown += 1
            yield Shortcut(names[day.weekday()].strip(".").capitalize(), day.isoformat())
    monday = day + timedelta(days=7 - day.weekday())
    yield Shortcut(f"{names[0].strip('.').capitalize()} {monday.day}", monday.isoformat())
