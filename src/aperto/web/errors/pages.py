"""The error pages. For htmx and our own scripts the status alone: they show the message where it belongs."""

import logging
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from aperto.kernel.access.actor import ANONYMOUS
from aperto.kernel.errors import Message
from aperto.web.shell import Shell, is_partial, render

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Words:
    """`title` says what happened, `kept` what became of the work, `advice` what to do now."""

    status: int
    icon: str
    title: Message
    kept: Message
    advice: Message


PAGES = {
    words.status: words
    for words in (
        Words(
            400,
            "alert-circle",
            _("This request cannot be understood"),
            _("Nothing was changed."),
            _("Go back and try again. If you followed a link, it may be damaged."),
        ),
        Words(
            403,
            "lock",
            _("You may not do this"),
            _("Nothing was changed."),
            _("Ask whoever looks after your rights, if you need it for your work."),
        ),
        Words(
            404,
            "zoom-question",
            _("There is nothing here"),
            _("It was deleted, it never existed, or it is not shared with you. These look alike on purpose."),
            _("Search for it by name, or ask whoever gave you the address."),
        ),
        Words(
            409,
            "git-merge",
            _("Somebody else was faster"),
            _("This record changed while you worked on it. Nothing of theirs was overwritten."),
            _("Go back, look at the record as it is now, and save again."),
        ),
        Words(
            429,
            "hourglass",
            _("Too many requests"),
            _("Nothing was changed."),
            _("Wait a minute, then go on."),
        ),
        Words(
            500,
            "tool",
            _("Something went wrong on our side"),
            _("What you did last was not saved; everything before it was. The mistake was noted."),
            _("Try again. If it happens again, tell your administrator when it happened."),
        ),
    )
}
CSRF = Words(
    403,
    "shield-lock",
    _("This page was open for too long"),
    _("Nothing was changed, to be safe: we could not see that the request came from your own page."),
    _("Go back, reload the page, and send it again."),
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return show(request, PAGES[400])


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return show(request, PAGES[403])


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return show(request, PAGES[404])


def conflict(request: HttpRequest) -> HttpResponse:
    return show(request, PAGES[409])


def too_many(request: HttpRequest, seconds: int = 60) -> HttpResponse:
    answer = show(request, PAGES[429])
    answer.headers["Retry-After"] = str(seconds)
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    logger.warning("A request without a valid token was refused: %s", reason)
    return show(request, CSRF)


def broken(request: HttpRequest) -> HttpResponse:
    """After a crash nothing is certain, the database least of all: this page asks for none of it."""
    if is_partial(request):
        return HttpResponse(status=500)
    try:
        context = {"words": PAGES[500], "shell": Shell("Aperto")}
        return HttpResponse(render_to_string("errors/outside.html", context), status=500)
    except Exception:
        logger.exception("The page for crashes crashed")
        return HttpResponse(f"{PAGES[500].title}.", status=500, content_type="text/plain; charset=utf-8")


def show(request: HttpRequest, words: Words) -> HttpResponse:
    if is_partial(request):
        return HttpResponse(status=words.status)
    signed_in = getattr(request, "actor", ANONYMOUS) is not ANONYMOUS
    template = "errors/inside.html" if signed_in else "errors/outside.html"
    return render(request, template, {"words": words}, status=words.status)
