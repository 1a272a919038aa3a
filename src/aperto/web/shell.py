"""What stands around every page, and the one way to answer with a page.

The shell costs no query of its own: navigation comes from the registry, the organisation is held in memory,
the user came with the session. It is made only when a template asks for it, and most of it is drawn once
for whoever has the same (see `templatetags/aperto_kept`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from aperto.kernel.access import organisation
from aperto.kernel.access.actor import ANONYMOUS, Actor
from aperto.kernel.access.models import User
from aperto.kernel.access.scopes import Verb
from aperto.kernel.layouts import menu
from aperto.kernel.layouts.menu import MenuPlan
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.web.people.looks import hue, initials
from aperto.web.remembering import remembered

URLS: Mapping[str, str] = {"home": "/", "profile": "/profile", "settings": "/settings"}
SETTINGS = "settings"
SETTLED = frozenset({SETTINGS, "profile", "jobs", "bin"})
NOWHERE = "-"
TASKS = "/tasks"
CALENDAR = "/calendar"


@dataclass(frozen=True)
class Item:
    url: str
    label: str
    icon: str
    current: bool = False
    key: str = ""
    count: str = ""


@dataclass(frozen=True)
class Group:
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Face:
    name: str = ""
    initials: str = ""
    hue: str = "slate"


@dataclass(frozen=True)
class Shell:
    """The context `shell` of templates/web/shell.html."""

    organisation: str
    nav: tuple[Group, ...] = ()
    new_items: tuple[Item, ...] = ()
    user: Face = field(default_factory=Face)
    in_settings: bool = False
    theme: str = "auto"
    density: str = "calm"
    shortcuts: bool = True
    live: bool = False  # whether the page may hear what others change
    viewing: str = ""  # through whose eyes an administrator looks

    @property
    def thumb(self) -> tuple[Item, ...]:
        """What the bar of a telephone has room for."""
        return tuple(item for group in self.nav for item in group.items)[:4]


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    part: str = "",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The whole page; for htmx only the template's partial `part`, when the page names one."""
    name = f"{template}#{part}" if part and is_partial(request) else template
    body = render_to_string(name, dict(context or {}), request)
    return HttpResponse(body, status=status, headers=dict(headers or {}))


def is_partial(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def context(request: HttpRequest) -> dict[str, Any]:
    """The context processor; errors are shown even where no middleware has run."""
    return {"shell": SimpleLazyObject(partial(shell_of, request))}


def shell_of(request: HttpRequest) -> Shell:
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    firm = organisation.current()
    if actor is ANONYMOUS:
        return Shell(firm.name)
    user = cast("User", request.user)
    return Shell(
        organisation=firm.name,
        nav=_navigation(actor, request.path),
        new_items=_creatable(actor),
        user=Face(user.name or user.email, initials(user.name or user.email), hue(user.pk)),
        in_settings=_in_settings(request.path),
        theme=user.theme,
        density=user.density,
        live=bool(settings.LIVE) and not actor.behind,
        viewing=actor.name if actor.behind else "",
    )


def _navigation(actor: Actor, path: str) -> tuple[Group, ...]:
    """The navigation, reckoned once for an actor, a language and a section of the product."""
    section = path.split("/", 2)[1]
    known = not section or section in registry or f"/{section}" in (TASKS, CALENDAR)
    current = f"/{section}" if known else NOWHERE
    return remembered(actor, ("navigation", current), lambda: navigation(actor, current))


def _in_settings(path: str) -> bool:
    """Pages that stand in the navigation of the settings, and records that are arranged there."""
    section = path.split("/", 2)[1]
    return section in SETTLED or section in registry and registry.get(section).group == SETTINGS


def _creatable(actor: Actor) -> tuple[Item, ...]:
    return remembered(actor, ("creatable",), lambda: tuple(creatable(actor)))


def navigation(actor: Actor, path: str) -> tuple[Group, ...]:
    return drawn(actor, path, menu.of(actor))


def drawn(actor: Actor, path: str, plan: MenuPlan | None) -> tuple[Group, ...]:
    """Home first; then as the menu says, or what is planned before the records."""
    shown = {each.key: each for each in listed() if actor.may(each, Verb.READ)}
    fixed = (Item("/", _("Home"), "home", path == "/", "h"), *_to_do(shown.values(), path))
    found = [
        Group(title, tuple(_item(shown[key], path) for key in keys if key in shown))
        for title, keys in groups_of(plan)
    ]
    if found[0].title:
        return (Group("", fixed), *(each for each in found if each.items))
    first, *rest = found
    return (Group("", (*fixed, *first.items)), *(each for each in rest if each.items or len(found) == 2))


def _to_do(shown: Iterable[ObjectType], path: str) -> Iterable[Item]:
    """The pages of what is planned, where anything can be."""
    if any(each.activity and each.activity.done for each in shown):
        yield Item(TASKS, _("To do"), "list-check", path == TASKS, "w")
        yield Item(CALENDAR, _("Calendar"), "calendar-event", path == CALENDAR, "a")


def listed() -> list[ObjectType]:
    """What can stand in the navigation."""
    shown = [each for each in registry if each.group not in {"", SETTINGS}]
    planned = [each for each in shown if each.activity and each.activity.done]
    return planned + [each for each in shown if each not in planned]


def groups_of(plan: MenuPlan | None) -> list[tuple[str, list[str]]]:
    """Titles with the keys of objects; what the menu does not name follows in its last group."""
    if plan is None:
        planned = [each.key for each in listed() if each.activity and each.activity.done]
        rest = [each.key for each in listed() if each.key not in planned]
        return [("", planned), (str(menu.RECORDS), rest)]
    named = {key for group in plan.groups for key in group.items} | plan.hidden
    groups = [(str(group.said), list(group.items)) for group in plan.groups]
    groups[-1][1].extend(each.key for each in listed() if each.key not in named)
    return groups


def _item(declaration: ObjectType, path: str) -> Item:
    url = f"/{declaration.key}"
    current = path == url or path.startswith(f"{url}/")
    return Item(url, str(declaration.plural), declaration.icon, current, declaration.letter)


def creatable(actor: Actor) -> Iterable[Item]:
    """What New offers: objects that are made by a form of their own."""
    for each in registry:
        if each.group and each.group != SETTINGS and each.quick and actor.may(each, Verb.CREATE):
            yield Item(f"/{each.key}/new", str(each.label), each.icon)
