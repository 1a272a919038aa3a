"""What the form of a share offers, and what was sent of it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from aperto.kernel.access import membership, people, roles
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.share_models import ROLE, TEAM, USER, RecordShare
from aperto.kernel.access.sharing import KINDS, Grantee, name_of
from aperto.kernel.errors import Invalid
from aperto.kernel.fields.formats.times import write_moment
from aperto.kernel.folding import fold
from aperto.web.people import looks
from aperto.web.records.picks import Pick

EDIT = "edit"


@dataclass(frozen=True)
class Held:
    """One present share."""

    value: str
    name: str
    kind: str
    edit: bool
    until: str
    icon: str


def offered(actor: Actor, text: str, most: int) -> list[Pick]:
    """People, teams and roles with which a record can be shared, and whose names hold all words of the text.
    Teams and roles have room beside however many people."""
    groups = [each for each in _groups() if _holds(each.title, text)]
    users = [
        Pick(f"{USER}:{user.pk}", user.name or user.email, user.email, looks.hue(user.pk), True)
        for user in people.named(text, most + 1)
        if user.pk != actor.user_id
    ]
    return [*users[: max(most - len(groups), most // 2)], *groups][:most]


def _groups() -> list[Pick]:
    teams = [(f"{TEAM}:{team.pk}", str(team.title), _("Team"), "teal") for team in membership.teams()]
    kinds = [(f"{ROLE}:{role.pk}", str(role.label), _("Role"), "slate") for role in roles.everything()]
    return [Pick(*each) for each in (*teams, *kinds)]


def _holds(name: str, text: str) -> bool:
    return all(word in fold(name) for word in fold(text).split())


def chosen(value: str) -> tuple[str, str] | None:
    """What was chosen, with its name, for a form that comes back."""
    try:
        meant = grantee(value)
    except Invalid:
        return None
    name = name_of(RecordShare(kind=meant.kind, grantee=meant.id))
    return (value, name) if name else None


def held(actor: Actor, shares: list[RecordShare]) -> list[Held]:
    icons = {USER: "user", TEAM: "users-group", ROLE: "shield"}
    kinds = {USER: _("Person"), TEAM: _("Team"), ROLE: _("Role")}
    return [
        Held(
            f"{each.kind}:{each.grantee}",
            name_of(each) or _("Somebody who is gone"),
            kinds[each.kind],
            each.edit,
            write_moment(each.expires_at, actor.viewer) if each.expires_at else "",
            icons[each.kind],
        )
        for each in shares
    ]


def grantee(text: str) -> Grantee:
    kind, _colon, key = text.partition(":")
    try:
        if kind in KINDS:
            return Grantee(kind, UUID(key))
    except ValueError:
        pass
    raise Invalid({"with": [_("Choose a person, a team or a role.")]})


def until(actor: Actor, post: QueryDict) -> datetime | None:
    """The end of the day that was chosen, where the actor is."""
    text = post.get("until", "").strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text) + timedelta(days=1)
    except (ValueError, OverflowError):
        raise Invalid({"expires_at": [_("A day is expected here.")]}) from None
    return datetime.combine(day, time.min, tzinfo=actor.viewer.zone)
