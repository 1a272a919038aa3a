"""Settings → sharing rules and territories: which records, whose they become or who sees them besides."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel import changes
from aperto.kernel.access import territories
from aperto.kernel.access.rule_reach import Drafted, reached
from aperto.kernel.errors import Invalid
from aperto.kernel.fields.base import Field, text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.records import Row, visible
from aperto.web.forms.controls import Control, Typed, controls, read
from aperto.web.forms.layout import sections
from aperto.web.people.doors import administrator
from aperto.web.records.reading import resolved
from aperto.web.request import Request
from aperto.web.saying import say

VIA = "page"
MOST = 500
SUGGESTS = 'data-suggest-url="/{object}/complete" data-suggest-from="#f-of_object" spellcheck="false"'


@dataclass(frozen=True)
class Kind:
    """The two kinds of rules; `route` opens their list, and begins the names of their other addresses."""

    key: str
    route: str

    @property
    def declaration(self) -> ObjectType:
        return registry.get(self.key)

    @property
    def fields(self) -> list[Field]:
        return [self.declaration.fields[key] for key in self.declaration.quick]

    @property
    def url(self) -> str:
        return reverse(self.route)


SHARING, TERRITORIES = Kind("sharing_rule", "sharing_rules"), Kind("territory", "territories")


def index(kind: Kind) -> Callable[..., Any]:
    def view(request: Request) -> HttpResponse:
        declaration = kind.declaration
        page = visible(request.actor, kind.key).page(
            columns=declaration.quick, sort=declaration.default_sort, limit=MOST
        )
        rows = [_line(request, kind, row) for row in page.rows]
        objects = {row.values["of_object"] for row in page.rows if row.values["active"]}
        assigned = [(key, text_of(registry.get(key).plural)) for key in sorted(objects) if key in registry]
        context = {"kind": kind, "declaration": declaration, "rows": rows}
        context["assigned"] = assigned if kind is TERRITORIES else []
        return render(request, "people/rules.html", context)

    return administrator(view)


def _line(request: Request, kind: Kind, row: Row) -> dict[str, Any]:
    said = [
        f"{text_of(each.label)}: {each.text(row.values[each.key], request.actor.viewer)}"
        for each in kind.fields
        if each.key not in {"name", "active", "of_object", "position"} and row.values[each.key]
    ]
    key = row.values["of_object"]
    plural = text_of(registry.get(key).plural) if key in registry else key
    url = reverse(f"edit_{kind.key}", args=[row.id])
    return {"url": url, "name": row.title, "said": [plural, *said], "active": row.values["active"]}


def create(kind: Kind) -> Callable[..., Any]:
    def view(request: Request) -> HttpResponse:
        return _form(request, kind, None)

    return administrator(view)


def edit(kind: Kind) -> Callable[..., Any]:
    def view(request: Request, rule: UUID) -> HttpResponse:
        return _form(request, kind, visible(request.actor, kind.key).get(rule))

    return administrator(view)


def _form(request: Request, kind: Kind, rule: Record | None) -> HttpResponse:
    values: dict[str, Any] = {each.key: each.default for each in kind.fields}
    if rule is not None:
        columns = [each.key for each in kind.fields]
        values = dict(visible(request.actor, kind.key).only([rule.pk]).page(columns=columns).rows[0].values)
    typed = None
    if request.method == "POST":
        typed = read(kind.fields, request.POST, request.actor.viewer)
        if not typed.errors and _saved(request, kind, rule, typed):
            messages.success(request, _("Saved"))
            return HttpResponseRedirect(kind.url)
        values |= resolved(request.actor, [f for f in kind.fields if f.key in typed.values], typed.values)
    shown = [_completed(each) for each in controls(kind.fields, values, request.actor, typed)]
    context = {
        "kind": kind,
        "declaration": kind.declaration,
        "rule": rule,
        "heading": rule.title
        if rule
        else _("New %(object)s") % {"object": str(kind.declaration.label).lower()},
        "sections": sections(kind.declaration, shown),
        "delete_url": reverse(f"delete_{kind.key}", args=[rule.pk]) if rule else "",
    }
    return render(request, "people/rule.html", context, status=422 if typed else 200)


def _saved(request: Request, kind: Kind, rule: Record | None, typed: Typed) -> bool:
    try:
        if rule is None:
            changes.create(request.actor, kind.key, typed.values, via=VIA)
        else:
            changes.save(request.actor, rule, typed.values, via=VIA)
    except Invalid as invalid:
        typed.add(invalid.errors)
    return not typed.errors


def _completed(control: Control) -> Control:
    """The condition's box proposes what can follow, for the object that is chosen."""
    if control.key != "condition":
        return control
    html = SafeString(control.html.replace("<input ", f"<input {SUGGESTS} ", 1))
    return replace(control, html=html, wide=True)


def delete(kind: Kind) -> Callable[..., Any]:
    def view(request: Request, rule: UUID) -> HttpResponse:
        record = visible(request.actor, kind.key).get(rule)
        change = changes.delete(request.actor, record, via=VIA)
        told = _("“%(title)s” was deleted.") % {"title": record.title}
        say(request, told, change)
        return HttpResponseRedirect(kind.url)

    return require_POST(administrator(view))


def reach(kind: Kind) -> Callable[..., Any]:
    """How many records the form reaches as it stands; nothing is written."""

    def view(request: Request) -> HttpResponse:
        typed = read(kind.fields, request.POST, request.actor.viewer)
        context: dict[str, Any] = {}
        try:
            count = reached(request.actor, _drafted(typed))
        except Invalid:
            count = None
        if count is not None:
            plural = text_of(registry.get(typed.values["of_object"]).plural)
            context = {"count": count, "plural": plural}
        return render(request, "people/parts/rule_reach.html", context)

    return require_POST(administrator(view))


def _drafted(typed: Typed) -> Drafted:
    told = typed.values
    team = told.get("owners_team")
    return Drafted(
        told.get("of_object") or "", told.get("condition") or "", team and team.id, told.get("owners_role")
    )


@require_POST
@administrator
def assign(request: Request) -> HttpResponse:
    """All records of one object to their territories, in the background; its page offers the way back."""
    key = request.POST.get("object", "")
    if key not in registry or registry.get(key).administered:
        return HttpResponseRedirect(TERRITORIES.url)
    job = territories.assign_later(request.actor, key)
    return HttpResponseRedirect(reverse("job", args=[job.id]))
