"""When one works: the hours of the organisation, which each person may have otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from babel import Locale
from django.db import transaction
from django.utils.translation import gettext as _

from aperto.kernel import changes
from aperto.kernel.access import organisation
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import Organisation, User
from aperto.kernel.access.people import require_administrator
from aperto.kernel.access.setup import RECORD
from aperto.kernel.calendar.free_days import countries
from aperto.kernel.errors import Invalid, Message, Refused
from aperto.kernel.viewer import Viewer

USUAL = (9 * 60, 17 * 60 + 30)
DAY = 24 * 60
MOST_COUNTRIES = 5


@dataclass(frozen=True)
class Working:
    """`days` of the week (0 is Monday), from minute `begins` of the day to `ends`; and the countries whose
    holidays are kept."""

    days: tuple[int, ...]
    begins: int
    ends: int
    countries: tuple[str, ...]


def working(own: Mapping[str, Any], firm: Organisation, viewer: Viewer) -> Working:
    """A person's hours; what they have not said is as the organisation has it, or as the country has."""
    held = firm.working | own
    begins, ends = held.get("begins", USUAL[0]), held.get("ends", USUAL[1])
    days = tuple(held["days"]) if "days" in held else usual_days(viewer.locale)
    return Working(days, begins, ends, tuple(held.get("countries", (firm.country,))))


@lru_cache(maxsize=64)
def usual_days(locale: str) -> tuple[int, ...]:
    """The days that are no weekend by the customs of the country."""
    known = Locale.parse(locale)
    start, end = int(known.weekend_start), int(known.weekend_end)
    weekend = {(start + n) % 7 for n in range((end - start) % 7 + 1)}
    return tuple(day for day in range(7) if day not in weekend)


@transaction.atomic
def keep_own(actor: Actor, given: Working | None, via: str = "page") -> None:
    """A person's own hours, or with None those of the organisation again."""
    if actor.kind != "user" or actor.user_id is None or actor.behind is not None:
        raise Refused(_("Only you yourself choose your working hours."))
    held = _checked(given) if given else {}
    user = User.objects.select_for_update().get(pk=actor.user_id)
    before, user.working = user.working, held
    user.save(update_fields=["working"])
    _note(actor, "user", user.pk, before, held, via)


@transaction.atomic
def keep_for_all(actor: Actor, given: Working, via: str = "page") -> None:
    """The hours of the organisation."""
    require_administrator(actor)
    held = _checked(given)
    firm = Organisation.objects.select_for_update().get(pk=1)
    before, firm.working = firm.working, held
    organisation.save(firm)
    _note(actor, "organisation", RECORD, before, held, via)


def _note(actor: Actor, what: str, key: UUID, before: Any, after: Any, via: str) -> None:
    if before != after:
        changes.note(actor, what, key, "changed", {"working": [before, after]}, via=via)


def _checked(given: Working) -> dict[str, Any]:
    errors: dict[str, list[Message]] = {}
    if not given.days or not set(given.days) <= set(range(7)):
        errors["days"] = [_("Choose at least one day.")]
    if not 0 <= given.begins < given.ends <= DAY:
        errors["ends"] = [_("The end lies before the start.")]
    if len(given.countries) > MOST_COUNTRIES or not set(given.countries) <= countries():
        errors["countries"] = [_("Choose up to %(most)s countries.") % {"most": MOST_COUNTRIES}]
    if errors:
        raise Invalid(errors)
    return {
        "days": sorted(set(given.days)),
        "begins": given.begins,
        "ends": given.ends,
        "countries": list(dict.fromkeys(given.countries)),
    }
