"""Settings → conversion: which field goes where when one record becomes others."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from aperto.kernel.errors import Invalid
from aperto.kernel.fields.base import Field, text_of
from aperto.kernel.objects import handover
from aperto.kernel.objects.handover import Handover
from aperto.kernel.objects.registry import registry
from aperto.web.people.doors import administrator
from aperto.web.request import Request
from aperto.web.saying import say_why_not
from aperto.web.shell import render

VIA = "page"
RESET = "reset"


@administrator
def show(request: Request) -> HttpResponse:
    declared = handover.everything()
    if request.method == "POST":
        chosen = next((each for each in declared if each.key == request.POST.get("handover")), None)
        if chosen is not None:
            return _save(request, chosen)
    context = {"handovers": [_shown(each) for each in declared]}
    return render(request, "settings/handovers.html", context)


def _save(request: Request, chosen: Handover) -> HttpResponse:
    """What is not in the form keeps what it has; the defaults come back by themselves."""
    reset = RESET in request.POST
    table = None if reset else _read(chosen, request.POST.dict())
    try:
        chosen.keep(request.actor, table, VIA)
    except Invalid as invalid:
        say_why_not(request, invalid)
    else:
        told = _("The defaults are back.") if reset else _("Saved")
        messages.success(request, told)
    return HttpResponseRedirect(reverse("handovers"))


def _read(chosen: Handover, sent: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    table = {key: dict(pairs) for key, pairs in chosen.kept().items()}
    for object_key in chosen.defaults:
        for to in handover.targets(registry.get(object_key)):
            origin = sent.get(f"{object_key}.{to.key}")
            if origin:
                table[object_key][to.key] = origin
            elif origin is not None:
                table[object_key].pop(to.key, None)
    return table


def _shown(each: Handover) -> dict[str, Any]:
    source, table = registry.get(each.source), each.kept()
    return {
        "key": each.key,
        "label": each.label,
        "hint": each.hint,
        "source": text_of(source.label),
        "changed": table != each.defaults,
        "targets": [
            {
                "label": text_of(registry.get(key).label),
                "icon": registry.get(key).icon,
                "used": [row for row in rows if row["chosen"]],
                "free": [row for row in rows if not row["chosen"]],
            }
            for key in each.defaults
            for rows in (_rows(key, source.fields, table.get(key, {})),)
        ],
    }


def _rows(object_key: str, source: Mapping[str, Field], pairs: Mapping[str, str]) -> list[dict[str, Any]]:
    """One line for each field that something of the source fits into."""
    rows = []
    for to in handover.targets(registry.get(object_key)):
        fitting = [(key, text_of(each.label)) for key, each in source.items() if handover.fits(each, to)]
        if fitting:
            name, label = f"{object_key}.{to.key}", text_of(to.label)
            rows.append({"name": name, "label": label, "options": fitting, "chosen": pairs.get(to.key, "")})
    return rows
