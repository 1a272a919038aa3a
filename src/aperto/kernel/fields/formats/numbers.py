"""Numbers as people write them: "1.234,56", "1,234.56", "1 234,56", "(12)", "12-".

Babel is asked once per locale; after that a number costs one `format` and one `translate`.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel import Locale
from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError
from aperto.kernel.viewer import Viewer

SIGNIFICANT = 15  # what SQLite's floating numbers keep without loss
LONGEST = 100  # characters that are looked at as a number
BLANKS = re.compile(r"[\s\u00a0\u202f\u2009'’]+")
SIGNS = str.maketrans({"−": "-", "–": "-", "－": "-", "٫": ".", "٬": ","})


@dataclass(frozen=True)
class Symbols:
    decimal: str
    group: str
    minus: str
    percent: tuple[str, str]  # what stands before and after a percentage
    indian: bool  # groups of two after the first three: 12,34,567
    table: dict[int, str]


@lru_cache(maxsize=64)
def symbols(locale: str) -> Symbols:
    babel = Locale.parse(locale)
    signs = babel.number_symbols["latn"]
    table = str.maketrans({",": signs["group"], ".": signs["decimal"], "-": signs["minusSign"]})
    indian = babel.decimal_formats[None].grouping == (3, 2)
    percent = babel.percent_formats[None]
    around = (percent.prefix[0], percent.suffix[0].replace("%", signs["percentSign"]))
    return Symbols(signs["decimal"], signs["group"], signs["minusSign"], around, indian, table)


def write_number(number: Decimal | int, viewer: Viewer, digits: int | None = None) -> str:
    """The number with groups; `digits` after the sign, or as many as it has."""
    signs = symbols(viewer.locale)
    if digits is not None:
        plain = f"{number:,.{digits}f}"
    else:
        plain = f"{number:,}" if isinstance(number, int) else f"{number:,f}"
    if signs.indian:
        plain = regroup(plain)
    return plain.translate(signs.table)


def write_percent(number: Decimal, viewer: Viewer) -> str:
    """Without noughts at the end: 12.5%, 60%."""
    before, after = symbols(viewer.locale).percent
    return before + write_number(number.normalize(), viewer) + after


def regroup(plain: str) -> str:
    """1,234,567.8 as 12,34,567.8."""
    whole, point, rest = plain.replace(",", "").partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    head, tail = whole[:-3], whole[-3:]
    pairs = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)][::-1]
    return sign + ",".join([*pairs, tail]) + point + rest


def write_plain(number: Decimal | int) -> str:
    """The number for files and other machines."""
    return str(number) if isinstance(number, int) else f"{number:f}"


def write_for_editing(number: Decimal | int, viewer: Viewer) -> str:
    """Without groups, which are in the way while typing."""
    return write_plain(number).replace(".", viewer.decimal or symbols(viewer.locale).decimal)


def read_number(text: str, viewer: Viewer) -> Decimal:
    """The number that the text means to this viewer; FieldError where it could mean nothing or two things."""
    if len(text) > LONGEST:
        raise not_a_number(text)
    plain = unicodedata.normalize("NFKC", text).translate(SIGNS).strip()
    negative, plain = without_sign(plain)
    plain = BLANKS.sub(" ", "".join(latin(letter) for letter in plain)).strip()
    if not re.fullmatch(r"[0-9., ]*[0-9][0-9., ]*", plain):
        raise not_a_number(text)
    sign = decimal_sign(plain, viewer)
    whole, _point, fraction = plain.rpartition(sign) if sign and sign in plain else (plain, "", "")
    if not re.fullmatch(r"[0-9]*", fraction) or not grouped(whole, sign):
        raise not_a_number(text)
    number = Decimal(re.sub(r"[., ]", "", whole or "0") + "." + (fraction or "0"))
    if not fraction:
        number = number.to_integral_value()
    return -number if negative and number else number


def not_a_number(text: str) -> FieldError:
    return FieldError(_("“%(text)s” is not a number.") % {"text": text.strip()[:60]})


def without_sign(plain: str) -> tuple[bool, str]:
    """Whether it is negative (-5, 5-, or (5) as accountants write), and the rest."""
    if plain.startswith("(") and plain.endswith(")"):
        return True, plain[1:-1].strip()
    if plain.startswith("-") or plain.endswith("-"):
        return True, plain[1:].strip() if plain.startswith("-") else plain[:-1].strip()
    return False, plain.removeprefix("+").strip()


def latin(letter: str) -> str:
    """Digits of any script as 0 to 9; signs of currency fall away."""
    if letter == "$" or unicodedata.category(letter) == "Sc":
        return " "
    return letter if unicodedata.decimal(letter, None) is None else str(unicodedata.decimal(letter))


def decimal_sign(plain: str, viewer: Viewer) -> str:
    """The sign before the fraction, or "" where there is none.

    Two different signs: the last one. One sign several times: none. One sign once: by the viewer
    where three digits follow ("1.234"), else it is the decimal sign ("12.5").
    """
    found = [letter for letter in plain if letter in ".,"]
    if not found:
        return ""
    if viewer.decimal:
        return viewer.decimal
    if len(set(found)) == 2:
        return found[-1]
    if len(found) > 1:
        return ""
    before, after = plain.split(found[0])
    could_be_group = len(after) == 3 and 1 <= len(before.replace(" ", "")) <= 3 and not before.startswith("0")
    return "" if could_be_group and found[0] != symbols(viewer.locale).decimal else found[0]


def grouped(whole: str, sign: str) -> bool:
    """Digits alone, or with one kind of mark between groups of three (or two, as in India)."""
    if whole == "" or whole.isdigit():
        return True
    found = re.fullmatch(r"[1-9][0-9]{0,2}(?:([., ])[0-9]{2,3})(?:\1[0-9]{2,3})*", whole)
    return bool(found and found[1] != sign and whole[-4] == found[1])


def check_digits(number: Decimal, digits: int) -> Decimal:
    """The number with at most `digits` decimals; never rounded silently, never more than is kept exactly."""
    if not number.is_finite():
        raise FieldError(_("A number is expected here."))
    if number and number.adjusted() >= SIGNIFICANT:
        raise FieldError(_("This number is too large."))
    rounded = round(number, digits)
    if rounded != number:
        raise FieldError(_("At most %(digits)s digits are kept after the decimal sign.") % {"digits": digits})
    if len(rounded.normalize().as_tuple().digits) > SIGNIFICANT:
        raise FieldError(_("At most %(digits)s digits can be kept exactly.") % {"digits": SIGNIFICANT})
    return rounded + 0  # without a negative zero


def half_up(number: Decimal, digits: int) -> Decimal:
    """Rounded as people and tax offices do: 0.105 is 0.11."""
    return number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def check_range[N: (int, Decimal)](number: N, minimum: N | None, maximum: N | None) -> N:
    if minimum is not None and number < minimum:
        raise FieldError(_("At least %(minimum)s is needed.") % {"minimum": write_plain(minimum)})
    if maximum is not None and number > maximum:
        raise FieldError(_("At most %(maximum)s is possible.") % {"maximum": write_plain(maximum)})
    return number
