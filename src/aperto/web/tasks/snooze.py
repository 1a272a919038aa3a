"""Putting an activity off: later today, tomorrow, next week, or to a day in one's own words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from babel.dates import format_datetime
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aperto.kernel import changes
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import FieldError, Invalid, Message, Missing, Refused
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.viewer import Viewer
from aperto.web.door import done, object_page
from aperto.web.forms.answer import form_answer
from aperto.web.records import answers, when
from aperto.web.records.nearby import near_moment
from aperto.web.records.reading import Shown, shown
from aperto.web.request import Request
from aperto.web.shell import is_partial

VIA = "page"
MORNING = time(9)
LATER = timedelta(hours=3)
LAST = time(22)  # nothing is put off into the night


@dataclass(frozen=True)
class Choice:
    """A button: `value` is what it sends, `said` the moment that it means."""

    value: str
    label: Message
    said: str


@require_http_methods(["GET", "POST"])
@object_page
def snooze(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    """GET asks until when; POST puts it off and offers the way back."""
    activity = declaration.activity
    if activity is None or not activity.done or declaration.fields[activity.moment].kind != "datetime":
        raise Missing(record)
    held = shown(request.actor, declaration, record, (activity.moment, *_along(declaration)))
    if not held.editable or declaration.fields[activity.moment].readonly:
        raise Refused(Verb.EDIT)
    if request.method == "GET":
        return _ask(request, held)
    try:
        said = request.POST.get("until") or request.POST.get("day", "")
        until = when.read(said, request.actor.viewer)
        if until is None:
            raise FieldError(_("Say until when."))
        outcome = changes.save(request.actor, held.handle(), _moved(held, until), via=VIA)
    except FieldError as error:
        return _ask(request, held, [error.message])
    except Invalid as invalid:
        return _ask(request, held, invalid.messages)
    return _done(request, held, until, f"/undo/{outcome.change.id}" if outcome.change else "")


def _along(declaration: ObjectType) -> list[str]:
    """The other moments that the composer asks for, such as an end: they keep their distance."""
    assert declaration.activity is not None
    fields, moment = declaration.writable, declaration.activity.moment
    asked = (key for key in declaration.activity.composer if key in fields and key != moment)
    return [key for key in asked if fields[key].kind == "datetime"]


def _moved(held: Shown, until: datetime) -> dict[str, Any]:
    assert held.declaration.activity is not None
    moment = held.declaration.activity.moment
    begun = held.values.get(moment)
    if not isinstance(begun, datetime):
        return {moment: until}
    along = {key: held.values.get(key) for key in _along(held.declaration)}
    return {moment: until} | {key: at + (until - begun) for key, at in along.items() if at is not None}


def _done(request: Request, held: Shown, until: datetime, undo: str) -> HttpResponse:
    viewer = request.actor.viewer
    said = format_datetime(until.astimezone(viewer.zone), "EEE d MMM HH:mm", locale=viewer.locale)
    text = _("“%(title)s” is put off until %(moment)s.") % {"title": held.title, "moment": said}
    if not is_partial(request):
        return done(request, text, undo=undo, to="/tasks")
    headers = answers.events(text, answers.CHANGED, answers.ROWS, answers.CLOSE, undo=undo)
    return HttpResponse(status=204, headers=headers)


def _ask(request: Request, held: Shown, errors: Iterable[Message] = ()) -> HttpResponse:
    activity = held.declaration.activity
    assert activity is not None
    context: dict[str, Any] = {
        "heading": _("Put off: %(title)s") % {"title": held.title},
        "form_url": f"{held.url}/snooze",
        "dialog_id": "dialog-snooze",
        "choices": list(choices(held.values.get(activity.moment), held.actor.viewer)),
        "typed": request.POST.get("day", ""),
        "errors": list(errors),
        "save_label": _("Put off"),
        "back": held.url,
    }
    return form_answer(request, context, status=422 if errors else 200, name="tasks/snooze")


def choices(moment: Any, viewer: Viewer) -> Iterable[Choice]:
    """At the hour that it was planned for; later today on the next full hour in three hours."""
    now = viewer.now()
    hour = moment.astimezone(viewer.zone).time() if isinstance(moment, datetime) else MORNING
    later = max(now + LATER, now.replace(hour=MORNING.hour)).replace(minute=0, second=0, microsecond=0)
    if later.date() == now.date() and later.time() <= LAST:
        yield _choice(_("Later today"), later, viewer)
    tomorrow = now.date() + timedelta(days=1)
    monday = now.date() + timedelta(days=7 - now.weekday())
    yield _choice(_("Tomorrow"), datetime.combine(tomorrow, hour, viewer.zone), viewer)
    if monday != tomorrow:
        yield _choice(_("Next week"), datetime.combine(monday, hour, viewer.zone), viewer)
    month = now.date() + timedelta(days=28)
    yield _choice(_("In four weeks"), datetime.combine(month, hour, viewer.zone), viewer)


def _choice(label: Message, moment: datetime, viewer: Viewer) -> Choice:
    return Choice(moment.strftime("%Y-%m-%d %H:%M"), label, near_moment(moment.astimezone(UTC), viewer))
