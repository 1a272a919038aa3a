"""Times of day and moments as people write them: "9h30", "9:30 pm", "21.30", "31/12/2025 21:30"."""

import re
from datetime import UTC, datetime, time, tzinfo

from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError
from aperto.kernel.fields.formats.dates import EARLIEST, LONGEST, day_in_cell, read_date
from aperto.kernel.fields.formats.patterns import patterns
from aperto.kernel.folding import fold
from aperto.kernel.viewer import Viewer

LATEST = datetime(9999, 12, 31, tzinfo=UTC)  # the last day would overflow in zones east of here
CLOCK = (
    r"(?P<hour>\d{1,2})"
    r"(?:\s*(?:[:.h]|u|uur)\s*(?P<minute>\d{2})?(?:\s*(?:[:.m]|min|')\s*(?:(?P<second>\d{2})(?:[.,](?P<part>\d{1,6}))?\s*s?)?)?)?"
    r"\s*(?P<half>[ap]\.?\s*m\.?)?"
    r"(?:\s*(?:h|u|uur|uhr|heures?|horas?|o'clock))?"
)
TIME = re.compile(CLOCK)
OFFSET = r"\s*(?P<offset>z|utc|gmt|[+-]\d{2}:?\d{2})?"
MOMENT = re.compile(
    rf"(?P<date>.*\d\S*?)\s*(?:,|\s|t(?=\d)|\bat\b|\ba\b|\bas\b|\bom\b|\bum\b|-\s)+\s*{CLOCK}{OFFSET}"
)


def write_time(moment: time | datetime, viewer: Viewer) -> str:
    known = patterns(viewer.locale)
    return known.time_with_seconds(moment) if moment.second else known.time(moment)


def write_moment(moment: datetime, viewer: Viewer) -> str:
    known, local = patterns(viewer.locale), moment.astimezone(viewer.zone)
    return known.joined.replace("{1}", known.date(local)).replace("{0}", known.time(local))


def moment_in_cell(moment: datetime, viewer: Viewer) -> tuple[str, str]:
    """A moment by its distance from today, and exactly; both as safe HTML."""
    known, local = patterns(viewer.locale), moment.astimezone(viewer.zone)
    near, exact = day_in_cell(local.date(), viewer)
    pattern = known.joined.replace("{0}", known.time(local))  # a clock has no letters that need escaping
    return pattern.replace("{1}", near), pattern.replace("{1}", exact)


def read_time(text: str, viewer: Viewer) -> time:
    if len(text) > LONGEST:
        raise not_a_time(text)
    plain = fold(text)
    compact = re.fullmatch(r"([012]\d)([0-5]\d)", plain)
    found = TIME.fullmatch(plain)
    if compact:
        return time(int(compact[1]), int(compact[2]))
    if not found or plain.isdigit():
        raise not_a_time(text)
    return time_of(found, text)


def not_a_time(text: str) -> FieldError:
    return FieldError(_("“%(text)s” is not a time.") % {"text": text.strip()[:60]})


def time_of(found: re.Match[str], text: str) -> time:
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    part = int((found["part"] or "").ljust(6, "0"))
    if found["half"]:
        if not 1 <= hour <= 12:
            raise not_a_time(text)
        hour = hour % 12 + (12 if found["half"].startswith("p") else 0)
    try:
        return time(hour, minute, second, part)
    except ValueError:
        raise not_a_time(text) from None


def read_moment(text: str, viewer: Viewer) -> datetime:
    """The moment in UTC; without a zone it is of the viewer's, without a time the day begins."""
    text = text.strip()
    exact = iso(text)
    if exact is not None:
        return to_utc(exact, viewer.zone)
    found = MOMENT.fullmatch(fold(text)) if len(text) <= LONGEST else None
    try:
        return to_utc(datetime.combine(read_date(text, viewer), time()), viewer.zone)
    except FieldError:
        if not found:
            raise
    local = datetime.combine(read_date(found["date"], viewer), time_of(found, text))
    return to_utc(
        local if not found["offset"] else local.replace(tzinfo=zone_of(found["offset"])), viewer.zone
    )


def iso(text: str) -> datetime | None:
    if not re.match(r"\d{4}-\d\d-\d\d", text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def zone_of(offset: str) -> tzinfo:
    if offset[0] not in "+-":
        return UTC
    zone = datetime.strptime(offset, "%z").tzinfo
    return zone or UTC


def to_utc(moment: datetime, zone: tzinfo) -> datetime:
    """An hour that the clocks leave out counts on from before (02:30 is 03:30); of two, the first."""
    local = moment if moment.tzinfo else moment.replace(tzinfo=zone, fold=0)
    try:
        universal = local.astimezone(UTC)
    except OverflowError:
        universal = datetime.min.replace(tzinfo=UTC)
    if universal.year < EARLIEST or universal >= LATEST:
        raise FieldError(_("The year must lie between 1000 and 9999."))
    return universal
