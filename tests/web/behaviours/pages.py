"""Invented pages that follow frontend/README.md: behaviours are tested without any object of the business."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

SAMPLES = Path(__file__).parent / "samples"
NAMES = [f"Robot {number:03}" for number in range(120)]
PAGE = 40


@dataclass
class Workshop:
    """What the pages show and what was sent to them; made new for each test."""

    roles: dict[int, str] = field(default_factory=dict)
    lanes: dict[str, list[str]] = field(
        default_factory=lambda: {"todo": ["a", "b"], "doing": ["c"], "won": []}
    )
    sent: list[dict[str, list[str]]] = field(default_factory=list)


workshop = Workshop()


def page(request: HttpRequest, name: str) -> HttpResponse:
    nav = [{"title": "", "items": [{"url": "/board", "label": "Board", "icon": "home", "key": "b"}]}]
    urls = {"home": "/", "palette": "/palette"}
    new_items = [{"url": "/new", "label": "Robot", "icon": "tool"}]
    shell = {"nav": nav, "urls": urls, "new_items": new_items, "user": {"name": "Ada Lund"}}
    template = engines["django"].from_string((SAMPLES / f"{name}.html").read_text(encoding="utf-8"))
    lanes = [(lane, [card(each) for each in cards]) for lane, cards in workshop.lanes.items()]
    return HttpResponse(template.render({"shell": shell, "rows": rows(0), "lanes": lanes}, request))


def rows(start: int) -> str:
    shown = [row(number) for number in range(start, min(start + PAGE, len(NAMES)))]
    more = f'<tr data-next="/rows?from={start + PAGE}"><td colspan="3">…</td></tr>'
    return "".join(shown) + (more if start + PAGE < len(NAMES) else "")


def row(number: int) -> str:
    tick = f'<input type="checkbox" name="id" value="{number}" aria-label="Select {NAMES[number]}">'
    link = f'<a class="title-cell" href="/board">{NAMES[number]}</a>'
    role = workshop.roles.get(number, "helper")
    return f'<tr data-id="{number}"><td class="check">{tick}</td><td>{link}</td><td>{role}</td></tr>'


def more_rows(request: HttpRequest) -> HttpResponse:
    return HttpResponse(rows(int(request.GET["from"])))


def edit(request: HttpRequest, number: int, name: str) -> HttpResponse:
    value = request.POST.get("role", workshop.roles.get(number, "helper"))
    refused = '<p class="field-error">Robots have no such role.</p>' if value == "king" else ""
    if request.method == "POST" and not refused:
        workshop.roles[number] = value
        return HttpResponse(value)
    editor = f'<input name="role" aria-label="Role" value="{value}">{refused}'
    return HttpResponse(editor, status=422 if refused else 200)


def card(name: str) -> str:
    marks = f'id="card-{name}" data-id="{name}" aria-label="Card {name}"'
    return f'<article class="card" tabindex="0" {marks}>{name}</article>'


def move(request: HttpRequest, name: str) -> HttpResponse:
    lane, before = request.POST["lane"], request.POST["before"]
    if lane == "won" and "reason" not in request.POST:
        return HttpResponse((SAMPLES / "reason.html").read_text(encoding="utf-8"), status=422)
    for cards in workshop.lanes.values():
        if name in cards:
            cards.remove(name)
    cards = workshop.lanes[lane]
    cards.insert(cards.index(before) if before in cards else len(cards), name)
    counts = ((key, len(there)) for key, there in workshop.lanes.items())
    heads = (f'<header id="{key}" hx-swap-oob="true">{count}</header>' for key, count in counts)
    events = {"dialog:close": True} if "reason" in request.POST else {}
    return HttpResponse("".join(heads), headers=told(events))


def new(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and (name := request.POST["name"]):
        toast = {"text": f"{name} was built", "undo": "/sent"}
        return HttpResponse(
            status=204, headers=told({"toast": toast, "picked": {"value": "7", "label": name}})
        )
    refused = request.method == "POST"
    name = request.GET.get("name", "")
    template = engines["django"].from_string((SAMPLES / "new.html").read_text(encoding="utf-8"))
    context = {"form_url": "/new", "name": name, "refused": refused}
    return HttpResponse(template.render(context, request), status=422 if refused else 200)


def told(events: Mapping[str, object]) -> dict[str, str]:
    return {"HX-Trigger": json.dumps(events)}


def palette(request: HttpRequest) -> HttpResponse:
    found = [name for name in NAMES if request.GET["q"] in name][:3]
    options = (f'<li role="option" data-href="/board#{name[-3:]}">{name}</li>' for name in found)
    return HttpResponse("".join(options) + f'<p class="meta">{len(found)} results</p>')


def pick(request: HttpRequest) -> HttpResponse:
    found = [name for name in NAMES if request.GET["q"] in name][:3]
    options = (f'<li role="option" data-value="{name}" data-label="{name}">{name}</li>' for name in found)
    return HttpResponse("".join(options))


def sent(request: HttpRequest) -> HttpResponse:
    workshop.sent.append({name: request.POST.getlist(name) for name in request.POST})
    return HttpResponse(status=204)


VIEWS: dict[str, Callable[..., HttpResponse]] = {
    "list": partial(page, name="list"),
    "board": partial(page, name="board"),
    "rows": more_rows,
    "<int:number>/edit/<name>": edit,
    "card/<name>": move,
    "new": new,
    "palette": palette,
    "pick": pick,
    "sent": sent,
    "profile/appearance": sent,
}
urlpatterns = [path(address, login_not_required(view)) for address, view in VIEWS.items()]
