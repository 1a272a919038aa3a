"""Links to records within formatted text: whoever may not see the record sees the words alone."""

import re
from collections.abc import Sequence
from html import escape
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from aperto.kernel.access import people
from aperto.kernel.access.actor import Actor
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import search
from aperto.kernel.query.pointers import USER
from aperto.kernel.query.rows import titles
from aperto.web.door import person_page
from aperto.web.request import Request
from aperto.web.templatetags.aperto_icons import icon

OFFERED = 8
LONGEST = 80
UUID_ = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
LINK = re.compile(rf'<a\b[^>]*\bhref="/([a-z][a-z0-9_]*)/({UUID_})"[^>]*>(.*?)</a>', re.S)


def shown(actor: Actor, texts: Sequence[str]) -> list[str]:
    """The sanitised texts, with the links that the actor may follow: a query for each kind of record that any
    of them names, none without links."""
    wanted: dict[str, set[UUID]] = {}
    for text in texts:
        for object_key, key, _words in LINK.findall(text):
            wanted.setdefault(object_key, set()).add(UUID(key))
    if not wanted:
        return list(texts)
    seen = {
        (object_key, str(key)): ref
        for object_key, keys in wanted.items()
        for key, ref in titles(actor, object_key, keys).items()
    }
    return [LINK.sub(lambda link: _link(link, seen.get((link[1], link[2]))), text) for text in texts]


def _link(link: re.Match[str], ref: Ref | None) -> str:
    """A person has no page of their own: their name stands out instead."""
    if ref is None:
        return link[3]
    if link[1] == USER:
        return f'<span class="mention">{link[3]}</span>'
    return f'<a class="chip" href="/{link[1]}/{link[2]}">{link[3]}</a>'


@require_GET
@person_page
def complete(request: Request) -> HttpResponse:
    """What is meant behind "#" or "@", as options."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    offer = _people if request.GET.get("sign") == "@" else _records
    return HttpResponse("".join(offer(request.actor, text)) if "\0" not in text else "")


def _records(actor: Actor, text: str) -> list[str]:
    if not text:
        return []
    return [
        _option(f"/{hit.object}/{hit.id}", hit.title, registry.get(hit.object).icon, hit.subtitle)
        for hit in search.find(actor, text, OFFERED)
    ]


def _people(actor: Actor, text: str) -> list[str]:
    found = people.named(text, OFFERED)
    return [_option(f"/{USER}/{each.pk}", f"@{each.name or each.email}", "user") for each in found]


def _option(href: str, label: str, mark: str, aside: str = "") -> str:
    words = escape(label)
    drawn = f'{icon(mark, "sm")}<span>{words}</span><span class="faint">{escape(aside)}</span>'
    return f'<li role="option" data-href="{href}" data-label="{words}">{drawn}</li>'
