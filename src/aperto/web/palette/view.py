"""The answer to each letter typed in the palette."""

import time

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from aperto.kernel.access.actor import Actor
from aperto.kernel.fields.base import text_of
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import search
from aperto.web.palette.commands import matching
from aperto.web.palette.found import composed, doings, hits, verb_of
from aperto.web.palette.options import Option, group
from aperto.web.records import recent

LONGEST = 100
HITS, COMMANDS = 7, 3


@require_GET
def palette(request: HttpRequest) -> HttpResponse:
    """Recent records and commands before anything is typed; commands behind ">"; otherwise hits."""
    started = time.perf_counter()
    actor: Actor = request.actor  # type: ignore[attr-defined]  # the middleware put it there
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST]
    if text.startswith(">"):
        found = matching(actor, text[1:], 30)
        body, count = group(_("Do"), found), len(found)
    elif text:
        body, count = _search(actor, text)
    else:
        return HttpResponse(_before(request, actor))
    took = max(1, round((time.perf_counter() - started) * 1000))
    said = ngettext("%(count)s result in %(ms)s ms", "%(count)s results in %(ms)s ms", count)
    meta = f'<p class="meta">{escape(said % {"count": count, "ms": took})}</p>'
    return HttpResponse((body or _nothing(text)) + meta)


def _before(request: HttpRequest, actor: Actor) -> str:
    seen = []
    for ref in recent.refs(request, actor):
        declaration = registry.get(ref.object)
        seen.append(
            Option(ref.title, declaration.icon, f"/{ref.object}/{ref.id}", text_of(declaration.label))
        )
    return group(_("Recent"), seen) + group(_("Do"), matching(actor, "", 8))


def _search(actor: Actor, text: str) -> tuple[str, int]:
    activity, rest = verb_of(actor, text)
    found = search.find(actor, rest, HITS)
    if not found and activity is not None:
        activity, found = None, search.find(actor, text, HITS)
    commands = matching(actor, text, COMMANDS)
    here = list(hits(found))
    if activity is not None:
        first = list(composed(actor, activity, found))[:3]
        body = group(_("Do"), [*first, *commands]) + group(_("Go to"), here)
        return body, len(first) + len(commands) + len(here)
    acts = list(doings(actor, found[0])) if found else []
    body = group(_("Go to"), here) + group(_("Do"), [*commands, *acts])
    return body, len(here) + len(commands) + len(acts)


def _nothing(text: str) -> str:
    said = escape(_("Nothing is called “%(text)s”.") % {"text": text})
    return f'<li class="note" role="presentation">{said}</li>'
