"""Versions of a file: a new one over it, an old one sent, an old one brought back as the newest."""

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aperto.kernel import changes, files
from aperto.kernel.errors import FieldError, Invalid, Refused
from aperto.kernel.fields.base import Ref
from aperto.kernel.files import StoredFile
from aperto.kernel.files.versions import version
from aperto.kernel.objects.declaration import ObjectType
from aperto.web.door import done, object_page
from aperto.web.files.download import guarded
from aperto.web.files.dropping import SAME, VERSION, VIA, Dropped, batch_of, refusal, told
from aperto.web.files.viewer import held_field
from aperto.web.records import answers
from aperto.web.records.reading import Shown
from aperto.web.request import Request

CHANGED = "record-changed related-changed rows-changed file-changed"


@require_POST
@object_page
def add(request: Request, declaration: ObjectType, record: UUID, key: str) -> HttpResponse:
    """A file dropped over another."""
    held, field = held_field(request, declaration, record, key, empty=True)
    sent = request.FILES.get("file")
    if not held.editable:
        raise Refused(record)
    if not isinstance(sent, UploadedFile):
        return refusal(_("No file arrived."))
    try:
        stored = files.store(request.actor, sent)
    except FieldError as error:
        return refusal(str(error.message))
    try:
        return _over(request, held, field.key, stored)
    except Invalid as invalid:
        files.discard(stored)
        return refusal(invalid.text)
    except BaseException:
        files.discard(stored)
        raise


def _over(request: Request, held: Shown, key: str, stored: StoredFile) -> HttpResponse:
    """The same content once more is no version."""
    batch, present = batch_of(request), held.values.get(key)
    former = files.find([present.id]).get(present.id) if present else None
    if former is not None and former.sha256 == stored.sha256:
        files.discard(stored)
        return HttpResponse(headers=told(request, Dropped(SAME, held.id), batch))
    value = Ref("stored_file", stored.pk, stored.name)
    changes.save(request.actor, held.handle(), {key: value}, via=VIA, batch=batch)
    headers = {**answers.events("", answers.CHANGED), **told(request, Dropped(VERSION, held.id), batch)}
    return HttpResponse(headers=headers)


@require_GET
@object_page
def download(
    request: Request, declaration: ObjectType, record: UUID, key: str, change: UUID
) -> HttpResponseBase:
    """Whoever sees the record and the field sees what it held."""
    held, field = held_field(request, declaration, record, key, empty=True)
    return guarded(lambda: files.former(version(held.id, field.key, change)))()


@require_POST
@object_page
def restore(request: Request, declaration: ObjectType, record: UUID, key: str, change: UUID) -> HttpResponse:
    """An old version becomes the newest; the one that was stays among the versions."""
    held, field = held_field(request, declaration, record, key, empty=True)
    stored = version(held.id, field.key, change)
    try:
        outcome = changes.save(
            request.actor, held.handle(), {key: Ref("stored_file", stored.pk, stored.name)}, via=VIA
        )
    except Invalid as invalid:
        return done(request, invalid.text, tone="bad", to=held.url)
    undo = f"/undo/{outcome.change.id}" if outcome.change else ""
    text = _("%(name)s: this version is the newest now.") % {"name": stored.name}
    return done(request, text, undo=undo, to=held.url, events=CHANGED)
