"""Lengths of time as people write them: "1:30", "90 min", "1h30", "1,5 uur", "2 dagen"."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError
from aperto.kernel.fields.formats.numbers import LONGEST, read_number
from aperto.kernel.folding import fold
from aperto.kernel.viewer import Viewer

SECONDS = {"day": 86_400, "hour": 3_600, "minute": 60, "second": 1}
WORDS = {
    "day": "d day days dag dagen dia dias jour jours j tag tage",
    "hour": "h hr hrs hour hours u uur uren heure heures hora horas std stunde stunden",
    "minute": "m min mins minute minutes minuut minuten minuto minutos mn",
    "second": "s sec secs sek second seconds seconde seconden secondes segundo segundos seg",
}
UNITS = {word: SECONDS[unit] for unit, words in WORDS.items() for word in words.split()}
PIECE = re.compile(r"([\d.,]+)\s*([a-z]*)\.?\s*(?:(?:and|en|et|e|und|,)\s+)?")
CLOCK = re.compile(r"(\d{1,5}):([0-5]\d)(?::([0-5]\d))?")


def write_clock(seconds: int) -> str:
    """h:mm:ss, for files."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def write_duration(seconds: int) -> str:
    """In the symbols that are the same in every language: "1 h 30 min"."""
    amounts = (("h", seconds // 3600), ("min", seconds // 60 % 60), ("s", seconds % 60))
    return " ".join(f"{amount}\u00a0{symbol}" for symbol, amount in amounts if amount) or "0\u00a0min"


def read_duration(text: str, viewer: Viewer, unit: str) -> int:
    """Seconds; a bare figure is in `unit`."""
    if len(text) > LONGEST:
        raise not_a_duration(text)
    plain = fold(text)
    clock = CLOCK.fullmatch(plain)
    if clock:
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3] or 0)
    if not plain:
        raise not_a_duration(text)
    total, place, factor = Decimal(), 0, 0
    while place < len(plain):
        found = PIECE.match(plain, place)
        factor = factor_of(found[2], factor, unit) if found else 0
        if not found or not factor:
            raise not_a_duration(text)
        total += read_number(found[1], viewer) * factor
        place = found.end()
    return int(total.to_integral_value())


def factor_of(word: str, before: int, unit: str) -> int:
    """Seconds of the unit; without a word the next smaller one ("1h30"). 0 where nothing fits."""
    if word:
        found = UNITS.get(word, 0)
        return found if not before or found < before else 0
    if not before:
        return SECONDS[unit]
    return next((size for size in SECONDS.values() if size < before), 0)


def not_a_duration(text: str) -> FieldError:
    return FieldError(
        _("“%(text)s” is not a length of time. Try 1:30 or 90 min.") % {"text": text.strip()[:60]}
    )
