"""Whom a record is shared with, whether it is private, and who sees it why. The kernel decides; this only
reads what was sent and says what holds."""

from datetime import UTC, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from aperto.api.http import Call, Problem, key_of, respond
from aperto.api.operation import Operation, Parameter
from aperto.api.operations.records import KEY
from aperto.kernel import records
from aperto.kernel.access import actors, explain, people, sharing
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.explain import Reason
from aperto.kernel.access.scopes import Verb
from aperto.kernel.access.share_models import RecordShare
from aperto.kernel.access.sharing import Grantee
from aperto.kernel.errors import Invalid, Missing, Refused
from aperto.kernel.objects.record import Record

MOST = 200
SHARE = {"kind", "id", "edit", "expires_at"}


def read_shares(call: Call) -> HttpResponse:
    record = _shared(call)
    return respond(_shares(call, record))


def share_record(call: Call) -> HttpResponse:
    record, body = _shared(call), call.body()
    wrong = {key: [_("There is no such field.")] for key in body.keys() - SHARE}
    grantee = _grantee(body, wrong)
    edit, until = body.get("edit", False), _until(body.get("expires_at"), wrong)
    if not isinstance(edit, bool):
        wrong["edit"] = [_("True or false is expected here.")]
    if wrong or grantee is None or not isinstance(edit, bool):
        raise Problem(422, _("Not accepted"), _("Nothing was written."), wrong)
    try:
        given = sharing.share(call.actor, record, grantee, edit=edit, expires_at=until, via="api")
    except Invalid as invalid:
        names = {"grantee": "id"}  # what the body calls it
        raise Invalid({names.get(key, key): said for key, said in invalid.errors.items()}) from None
    return respond(_share(given))


def end_share(call: Call) -> HttpResponse:
    """By the key of the person, team or role: a record is shared once with each."""
    record, key = _shared(call), key_of(call.path["grantee"])
    for held in sharing.shares_of(call.actor, record):
        if held.grantee == key:
            sharing.unshare(call.actor, record, Grantee(held.kind, held.grantee), via="api")
            return respond(None, 204)
    raise Missing(key)


def set_privacy(call: Call) -> HttpResponse:
    record, body = _shared(call), call.body()
    wrong: dict[str, list[str]] = {key: [_("There is no such field.")] for key in body.keys() - {"private"}}
    private = body.get("private")
    if not isinstance(private, bool):
        wrong["private"] = [_("True or false is expected here.")]
    if wrong or not isinstance(private, bool):
        raise Problem(422, _("Not accepted"), _("Nothing was written."), wrong)
    sharing.set_private(call.actor, record, private, via="api")
    return respond({"private": sharing.is_private(record)})


def who_sees(call: Call) -> HttpResponse:
    """A page asks as many people as `limit` says, so it may name fewer; `next` goes on."""
    record, limit = _shared(call), call.number("limit", 50, MOST)
    after = call.parameter("cursor")
    asked = list(islice(explain.asked(key_of(after) if after else None), limit + 1))
    seen = explain.among(record, asked[:limit])
    data = [_person(each.user.pk, each.user.name) | _why(call.actor, each.read, each.edit) for each in seen]
    return respond({"data": data, "next": str(asked[limit - 1].pk) if len(asked) > limit else None})


def why_sees(call: Call) -> HttpResponse:
    """Everybody may ask it of themselves; of somebody else, whoever may share the record."""
    record = _held(call)
    key = key_of(call.path["user"])
    if key != call.actor.user_id:
        _require_share(call, record)
    user = people.get(key)
    actor = actors.of_user(user)
    reads, edits = explain.why(actor, record), explain.why(actor, record, Verb.EDIT)
    return respond(_person(user.pk, user.name) | _why(call.actor, reads, edits))


# -- what was asked for ------------------------------------------------------------------------------


def _held(call: Call) -> Record:
    """What is set up belongs to nobody: it is neither shared nor explained."""
    if call.object.administered:
        raise Missing(call.record)
    return records.visible(call.actor, call.object.key).get(call.record)


def _shared(call: Call) -> Record:
    record = _held(call)
    _require_share(call, record)
    return record


