"""Scheduled imports of an object: which there are, what came of them, and one more."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Invalid, Refused
from aperto.kernel.objects.declaration import ObjectType
from aperto.transfer import mappings, scheduled, schedules
from aperto.transfer import run as runs
from aperto.transfer.models import ImportSchedule
from aperto.web.door import done, object_page, person_page
from aperto.web.request import Request
from aperto.web.shell import render
from aperto.web.transfers.going import to


@require_http_methods(["GET", "HEAD", "POST"])
@object_page
def show(request: Request, declaration: ObjectType) -> HttpResponse:
    if not runs.may_import(request.actor, declaration):
        raise Refused(Verb.IMPORT)
    if request.method != "POST":
        return _page(request, declaration, {})
    try:
        schedules.save(request.actor, _read(request.POST, declaration))
    except Invalid as refusal:
        return _page(request, declaration, {key: str(said[0]) for key, said in refusal.errors.items()})
    return to(request, f"/{declaration.key}/import/schedules")


def _read(post: QueryDict, declaration: ObjectType) -> ImportSchedule:
    """What the form says; what it cannot say is a mistake of a field."""
    try:
        mapping = UUID(post.get("mapping", ""))
    except ValueError:
        raise Invalid({"mapping": [_("Choose a remembered mapping.")]}) from None
    try:
        at = time.fromisoformat(post.get("at", ""))
    except ValueError:
        raise Invalid({"at": [_("A time such as 06:30 is expected.")]}) from None
    hourly, folder = post.get("every") == ImportSchedule.HOUR, post.get("source") == ImportSchedule.FOLDER
    return ImportSchedule(
        object=declaration.key,
        name=post.get("name", ""),
        mapping=mapping,
        source=ImportSchedule.FOLDER if folder else ImportSchedule.URL,
        place=post.get("place", "").strip()[:2_000],
        every=ImportSchedule.HOUR if hourly else ImportSchedule.DAY,
        at=at.replace(second=0, microsecond=0, tzinfo=None),
    )


def _page(request: Request, declaration: ObjectType, errors: dict[str, str]) -> HttpResponse:
    actor = request.actor
    context: dict[str, Any] = {
        "declaration": declaration,
        "schedules": [
            {"schedule": each, "next": _local(request, each.next_at), "last": _local(request, each.last_at)}
            for each in schedules.listed(actor, declaration.key)
        ],
        "mappings": mappings.listed(actor, declaration.key),
        "may_folder": actor.configures,
        "errors": errors,
        "post": request.POST,
    }
    return render(request, "transfers/schedules.html", context, status=422 if errors else 200)


def _local(request: Request, moment: datetime | None) -> datetime | None:
    return moment.astimezone(request.actor.viewer.zone) if moment else None


@require_POST
@person_page
def run_now(request: Request, schedule: UUID) -> HttpResponse:
    found = schedules.get(request.actor, schedule)
    scheduled.enqueue(found)
    return done(request, _("The import begins in a moment."), to=f"/{found.object}/import/schedules")


@require_POST
@person_page
def switch(request: Request, schedule: UUID) -> HttpResponse:
    """Pauses it, or lets it go on."""
    found = schedules.get(request.actor, schedule)
    if request.actor.behind is not None:
        raise Refused(Verb.IMPORT)
    found.active = not found.active
    found.save(update_fields=["active"])
    return to(request, f"/{found.object}/import/schedules")


@require_POST
@person_page
def forget(request: Request, schedule: UUID) -> HttpResponse:
    found = schedules.get(request.actor, schedule)
    schedules.forget(request.actor, found)
    said = _("“%(name)s” no longer imports.") % {"name": found.name}
    return done(request, said, to=f"/{found.object}/import/schedules")
