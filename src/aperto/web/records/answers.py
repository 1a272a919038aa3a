"""How the record page answers an act: fragments that find their place, events, a word about it."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from aperto.kernel.errors import Message

CHANGED = {"record-changed": True}  # the regions of the page that follow the record read it again
ROWS = {"rows-changed": True}  # a list or a board reads its rows again
CLOSE = {"dialog:close": True}


def events(
    text: Message = "", *more: Mapping[str, Any], undo: str = "", tone: str = "good"
) -> dict[str, str]:
    """The header that makes the page show a toast and tells its regions what happened."""
    happened: dict[str, Any] = {}
    for each in more:
        happened |= each
    if text:
        happened["toast"] = {"text": str(text), "tone": tone} | ({"undo": undo} if undo else {})
    return {"HX-Trigger": json.dumps(happened)} if happened else {}


def fragments(
    request: HttpRequest,
    names: Mapping[str, Mapping[str, Any]],
    *,
    first: str = "",
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The named templates, each to be put where its id stands; `first` goes to the place that asked."""
    bodies = [render_to_string(name, {**context, "oob": True}, request) for name, context in names.items()]
    return HttpResponse(first + "".join(bodies), headers=dict(headers or {}))