def _require_share(call: Call, record: Record) -> None:
    if not sharing.may_share(call.actor, record):
        raise Refused(Verb.SHARE)


def _grantee(body: dict[str, Any], wrong: dict[str, list[str]]) -> Grantee | None:
    kind = body.get("kind")
    if kind not in sharing.KINDS:
        wrong["kind"] = [_("One of %(choices)s is expected.") % {"choices": ", ".join(sharing.KINDS)}]
    try:
        return Grantee(str(kind), UUID(body.get("id") if isinstance(body.get("id"), str) else ""))
    except ValueError:
        wrong["id"] = [_("The key of a person, a team or a role is expected.")]
        return None


def _until(raw: Any, wrong: dict[str, list[str]]) -> datetime | None:
    if raw is None:
        return None
    try:
        moment = parse_datetime(raw) if isinstance(raw, str) else None
        if moment is not None:
            return moment if timezone.is_aware(moment) else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        pass
    wrong["expires_at"] = [_("A moment such as 2026-03-02T17:00:00Z is expected.")]
    return None


# -- what is said ------------------------------------------------------------------------------------


def _shares(call: Call, record: Record) -> dict[str, Any]:
    data = [_share(each) for each in sharing.shares_of(call.actor, record)]
    return {"data": data, "private": sharing.is_private(record)}


def _share(held: RecordShare) -> dict[str, Any]:
    return {
        "kind": held.kind,
        "id": str(held.grantee),
        "name": sharing.name_of(held),
        "edit": held.edit,
        "expires_at": held.expires_at and held.expires_at.isoformat(),
    }


def _person(key: UUID, name: str) -> dict[str, Any]:
    return {"id": str(key), "name": name}


def _why(asker: Actor, reads: list[Reason], edits: list[Reason]) -> dict[str, Any]:
    return {
        "read": bool(reads),
        "edit": bool(edits),
        "why_read": [_reason(asker, each) for each in reads],
        "why_edit": [_reason(asker, each) for each in edits],
    }


def _reason(asker: Actor, reason: Reason) -> dict[str, Any]:
    """A condition may name a field that the asker does not see; so only administrators read it."""
    return {
        "kind": reason.kind,
        "name": str(reason.name),
        "scope": str(reason.scope),
        "team": reason.team,
        "conditional": bool(reason.condition),
        "condition": reason.condition if reason.condition and asker.configures else None,
        "expires_at": reason.until and reason.until.isoformat(),
    }


PAGING = (
    Parameter("cursor", lazy("The value of `next` of the page before.")),
    Parameter("limit", lazy("People asked for one page; those who see nothing are left out."),
              {"type": "integer", "minimum": 1, "maximum": MOST, "default": 50}),
)  # fmt: skip
READING = (400, 401, 403, 404, 429)
WRITING = (400, 401, 403, 404, 413, 415, 422, 429)

OPERATIONS = (
    Operation("shares", "GET", "/{object}/{id}/shares", read_shares,
              lazy("Read with whom a record is shared"), Verb.SHARE, "shares", refusals=READING),
    Operation("share", "POST", "/{object}/{id}/shares", share_record, lazy("Share a record"), Verb.SHARE,
              "share", body="sharing", parameters=(KEY,), writes=True, refusals=WRITING),
    Operation("end_share", "DELETE", "/{object}/{id}/shares/{grantee}", end_share,
              lazy("Share a record no more"), Verb.SHARE, "nothing", 204, parameters=(KEY,), writes=True,
              refusals=READING),
    Operation("privacy", "PUT", "/{object}/{id}/privacy", set_privacy,
              lazy("Make a record private, or no more"), Verb.SHARE, "privacy", body="privacy",
              parameters=(KEY,), writes=True, refusals=WRITING),
    Operation("who", "GET", "/{object}/{id}/access", who_sees, lazy("Read who can see a record, and why"),
              Verb.SHARE, "who", parameters=PAGING, refusals=READING),
    Operation("why", "GET", "/{object}/{id}/access/{user}", why_sees,
              lazy("Read why somebody can see a record"), Verb.READ, "why", refusals=READING),
)  # fmt: skip
