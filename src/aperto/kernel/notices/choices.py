"""How people want to be told, and when the next digest of each is due."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import User
from aperto.kernel.errors import Invalid, Refused
from aperto.kernel.notices.models import DIGEST, DUE, Notice, NoticeChoice
from aperto.kernel.notices.sorts import MAILS, NEVER, SORTS, Sort, Ways
from aperto.kernel.viewer import Viewer

DAILY, WEEKLY = "daily", "weekly"


def ways_of(users: Iterable[UUID]) -> dict[UUID, dict[str, Ways]]:
    """By person and sort: what was chosen, else what each sort comes with."""
    wanted = list(users)
    chosen = dict(NoticeChoice.objects.filter(pk__in=wanted).values_list("pk", "ways"))
    return {user: {key: _ways(sort, chosen.get(user, {})) for key, sort in SORTS.items()} for user in wanted}


def _ways(sort: Sort, chosen: Mapping[str, Any]) -> Ways:
    held = chosen.get(sort.key)
    return Ways(**held) if held else sort.ways


def of(actor: Actor) -> NoticeChoice:
    """The actor's own choices, which need not be stored yet."""
    if actor.user_id is None:
        raise Refused(_("Only the person themselves may do this."))
    return NoticeChoice.objects.filter(pk=actor.user_id).first() or NoticeChoice(user_id=actor.user_id)


def choose(
    actor: Actor,
    ways: Mapping[str, Ways] | None = None,
    *,
    digest: str | None = None,
    hour: int | None = None,
    weekday: int | None = None,
) -> NoticeChoice:
    """Keeps what the actor chooses for themselves; Invalid for what is no choice."""
    held = of(actor)
    if actor.behind:
        raise Refused(_("Only the person themselves may do this."))
    _check(ways or {}, digest, hour, weekday)
    held.ways = {**held.ways, **{key: asdict(each) for key, each in (ways or {}).items()}}
    held.digest = held.digest if digest is None else digest
    held.hour = held.hour if hour is None else hour
    held.weekday = held.weekday if weekday is None else weekday
    held.save()
    return held


def _check(ways: Mapping[str, Ways], digest: str | None, hour: int | None, weekday: int | None) -> None:
    wrong: dict[str, list[Any]] = {}
    if any(key not in SORTS or each.mail not in MAILS for key, each in ways.items()):
        wrong["ways"] = [_("There is no such choice.")]
    if digest not in {None, DAILY, WEEKLY}:
        wrong["digest"] = [_("There is no such choice.")]
    if hour is not None and hour not in range(24):
        wrong["hour"] = [_("An hour between 0 and 23 is expected.")]
    if weekday is not None and weekday not in range(7):
        wrong["weekday"] = [_("There is no such choice.")]
    if wrong:
        raise Invalid(wrong)


def following(choice: NoticeChoice, viewer: Viewer, now: datetime) -> datetime:
    """The next moment of this person's digest, in their own zone."""
    local = now.astimezone(viewer.zone)
    day = local.date()
    while True:
        moment = datetime.combine(day, time(choice.hour), viewer.zone).astimezone(UTC)
        if moment > now and (choice.digest == DAILY or day.weekday() == choice.weekday):
            return moment
        day += timedelta(days=1)


def stop_mail(user: UUID, sort: str = "") -> None:
    """Ends the e-mails of a sort, or every one, for a person who asked for it from one of them; page and
    devices stay as they were chosen."""
    person = User.objects.filter(pk=user).first()
    if person is None:
        return
    held = NoticeChoice.objects.filter(pk=user).first() or NoticeChoice(user=person)
    ways = ways_of([user])[user]
    ended = [sort] if sort else list(SORTS)
    held.ways = {**held.ways, **{key: asdict(replace(ways[key], mail=NEVER)) for key in ended}}
    held.save()
    Notice.objects.filter(user=user, mail__in=(DUE, DIGEST), sort__in=ended).update(mail="")
