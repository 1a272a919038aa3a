"""What may stand in a user's and the organisation's rows: checked here, whichever door it came through."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from aperto.kernel.access.models import User
from aperto.kernel.errors import FieldError, Invalid, Message
from aperto.kernel.fields.text import plain

EMAIL_LENGTH = 254
NAME_LENGTH = 200
THEMES = frozenset({"auto", "light", "dark"})
DENSITIES = frozenset({"calm", "compact"})


def clean(values: Mapping[str, Any], keys: Iterable[str], user: User | None = None) -> dict[str, str]:
    """The values of these keys in the form that is kept; raises Invalid with all that is wrong."""
    errors: dict[str, list[Message]] = {}
    cleaned: dict[str, str] = {}
    for key in dict.fromkeys(keys):
        if key not in values:
            continue
        try:
            cleaned[key] = CHECKS[key](values[key])
        except FieldError as error:
            errors[key] = [error.message]
    if "email" in cleaned and _taken(cleaned["email"], user):
        errors["email"] = [_("Somebody has this address already.")]
    if errors:
        raise Invalid(errors)
    return cleaned


def _taken(email: str, user: User | None) -> bool:
    others = User.objects.filter(email=email)
    return (others.exclude(pk=user.pk) if user else others).exists()


def email(value: Any) -> str:
    text = (plain(value, EMAIL_LENGTH) or "").lower()
    try:
        validate_email(text)
    except ValidationError:
        raise FieldError(_("This does not look like an e-mail address.")) from None
    return text


def name(value: Any) -> str:
    text = plain(value, NAME_LENGTH)
    if text is None:
        raise FieldError(_("Fill this in."))
    return " ".join(text.split())


def one_of(choices: Callable[[], frozenset[str]]) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in choices():
            raise FieldError(_("Choose one of the list."))
        return value

    return check


@cache
def languages() -> frozenset[str]:
    return frozenset(code for code, _name in settings.LANGUAGES)


@cache
def zones() -> frozenset[str]:
    """Names of the time zone database; they reach SQL and the file system, so nothing else may."""
    return frozenset(zone for zone in available_timezones() if "/" in zone or zone == "UTC")


@cache
def countries() -> frozenset[str]:
    """ISO 3166 codes of two letters, without the groups that CLDR counts as territories."""
    from babel import Locale  # noqa: PLC0415 - start-up time: Babel loads its data

    groups = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
    codes = map(str, Locale("en").territories)
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha()) - groups


@cache
def currencies() -> frozenset[str]:
    """Currencies that are tender somewhere today."""
    from babel.numbers import get_territory_currencies  # noqa: PLC0415 - as above

    return frozenset(code for country in countries() for code in get_territory_currencies(country))


CHECKS: dict[str, Callable[[Any], str]] = {
    "email": email,
    "name": name,
    "language": one_of(languages),
    "zone": one_of(zones),
    "theme": one_of(lambda: THEMES),
    "density": one_of(lambda: DENSITIES),
    "country": one_of(countries),
    "currency": one_of(currencies),
}
