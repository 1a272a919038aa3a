"""Single records given to somebody, and private ones. Each act leaves a note in the record's history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aperto.kernel import changes
from aperto.kernel.access import actors, lineage, rules
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import Role, TeamMember, User
from aperto.kernel.access.rules import Owned
from aperto.kernel.access.scopes import Verb
from aperto.kernel.access.share_models import ROLE, TEAM, USER, PrivateRecord, RecordShare
from aperto.kernel.access.team import Team
from aperto.kernel.errors import Invalid, Missing, Refused
from aperto.kernel.objects.record import Record

KINDS = (USER, TEAM, ROLE)


@dataclass(frozen=True)
class Grantee:
    """Whom a record is shared with: `kind` is "user", "team" (with the teams beneath it) or "role"."""

    kind: str
    id: UUID


def may_share(actor: Actor, record: Record) -> bool:
    """Whether the record may be shared; not by whoever only looks as somebody else."""
    return bool(rules.allowed(actor, record.declares, Verb.SHARE, [Owned.of(record)]))


@transaction.atomic
def share(
    actor: Actor,
    record: Record,
    grantee: Grantee,
    *,
    edit: bool = False,
    expires_at: datetime | None = None,
    via: str = "page",
) -> RecordShare:
    """Gives the record to somebody, or changes what they were given. Nobody gives more than they have."""
    _require_share(actor, record)
    if edit and not rules.allowed(actor, record.declares, Verb.EDIT, [Owned.of(record)]):
        raise Refused(Verb.EDIT)
    name = _name_of(grantee)
    if expires_at is not None and expires_at <= timezone.now():
        raise Invalid({"expires_at": [_("This moment has passed.")]})
    held = RecordShare.objects.select_for_update().filter(record=record.pk, grantee=grantee.id).first()
    given = held or RecordShare(
        object=record.declares.key, record=record.pk, kind=grantee.kind, grantee=grantee.id
    )
    before = _told(name, held) if held else None
    given.edit, given.expires_at, given.made_by = edit, expires_at, actor.user_id
    given.save()
    if before != _told(name, given):
        _note(actor, record, "shared", [before, _told(name, given)], via)
        _widen(grantee)
    return given


@transaction.atomic
def unshare(actor: Actor, record: Record, grantee: Grantee, via: str = "page") -> None:
    """Takes the record back; Missing when it was not shared with them."""
    _require_share(actor, record)
    held = RecordShare.objects.select_for_update().filter(record=record.pk, grantee=grantee.id).first()
    if held is None:
        raise Missing(grantee.id)
    _note(actor, record, "unshared", [_told(_name_of(grantee, past=True), held), None], via)
    held.delete()


def remove_expired() -> int:
    """Takes shares away whose moment has passed. They opened nothing any more; now nothing lists them either,
    and what they said stays in each record's history."""
    removed, _each = RecordShare.objects.filter(expires_at__lte=timezone.now()).delete()
    return removed


def shares_of(actor: Actor, record: Record) -> list[RecordShare]:
    """With whom the record is shared, for whoever may share it."""
    _require_share(actor, record)
    return list(RecordShare.objects.filter(record=record.pk).order_by("pk"))


def name_of(held: RecordShare) -> str:
    """The name of the user, team or role; "" for one that is gone."""
    return _name_of(Grantee(held.kind, held.grantee), past=True)


# -- private records ---------------------------------------------------------------------------------


def is_private(record: Record) -> bool:
    return PrivateRecord.objects.filter(record=record.pk).exists()


def may_seclude(actor: Actor, record: Record) -> bool:
    """Its owner alone decides, and administrators."""
    mine = record.owner is not None and record.owner == actor.user_id
    return may_share(actor, record) and (mine or actor.configures)


@transaction.atomic
def set_private(actor: Actor, record: Record, private: bool, via: str = "page") -> None:
    """A private record is seen by its owner, those it is shared with singly, and administrators."""
    _require_seen(actor, record)
    if not may_seclude(actor, record):
        raise Refused(Verb.SHARE)
    if record.owner is None and private:
        raise Invalid({"": [_("A private record needs an owner.")]})
    if is_private(record) is private:
        return
    object_key = record.declares.key
    if private:
        first = not PrivateRecord.objects.filter(object=object_key).exists()
        PrivateRecord.objects.create(record=record.pk, object=object_key)
        if first:
            actors.rights_changed()
    else:
        PrivateRecord.objects.filter(record=record.pk).delete()
    _note(actor, record, "private" if private else "public", [not private, private], via, "private")


# -- parts -------------------------------------------------------------------------------------------


def _require_seen(actor: Actor, record: Record) -> None:
    if not rules.allowed(actor, record.declares, Verb.READ, [Owned.of(record)]):
        raise Missing(record.pk)


def _require_share(actor: Actor, record: Record) -> None:
    _require_seen(actor, record)
    if not may_share(actor, record):
        raise Refused(Verb.SHARE)


def _name_of(grantee: Grantee, past: bool = False) -> str:
    """Also that there is such a one; `past`: it may be gone meanwhile."""
    rows: Any = {
        USER: User.objects.filter(is_active=True) if not past else User.objects.all(),
        TEAM: Team.objects.filter(deleted_at=None) if not past else Team.objects.all(),
        ROLE: Role.objects.all(),
    }.get(grantee.kind)
    found = rows.filter(pk=grantee.id).first() if rows is not None else None
    if found is None and not past:
        raise Invalid({"grantee": [_("There is no such person, team or role.")]})
    return str(found or "")


def _told(name: str, held: RecordShare) -> dict[str, Any]:
    until = held.expires_at.isoformat() if held.expires_at else None
    return {"with": name, "kind": held.kind, "edit": held.edit, "until": until}


def _note(actor: Actor, record: Record, verb: str, pair: list[Any], via: str, key: str = "shared") -> None:
    changes.note(actor, record.declares.key, record.pk, verb, {key: pair}, via=via)


def _widen(grantee: Grantee) -> None:
    """Whoever is reached now may have been reached by no share until now."""
    users = list(_people(grantee))
    if users:
        actors.rights_changed(*users)


def _people(grantee: Grantee) -> Iterable[UUID]:
    if grantee.kind == USER:
        return [grantee.id]
    if grantee.kind == TEAM:
        teams = lineage.beneath(lineage.parents(), [grantee.id])
        return TeamMember.objects.filter(team__in=teams).values_list("user_id", flat=True)
    return User.objects.filter(roles=grantee.id).values_list("pk", flat=True)
