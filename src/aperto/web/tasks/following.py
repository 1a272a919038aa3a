"""What comes after an activity that has just been ended: a proposal that one click takes.

Nothing is proposed where something is planned already, or where the record that it was about is closed.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aperto.kernel import changes
from aperto.kernel.errors import FieldError, Invalid, Missing
from aperto.kernel.fields.base import Ref, text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.pipelines import stages
from aperto.kernel.timeline import planned
from aperto.web.door import done, object_page
from aperto.web.records import answers, when
from aperto.web.records.about import bound, follow_up, link_field
from aperto.web.records.reading import Shown, shown
from aperto.web.records.when import Shortcut
from aperto.web.request import Request
from aperto.web.shell import is_partial, render

VIA = "page"
LONGEST = 120


@require_http_methods(["GET", "POST"])
@object_page
def following(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    """GET: the proposal, or nothing; POST: the next activity, about the same records."""
    if declaration.activity is None or not declaration.activity.done:
        raise Missing(record)
    links = [each.key for each in declaration.fields.values() if each.stored_elsewhere]
    ended = shown(request.actor, declaration, record, links)
    about = [ref for key in links for ref in ended.values.get(key) or () if ref.title]
    subject = _subject(request, about)
    if subject is None:
        return HttpResponse(status=204)
    target = follow_up(request.actor, subject.declaration.key)
    if target is None:
        return HttpResponse(status=204)
    if request.method == "POST":
        return _make(request, ended, subject, target, about)
    if _is_closed(subject) or planned(request.actor, subject.id, 1):
        return HttpResponse(status=204)
    return render(request, "tasks/following.html", _context(ended, subject, proposal(ended.title)))


def _subject(request: Request, about: Sequence[Ref]) -> Shown | None:
    """The first record that it was about, as far as the actor sees it."""
    for ref in about:
        if ref.object in registry:
            declaration = registry.get(ref.object)
            columns = (*declaration.subtitle, *filter(None, (declaration.path,)))
            return shown(request.actor, declaration, ref.id, columns)
    return None


def _is_closed(subject: Shown) -> bool:
    path = subject.declaration.path
    stage = subject.values.get(path) if path else None
    open_ = {step.id for step in stages.of_object(subject.declaration.key) if step.kind == "open"}
    return stage is not None and stage.id not in open_


def proposal(title: str) -> str:
    """A second follow-up is called like the first."""
    words = _("Follow up: %(title)s")
    return title if title.startswith(words.partition("%")[0]) else (words % {"title": title})[:LONGEST]


def _context(ended: Shown, subject: Shown, what: str, error: str = "") -> dict[str, Any]:
    viewer = ended.actor.viewer
    fortnight = viewer.now().date() + timedelta(days=14)
    days = [*when.shortcuts(viewer), Shortcut(_("In two weeks"), fortnight.isoformat())]
    days[0] = Shortcut(_("Tomorrow"), days[0].text) if _is_tomorrow(days[0], ended) else days[0]
    return {"url": f"{ended.url}/following", "subject": subject, "what": what, "days": days, "error": error}


def _is_tomorrow(day: Shortcut, ended: Shown) -> bool:
    return day.text == (ended.actor.viewer.now().date() + timedelta(days=1)).isoformat()


def _make(
    request: Request, ended: Shown, subject: Shown, target: ObjectType, about: Sequence[Ref]
) -> HttpResponse:
    assert target.activity is not None
    what, link = request.POST.get("what", "").strip(), link_field(target, subject.declaration.key)
    assert link is not None
    tied = bound(target, subject)
    held = {ref.id for ref in tied[link.key]}
    more = [Ref(ref.object, ref.id) for ref in about if ref.object in getattr(link, "to", ())]
    tied[link.key] += [ref for ref in more if ref.id not in held]
    first = target.activity.composer[0]
    try:
        due = when.read(request.POST.get("when", ""), request.actor.viewer)
        given = {first: target.fields[first].parse(what, request.actor.viewer), target.activity.moment: due}
        batch = changes.new_batch()
        changes.create(request.actor, target.key, {**given, **tied}, via=VIA, batch=batch)
    except (FieldError, Invalid) as error:
        message = error.text if isinstance(error, Invalid) else str(error.message)
        return render(request, "tasks/following.html", _context(ended, subject, what, message), status=422)
    text = _("%(activity)s saved.") % {"activity": text_of(target.label)}
    undo = f"/undo/batch/{batch}"
    if not is_partial(request):
        return done(request, text, undo=undo, to="/tasks")
    headers = answers.events(text, answers.CHANGED, answers.ROWS, undo=undo)
    return HttpResponse("", headers=headers)
