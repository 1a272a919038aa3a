"""Lists to choose from, named in the reader's language."""

from functools import lru_cache

from babel import Locale
from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language_info

from aperto.kernel.access import details, membership, roles

type Choices = list[tuple[str, str]]


def role_choices() -> Choices:
    return [(str(role.pk), role.label) for role in roles.everything()]


def team_choices() -> Choices:
    return [(str(team.pk), team.title) for team in membership.teams()]


def languages() -> Choices:
    """Each in its own words, so that whoever needs it can read it."""
    return [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]


def countries() -> Choices:
    return _countries(translation.get_language())


@lru_cache(maxsize=8)
def _countries(language: str) -> Choices:
    names, known = Locale(language).territories, Locale("en").territories
    return sorted(
        ((code, names.get(code, known[code])) for code in details.countries()), key=lambda pair: pair[1]
    )


def currencies() -> Choices:
    return _currencies(translation.get_language())


@lru_cache(maxsize=8)
def _currencies(language: str) -> Choices:
    names = Locale(language).currencies
    return [(code, f"{code} · {names.get(code, code)}") for code in sorted(details.currencies())]


@lru_cache(maxsize=1)
def zones() -> Choices:
    return [(zone, zone.replace("_", " ")) for zone in sorted(details.zones()) if not zone.startswith("Etc/")]


def currency_of(country: str) -> str:
    """What people pay with there today; empty where that is not one currency."""
    from babel.numbers import get_territory_currencies  # noqa: PLC0415 - start-up time

    found = get_territory_currencies(country)
    return found[-1] if found else ""
