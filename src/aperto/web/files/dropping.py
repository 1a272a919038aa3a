"""Files that are dropped on a record, pasted or chosen.

Each becomes a record of its own beside it, and one of the same name a new version of what is there. What is
refused leaves nothing behind.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel import changes, files
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes import Draft
from aperto.kernel.errors import FieldError, Invalid, Missing, Refused
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.files import StoredFile
from aperto.kernel.objects.declaration import ObjectType
from aperto.web.door import object_page
from aperto.web.records import answers
from aperto.web.records.about import bound
from aperto.web.records.panels import Source, selection, sources
from aperto.web.records.reading import Shown, shown
from aperto.web.records.related import panel_of
from aperto.web.request import Request

VIA = "page"
NEW, VERSION, SAME = "new", "version", "same"
COMPARED = 200  # files of a record whose names are looked at
SALT = "files dropped together"
HOURS = 3600


@dataclass(frozen=True)
class Dropped:
    """What became of a file."""

    how: str
    record: UUID


def taking(held: Shown) -> Source | None:
    """The panel that takes the files of this record from this actor."""
    return next((each for each in sources(held) if takes(held.actor, each)), None)


def takes(actor: Actor, source: Source) -> bool:
    return source.content is not None and actor.may(source.target, Verb.CREATE)


@require_POST
@object_page
def drop(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    """Anywhere on a record, or on its row or card."""
    held = shown(request.actor, declaration, record)
    if not held.actor.may(declaration, Verb.READ):
        raise Missing(record)
    source = taking(held)
    if source is None:
        raise Refused(Verb.CREATE) if any(each.content for each in sources(held)) else Missing(record)
    return answer(request, held, source)


def answer(request: Request, held: Shown, source: Source) -> HttpResponse:
    """The panel as it is now; what became of the file and how it is undone stand in the headers."""
    sent, content = request.FILES.get("file"), source.content
    if content is None:
        raise Missing(source.number)
    if not request.actor.may(source.target, Verb.CREATE):
        raise Refused(Verb.CREATE)
    if not isinstance(sent, UploadedFile):
        return refusal(_("No file arrived."))
    batch = batch_of(request)
    try:
        stored = files.store(request.actor, sent)
        dropped = _placed(held, source, content, stored, batch)
    except FieldError as error:
        return refusal(str(error.message))
    except Invalid as invalid:
        return refusal(invalid.text)
    context = {"record": held, "panel": panel_of(held, source), "oob": True}
    body = render_to_string("records/parts/related_panel.html", context, request)
    return HttpResponse(
        body, headers={**answers.events("", answers.CHANGED), **told(request, dropped, batch)}
    )


def refusal(text: str) -> HttpResponse:
    return HttpResponse(escape(text), status=422)


def told(request: Request, dropped: Dropped, batch: UUID) -> dict[str, str]:
    headers = {"Aperto-File": dropped.how, "Aperto-Batch": _signed(request.actor, batch)}
    return headers if dropped.how == SAME else headers | {"Aperto-Undo": f"/undo/batch/{batch}"}


def _signed(actor: Actor, batch: UUID) -> str:
    return signing.dumps([str(batch), str(actor.user_id)], salt=SALT)


def batch_of(request: Request) -> UUID:
    """Files that are sent together are undone together; nobody joins another's batch."""
    try:
        batch, user = signing.loads(request.POST.get("batch", ""), salt=SALT, max_age=HOURS)
    except (signing.BadSignature, ValueError):
        return changes.new_batch()
    return UUID(batch) if user == str(request.actor.user_id) else changes.new_batch()


def _placed(held: Shown, source: Source, content: Field, stored: StoredFile, batch: UUID) -> Dropped:
    """Raises Invalid, and then nothing of the file is left."""
    value = Ref("stored_file", stored.pk, stored.name)
    present = dict(_present(held, source, content, stored.name))
    same = files.find(list(present.values()))
    try:
        for record, key in present.items():
            if key in same and same[key].sha256 == stored.sha256:
                files.discard(stored)
                return Dropped(SAME, record)
            if (found := _renewed(held.actor, source, record, {content.key: value}, batch)) is not None:
                return found
        values = {content.key: value, **bound(source.target, held)}
        [outcome] = changes.save_many(held.actor, source.target.key, [Draft(values)], via=VIA, batch=batch)
        if outcome.error is not None or outcome.record is None:
            raise outcome.error or AssertionError("a new record always differs from nothing")
    except BaseException:
        files.discard(stored)
        raise
    return Dropped(NEW, outcome.record.pk)


def _present(held: Shown, source: Source, content: Field, name: str) -> Iterable[tuple[UUID, UUID]]:
    """The records of the panel that hold a file of this name."""
    page = selection(held, source).page(columns=[content.key], sort=source.sort, limit=COMPARED)
    for row in page.rows:
        value = row.values.get(content.key)
        if value is not None and value.title.casefold() == name.casefold():
            yield row.id, value.id


def _renewed(
    actor: Actor, source: Source, record: UUID, value: dict[str, Ref], batch: UUID
) -> Dropped | None:
    """A new version; None where the actor may not write it: then the file stands beside it."""
    try:
        changes.save(actor, source.target.model(id=record), value, via=VIA, batch=batch)
    except (Refused, Missing):
        return None
    return Dropped(VERSION, record)
