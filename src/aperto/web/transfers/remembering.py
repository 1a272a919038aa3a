"""Remembered mappings in the pages of an import: chosen, kept and forgotten."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import Invalid
from aperto.kernel.objects.registry import registry
from aperto.transfer import mappings
from aperto.transfer import run as runs
from aperto.transfer.choices import Choices
from aperto.transfer.models import ImportRun
from aperto.web.door import done, person_page
from aperto.web.request import Request


def rows(actor: Actor, object_key: str) -> list[dict[str, Any]]:
    return [
        {
            "id": each.pk,
            "name": each.name,
            "columns": each.columns,
            "shared": each.shared,
            "mine": mappings.may_change(actor, each),
        }
        for each in mappings.listed(actor, object_key)
    ]


def is_chosen(request: Request) -> bool:
    """Whether the form asks for another mapping than it was made with."""
    wanted = request.POST.get("use", "")
    return bool(wanted) and wanted != request.POST.get("used", "")


def chosen(request: Request, run: ImportRun) -> Choices | None:
    """The remembered mapping that the form asks for; Missing for one that is not there."""
    if not is_chosen(request):
        return None
    try:
        key = UUID(request.POST["use"])
    except ValueError:
        return None
    return mappings.applied(request.actor, mappings.get(request.actor, key), run.header)


def context(request: Request, run: ImportRun, choices: Choices) -> dict[str, Any]:
    actor = request.actor
    known = mappings.listed(actor, run.object)
    used = next((each for each in known if mappings.applied(actor, each, run.header) == choices), None)
    return {
        "options": [(str(each.pk), each.name, each is used) for each in known],
        "used": str(used.pk) if used else "",
        "name": request.POST.get("name", "") or (used.name if used else ""),
        "shared": request.POST.get("shared") == "1" or bool(used and used.shared),
        "may_share": actor.configures,
    }


@require_POST
@person_page
def remember(request: Request, run: UUID) -> HttpResponse:
    from aperto.web.transfers.pages import draft_of, keep_form, mapping_page  # noqa: PLC0415 - they show mappings

    found = draft_of(request, run)
    problem = keep_form(request, found) if "matching" in request.POST else ""
    choices = Choices.from_json(found.choices)
    shared = request.POST.get("shared") == "1"
    try:
        if not problem and runs.may_import(request.actor, registry.get(found.object)):
            mappings.remember(
                request.actor,
                found.object,
                request.POST.get("name", ""),
                found.header,
                choices,
                shared=shared,
            )
    except Invalid as refusal:
        problem = " ".join(str(each) for messages in refusal.errors.values() for each in messages)
    return mapping_page(request, found, problem)


@require_POST
@person_page
def forget(request: Request, mapping: UUID) -> HttpResponse:
    found = mappings.get(request.actor, mapping)
    mappings.forget(request.actor, found)
    said = _("“%(name)s” is forgotten.") % {"name": found.name}
    return done(request, said, to=f"/{found.object}/import")
