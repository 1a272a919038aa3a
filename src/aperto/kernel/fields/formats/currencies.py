"""Amounts with their currency: "€ 1.234,56", "1 234,56 €", "USD 12", "R$ 5"."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import get_currency_precision, get_currency_symbol
from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError
from aperto.kernel.fields.formats.numbers import LONGEST, regroup, symbols
from aperto.kernel.viewer import Viewer

AMBIGUOUS = {
    "$": "USD",
    "kr": "SEK",
    "£": "GBP",
    "¥": "JPY",
}  # unless the viewer's own currency is written so
SIGNS = {
    "€": "EUR",
    "R$": "BRL",
    "US$": "USD",
    "CHF": "CHF",
    "zł": "PLN",
    "₹": "INR",
    "₺": "TRY",
    "Kč": "CZK",
    "₩": "KRW",
}
LETTERS = re.compile(r"[^\d\s.,()'’+\-−–]+")


@lru_cache(maxsize=1)
def currencies() -> tuple[str, ...]:
    """Codes of the currencies that some country uses today."""
    used = {
        entry[0]
        for entries in get_global("territory_currencies").values()
        for entry in entries
        if entry[2] is None and entry[3]
    }
    return tuple(sorted(used))


def check_currency(code: str) -> str:
    plain = code.strip().upper()
    if plain not in known():
        raise FieldError(_("“%(code)s” is not the code of a currency, like EUR.") % {"code": code[:20]})
    return plain


@lru_cache(maxsize=1)
def known() -> frozenset[str]:
    """Also those of the past: old records keep their guilders."""
    return frozenset(get_global("all_currencies")) | frozenset(currencies())


@lru_cache(maxsize=512)
def digits_of(currency: str) -> int:
    return get_currency_precision(currency)


@dataclass(frozen=True)
class Style:
    """What stands around the figures of an amount, above nought and below."""

    before: tuple[str, str]
    after: tuple[str, str]
    digits: int
    indian: bool
    table: dict[int, str]

    def write(self, amount: Decimal) -> str:
        negative = amount < 0
        digits = max(self.digits, -int(amount.as_tuple().exponent) if amount % 1 else 0)
        plain = f"{abs(amount):,.{digits}f}"
        if digits > self.digits:
            plain = trimmed(plain, self.digits)
        if self.indian:
            plain = regroup(plain)
        return self.before[negative] + plain.translate(self.table) + self.after[negative]


def trimmed(plain: str, least: int) -> str:
    """Without noughts at the end, but with the digits that the currency always has."""
    whole, _point, fraction = plain.partition(".")
    fraction = fraction.rstrip("0").ljust(least, "0")
    return f"{whole}.{fraction}" if fraction else whole


@lru_cache(maxsize=2048)
def style(locale: str, currency: str) -> Style:
    try:
        babel = Locale.parse(locale)
    except UnknownLocaleError:
        babel = Locale("en")
    pattern, signs = babel.currency_formats["standard"], symbols(locale)
    symbol = get_currency_symbol(currency, babel)

    def around(text: str, first: bool) -> str:
        touching = "¤" in text and (text.endswith("¤") if first else text.startswith("¤"))
        edge = symbol[-1:] if first else symbol[:1]
        gap = "\u00a0" if touching and edge.isalpha() else ""  # "CHF 12", but "€12"
        shown = text.replace("-", signs.minus).replace("¤", symbol)
        return shown + gap if first else gap + shown

    before = tuple(around(text.strip("'"), True) for text in pattern.prefix)
    after = tuple(around(text.strip("'"), False) for text in pattern.suffix)
    return Style((before[0], before[1]), (after[0], after[1]), digits_of(currency), signs.indian, signs.table)


def write_amount(amount: Decimal, currency: str, viewer: Viewer) -> str:
    return style(viewer.locale, currency).write(amount)


def split_currency(text: str, viewer: Viewer) -> tuple[str, str | None]:
    """The figures and the currency that is written before or after them, if any."""
    found = LETTERS.findall(text) if len(text) <= LONGEST else ["", ""]
    if not found:
        return text, None
    if len(found) > 1:
        raise FieldError(_("“%(text)s” is not an amount of money.") % {"text": text.strip()[:60]})
    return text.replace(found[0], " "), currency_of(found[0], viewer)


def currency_of(sign: str, viewer: Viewer) -> str:
    """The currency of a code or sign; "$" is the viewer's own dollar, if theirs is one."""
    if sign == get_currency_symbol(viewer.currency, "en") or sign == narrow_symbol(
        viewer.currency, viewer.locale
    ):
        return viewer.currency
    return SIGNS.get(sign) or AMBIGUOUS.get(sign.lower()) or check_currency(sign)


@lru_cache(maxsize=512)
def narrow_symbol(currency: str, locale: str) -> str:
    symbol = get_currency_symbol(currency, locale)
    return symbol if symbol[-1:] != "$" else "$"
