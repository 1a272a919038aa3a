"""Settings → modules: parts of the product, on or off."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel import changes
from aperto.kernel.fields.base import text_of
from aperto.kernel.layouts.modules import label, module_of, modules
from aperto.kernel.objects.registry import registry
from aperto.kernel.records import visible
from aperto.web.people.doors import administrator
from aperto.web.request import Request
from aperto.web.shell import render

VIA = "page"


@administrator
def show(request: Request) -> HttpResponse:
    rows = [
        {"key": key, "label": label(each), "off": key in registry.shape.off, "objects": _objects(key)}
        for key, each in modules().items()
    ]
    return render(request, "menus/modules.html", {"modules": rows})


def _objects(module: str) -> str:
    """Its objects as the code declares them, for those of a module that is off are nowhere."""
    return ", ".join(text_of(each.plural) for each in registry.declared.values() if module_of(each) == module)


@require_POST
@administrator
def switch(request: Request, module: str) -> HttpResponse:
    if module not in modules():
        raise Http404
    off = module not in registry.shape.off
    rows = visible(request.actor, "module_switch").page(columns=("module",), limit=200).rows
    held = next((row.id for row in rows if row.values["module"] == module), None)
    values: dict[str, Any] = {"module": module, "off": off}
    if held is None:
        changes.create(request.actor, "module_switch", values, via=VIA)
    else:
        changes.save(request.actor, visible(request.actor, "module_switch").get(held), values, via=VIA)
    told = _("%(module)s is switched off. Its records are kept.") if off else _("%(module)s is switched on.")
    messages.success(request, told % {"module": label(modules()[module])})
    return HttpResponseRedirect(reverse("modules"))
