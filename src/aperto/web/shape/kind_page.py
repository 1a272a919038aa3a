"""Another kind for a field: which one, what would become of the values, and then it is done."""

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override

from aperto.kernel.changes import new_batch
from aperto.kernel.errors import Invalid, Missing
from aperto.kernel.fields import KINDS, Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.shape.change_kind.carry_out import change_kind
from aperto.kernel.shape.change_kind.preview import lines, preview
from aperto.kernel.shape.change_kind.proposal import Proposal, propose
from aperto.kernel.shape.change_kind.relied import relied
from aperto.kernel.shape.change_kind.ways import targets
from aperto.transfer.failures import Echo, safe
from aperto.web.people.doors import administrator
from aperto.web.request import Request
from aperto.web.shape import catalogue, kinds, said
from aperto.web.shape.field_begin import begun
from aperto.web.shape.kind_form import KindForm
from aperto.web.shape.objects_page import shaped
from aperto.web.shell import render

APPLY, FILE = "apply", "file"


@administrator
def change(request: Request, object_key: str, field: str) -> HttpResponseBase:
    """First which kind; then its settings and what would convert, on one page; nothing is written before."""
    declaration = shaped(object_key)
    present = declaration.added.get(field)
    if present is None or present.derived or not (offered := targets(type(present).kind)):
        raise Missing(field)
    chosen = KINDS.get(request.GET.get("kind", ""))
    context: dict[str, Any] = {"object": catalogue.of(request.actor, declaration), "field": present}
    context["now"] = kinds.described(type(present))
    if chosen is None or chosen.kind not in offered:
        context["kinds"] = [each for each in kinds.offered() if each.key in offered]
        return render(request, "shape/other_kinds.html", context)
    return _proposed(request, declaration, present, chosen, context)


def _proposed(
    request: Request, declaration: ObjectType, present: Field, chosen: type[Field], context: dict[str, Any]
) -> HttpResponseBase:
    row = said.of_fields(request.actor, declaration.key)[present.key]
    form = KindForm(request.POST or None, kind=chosen, initial=begun(row.values, present, None))
    proposal = None
    if request.method != "POST" or form.is_valid():
        settings = form.said if request.method == "POST" else None
        try:
            proposal = propose(request.actor, declaration.key, present.key, chosen.kind, settings)
            if (answer := _done(request, proposal, form)) is not None:
                return answer
        except Invalid as invalid:
            if request.method == "POST":
                form.refuse(invalid)
    if proposal is not None:
        found, uses = preview(request.actor, proposal), relied(request.actor, proposal)
        context |= {"preview": found, "relied": uses, "broken": any(each.breaks for each in uses)}
        context["options"] = getattr(proposal.new, "options", None)
    context |= {"form": form, "kind": kinds.described(chosen), "proposal": proposal}
    return render(request, "shape/change_kind.html", context, status=422 if form.errors else 200)


def _done(request: Request, proposal: Proposal, form: KindForm) -> HttpResponseBase | None:
    if request.method != "POST":
        return None
    act = request.POST.get("act")
    if act == FILE:
        return _file(request, proposal)
    if act != APPLY:
        return None
    batch = new_batch()
    job = change_kind(request.actor, proposal, form.cleaned_data["keep"] != "empty", batch)
    if job is not None:
        return HttpResponseRedirect(f"/jobs/{job}")
    told = _("“%(name)s” is of another kind now.") % {"name": proposal.before.name}
    messages.success(request, told, extra_tags=f"undo:/undo/batch/{batch}")
    return HttpResponseRedirect(reverse("edit_field", args=[proposal.declaration.key, proposal.before.key]))


def _file(request: Request, proposal: Proposal) -> StreamingHttpResponse:
    """What does not convert, all of it."""
    name = _("%(field)s, not converted.csv") % {"field": proposal.before.name[:80]}
    answer = StreamingHttpResponse(_lines(request, proposal), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    return answer


def _lines(request: Request, proposal: Proposal) -> Iterator[str]:
    writer = csv.writer(Echo())
    with override(request.actor.viewer.language):
        heads = [_("Key"), _("Record"), proposal.before.name, _("Why it does not convert")]
        yield "\ufeff" + writer.writerow([safe(each) for each in heads])
        for line in lines(request.actor, proposal):
            yield writer.writerow([safe(each) for each in line])
