"""How one is told: by sort of event, when the digest comes, and which devices ring."""

import json
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from aperto.kernel.errors import Invalid
from aperto.kernel.notices import choices, mails, pushes
from aperto.kernel.notices.sorts import DIGEST, MAILS, NEVER, NOW, SORTS, Ways
from aperto.web.door import person_page
from aperto.web.people.doors import toast
from aperto.web.request import Request
from aperto.web.saying import say
from aperto.web.shell import is_partial, render

MOST = 8 * 1024  # bytes of a subscription
HOURS = range(24)


@require_http_methods(["GET", "POST"])
@person_page
def show(request: Request) -> HttpResponse:
    """Each choice saves itself."""
    if request.method == "POST":
        return _save(request)
    actor = request.actor
    ways = choices.ways_of([actor.user_id])[actor.user_id] if actor.user_id else {}
    words = {NEVER: _("No"), NOW: _("At once"), DIGEST: _("Digest")}
    context = {
        "lines": [(sort, ways.get(key, sort.ways)) for key, sort in SORTS.items()],
        "mails": [(key, words[key]) for key in MAILS],
        "choice": choices.of(actor),
        "often": [(choices.DAILY, _("Every day")), (choices.WEEKLY, _("Every week"))],
        "weekdays": [(day, str(name)) for day, name in WEEKDAYS.items()],
        "hours": [(hour, f"{hour:02}:00") for hour in HOURS],
        "devices": pushes.devices_of(actor),
        "push_key": pushes.public_key(),
    }
    return render(request, "together/choices.html", context)


def _save(request: Request) -> HttpResponse:
    post = request.POST
    ways = {
        key: Ways(f"{key}.page" in post, post.get(f"{key}.mail", ""), f"{key}.push" in post)
        for key in SORTS
        if f"{key}.mail" in post
    }
    try:
        choices.choose(
            request.actor,
            ways,
            digest=post.get("digest"),
            hour=_number(post.get("hour")),
            weekday=_number(post.get("weekday")),
        )
    except Invalid as invalid:
        return toast(invalid.text, tone="bad", status=422)
    if is_partial(request):
        return toast(_("Saved"))
    say(request, _("Saved"), "")
    return HttpResponseRedirect(reverse("notice_choices"))


def _number(text: str | None) -> int | None:
    """Below what may be chosen where it is no number, so that it is refused."""
    if text is None:
        return None
    return int(text) if text.isdecimal() and len(text) < 4 else -1


@require_POST
@person_page
def subscribe(request: Request) -> HttpResponse:
    """What a browser gives when its person lets it ring."""
    if len(request.body) > MOST:
        return HttpResponse(status=413)
    try:
        given = json.loads(request.body)
        keys = given.get("keys") or {}
        name = str(given.get("name") or "")
        values = {"endpoint": given.get("endpoint"), "key": keys.get("p256dh"), "auth": keys.get("auth")}
    except (ValueError, AttributeError):
        return JsonResponse({"error": _("This is no subscription of a browser.")}, status=422)
    try:
        pushes.subscribe(request.actor, name, values)
    except Invalid as invalid:
        return JsonResponse({"error": invalid.text}, status=422)
    return JsonResponse({}, status=201)


@require_POST
@person_page
def forget(request: Request, device: UUID) -> HttpResponse:
    pushes.forget(request.actor, device)
    say(request, _("This device does not ring any more."), "")
    return HttpResponseRedirect(reverse("notice_choices"))


@csrf_exempt  # a mail program posts here with one click; the link itself is the proof
@login_not_required
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, as programs that look at mails open every link; POST ends the mails."""
    meant = mails.meant_by(token)
    if meant is None:
        return render(request, "together/unsubscribe.html", {"unknown": True}, status=404)
    user, sort = meant
    if request.method == "POST":
        choices.stop_mail(user, "" if sort == mails.DIGEST else sort)
    context = {"sort": mails.named(sort), "done": request.method == "POST"}
    return render(request, "together/unsubscribe.html", context)
