"""Choosing a record in a form: ten hits as one types, the latest ones before that."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from django.views.decorators.http import require_GET

from aperto.kernel import records
from aperto.kernel.access import people
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import search
from aperto.web.door import object_page
from aperto.web.people import looks
from aperto.web.records import recent
from aperto.web.request import Request

MOST = 10
USER = "user"


@dataclass(frozen=True)
class Pick:
    value: str
    title: str
    subtitle: str
    hue: str
    round: bool = False


@require_GET
def pick(request: HttpRequest, objects: str) -> HttpResponse:
    """`objects` are keys joined by "+"; with several, a value says which object it is of."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # the middleware put it there
    keys = list(dict.fromkeys(objects.split("+")))[:20]
    text = request.GET.get("q", "")[:200]
    if keys == [USER]:
        return answer(_users(text))
    declared = [
        for_actor(actor, registry.get(key))
        for key in keys
        if key in registry and actor.may(registry.get(key), Verb.READ)
    ]
    if not declared:
        return HttpResponse(status=404)
    several = len(keys) > 1
    picks = (
        _found(actor, declared, text, several) if text.strip() else _latest(request, actor, declared, several)
    )
    return answer(picks)


@require_GET
@object_page
def pick_one(request: Request, declaration: ObjectType) -> HttpResponse:
    return pick(request, declaration.key)


@require_GET
def pick_user(request: HttpRequest) -> HttpResponse:
    return pick(request, USER)


def _users(text: str) -> list[Pick]:
    return [
        Pick(str(each.pk), each.name or each.email, each.email, looks.hue(each.pk), True)
        for each in people.named(text, MOST)
    ]


def _found(actor: Actor, declared: Sequence[ObjectType], text: str, several: bool) -> list[Pick]:
    hits = search.find(actor, text, MOST, [each.key for each in declared])
    return [
        Pick(_value(hit.object, str(hit.id), several), hit.title, hit.subtitle, registry.get(hit.object).hue)
        for hit in hits
    ]


def _latest(request: HttpRequest, actor: Actor, declared: Sequence[ObjectType], several: bool) -> list[Pick]:
    """What was looked at last, and where that is too little what was changed last."""
    keys = {each.key for each in declared}
    seen = [ref for ref in recent.refs(request, actor) if ref.object in keys]
    picks = {ref.id: Pick(_value(ref.object, str(ref.id), several), ref.title, "", ref.hue) for ref in seen}
    for declaration in declared:
        columns = [key for key in declaration.subtitle if not declaration.fields[key].stored_elsewhere]
        page = records.visible(actor, declaration.key).page(columns=columns, limit=MOST)
        for row in page.rows:
            subtitle = _subtitle(actor, [(declaration.fields[key], row.values[key]) for key in columns])
            value = _value(declaration.key, str(row.id), several)
            picks.setdefault(row.id, Pick(value, row.title, subtitle, declaration.hue))
    return list(picks.values())[:MOST]


def _subtitle(actor: Actor, pairs: Iterable[tuple[Field, object]]) -> str:
    return " · ".join(each.text(value, actor.viewer) for each, value in pairs if value not in (None, [], ""))


def _value(object_key: str, key: str, several: bool) -> str:
    return f"{object_key}:{key}" if several else key


def answer(picks: Iterable[Pick]) -> HttpResponse:
    """The lines of a picker."""
    return HttpResponse("".join(_option(each) for each in picks))


def _option(each: Pick) -> str:
    letters = escape(looks.initials(each.title))
    shape = "avatar" if each.round else "avatar square"
    subtitle = f"<small>{escape(each.subtitle)}</small>" if each.subtitle else ""
    return (
        f'<li role="option" data-value="{escape(each.value)}" data-label="{escape(each.title)}"'
        f' data-hue="{escape(each.hue)}" data-initials="{letters}">'
        f'<span class="{shape}" data-hue="{escape(each.hue)}" aria-hidden="true">{letters}</span>'
        f"<span>{escape(each.title)}</span>{subtitle}</li>"
    )
