"""Editing, assigning and deleting the selected rows, or all rows of the filter."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from aperto.kernel import changes, jobs
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import FieldError, Missing, Refused
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.web.door import done, object_page
from aperto.web.forms.controls import Typed, control
from aperto.web.jobs.progress import progress_of
from aperto.web.lists import bulk_job
from aperto.web.lists.bulk_job import Tally
from aperto.web.lists.cell import is_sent
from aperto.web.lists.listing import Listing
from aperto.web.lists.saved import listing_of
from aperto.web.lists.selection import Chosen, chosen_in
from aperto.web.request import Request
from aperto.web.shell import is_partial, render

OWNER = "owner"
CLOSED = "rows-changed dialog:close"


@require_POST
@object_page
def edit(request: Request, declaration: ObjectType) -> HttpResponse:
    """First the dialog that asks for a field and its value, then the change."""
    require(request, declaration, Verb.EDIT)
    return _ask_or_save(request, declaration, editable(declaration), _("Change field"))


@require_POST
@object_page
def assign(request: Request, declaration: ObjectType) -> HttpResponse:
    """The same for the owner alone."""
    require(request, declaration, Verb.EDIT)
    require(request, declaration, Verb.ASSIGN)
    return _ask_or_save(request, declaration, [declaration.fields[OWNER]], _("Assign"))


@require_POST
@object_page
def delete(request: Request, declaration: ObjectType) -> HttpResponse:
    """To the recycle bin at once: Undo brings everything back."""
    require(request, declaration, Verb.DELETE)
    listing = listing_of(request, declaration)
    return carry_out(request, listing, chosen_in(declaration.key, request.POST, listing.text), None)


@require_GET
@object_page
def editor(request: Request, declaration: ObjectType) -> HttpResponse:
    """The control of the field that was just chosen."""
    field = next((each for each in editable(declaration) if each.key == request.GET.get("field")), None)
    if field is None:
        raise Missing("field")
    return render(request, "lists/bulk_value.html", {"field": control(field, None, request.actor)})


def require(request: Request, declaration: ObjectType, verb: Verb, in_bulk: bool = True) -> None:
    for needed in (verb, Verb.BULK) if in_bulk else (verb,):
        if not request.actor.may(declaration, needed):
            raise Refused(needed)


def editable(declaration: ObjectType) -> list[Field]:
    """Fields that can hold the same value in many records."""
    fields = (field for field in declaration.writable.values() if field.label and not field.unique)
    return sorted(fields, key=lambda field: str(field.label).casefold())


def _ask_or_save(request: Request, declaration: ObjectType, offered: list[Field], title: str) -> HttpResponse:
    listing = listing_of(request, declaration)
    chosen = chosen_in(declaration.key, request.POST, listing.text)
    wanted = request.POST.get("field", "")
    field = next((each for each in offered if each.key == wanted), None)
    if field is None or not is_sent(request, field.key):
        return _dialog(request, listing, chosen, offered, title, field)
    try:
        value = field.parse(field.read_form(request.POST, field.key), request.actor.viewer)
        if value in (None, "", []) and field.required:
            raise FieldError(_("This field is required."))
    except FieldError as error:
        typed = Typed(request.POST, errors={field.key: [error.message]})
        return _dialog(request, listing, chosen, offered, title, field, typed)
    return carry_out(request, listing, chosen, {field.key: value})


def _dialog(
    request: Request,
    listing: Listing,
    chosen: Chosen,
    offered: list[Field],
    title: str,
    field: Field | None = None,
    typed: Typed | None = None,
) -> HttpResponse:
    shown = field or offered[0]
    number = chosen.count(request.actor)
    act = "assign" if offered[0].key == OWNER and len(offered) == 1 else "edit"
    context = {
        "declaration": listing.declaration,
        "title": title,
        "number": number,
        "ids": chosen.ids or (),
        "all": chosen.ids is None,
        "offered": offered,
        "chosen": shown.key,
        "field": control(shown, None, request.actor, typed),
        "dialog_id": "dialog-bulk",
        "form_url": listing.url(f"/bulk/{act}"),
        "save_label": title,
    }
    return render(request, "lists/bulk.html", context, status=422 if typed else 200)


def carry_out(
    request: Request, listing: Listing, chosen: Chosen, values: dict[str, Any] | None
) -> HttpResponse:
    """At once for a few rows, else as a job that shows how far it is."""
    batch = changes.new_batch()
    if not chosen.is_small:
        return _later(request, listing, chosen, values, batch)
    tally = Tally()
    tally.add(bulk_job.write(request.actor, chosen.object_key, chosen.ids or (), values, batch))
    undo = f"/undo/batch/{batch}" if tally.changed else ""
    tone = "good" if tally.changed or not tally.refused else "bad"
    return done(request, words(tally, values is None), undo=undo, tone=tone, to=listing.url(), events=CLOSED)


def words(tally: Tally, deleted: bool) -> str:
    """What became of the rows, in one sentence, with the reasons of refusals."""
    if deleted:
        said = ngettext("%(n)s record deleted.", "%(n)s records deleted.", tally.changed)
    else:
        said = ngettext("%(n)s record changed.", "%(n)s records changed.", tally.changed)
    texts = [said % {"n": tally.changed}]
    if tally.refused:
        refused = ngettext("%(n)s refused:", "%(n)s refused:", tally.refused) % {"n": tally.refused}
        texts += [refused, *tally.reasons]
    return " ".join(texts)


def _later(
    request: Request, listing: Listing, chosen: Chosen, values: dict[str, Any] | None, batch: UUID
) -> HttpResponse:
    fields = listing.declaration.fields
    raw = None
    if values is not None:
        raw = {key: None if value is None else fields[key].to_json(value) for key, value in values.items()}
    ids = None if chosen.ids is None else [str(key) for key in chosen.ids]
    label = _("Delete %(objects)s") if values is None else _("Change %(objects)s")
    task = bulk_job.change_many.using(
        actor_id=request.actor.user_id, label=label % {"objects": str(listing.declaration.plural).lower()}
    )
    with transaction.atomic():
        result = task.enqueue(chosen.object_key, raw, ids, chosen.filter, str(batch))
    return progressing(request, result.id)


def progressing(request: Request, key: Any) -> HttpResponse:
    """How far a job is, in a dialog; without scripts its page."""
    if not is_partial(request):
        return done(request, _("This goes on in the background."), to=f"/jobs/{key}")
    job = jobs.find(request.actor.user_id).get(pk=key) if request.actor.user_id else None
    if job is None:
        raise Missing(key)
    return render(request, "lists/bulk_job.html", {"job": progress_of(job), "dialog_id": f"dialog-{job.pk}"})
