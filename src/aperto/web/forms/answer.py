"""A form as a dialog on top of the page, or as a page of its own: one context, one decision."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.html import format_html_join

from aperto.kernel.errors import Message
from aperto.web.saying import say
from aperto.web.shell import is_partial, render

IN_DIALOG = "in_dialog"  # hidden in dialogs: the answer to a refused one replaces it


def form_answer(
    request: HttpRequest, context: Mapping[str, Any], *, status: int = 200, name: str = "forms/form"
) -> HttpResponse:
    """`name` has two templates: `…_dialog.html` and `…_page.html`."""
    if not is_partial(request):
        return render(request, f"{name}_page.html", context, status=status)
    names = ("duplicates", "states")
    asked = [(name, context[f"{name}_url"]) for name in names if context.get(f"{name}_url")]
    attributes = format_html_join(" ", 'data-{}-url="{}"', asked)
    body = render_to_string(f"{name}_dialog.html", {"form_attrs": attributes, **context}, request)
    headers = {}
    if request.method == "POST" and IN_DIALOG not in request.POST:
        headers = {"HX-Retarget": "#dialogs", "HX-Reswap": "beforeend"}
    return HttpResponse(body, status=status, headers=headers)


def redirected(request: HttpRequest, text: Message, *, undo: str = "", to: str) -> HttpResponse:
    """Goes to another page, which says what was done and offers the way back."""
    say(request, text, undo)
    if is_partial(request):
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    return HttpResponseRedirect(to)
