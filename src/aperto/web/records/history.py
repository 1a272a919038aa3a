"""Everything that was ever changed in a record, with its way back, and the record as it was."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from aperto.kernel.changes.history import of_record
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Missing
from aperto.kernel.fields.base import text_of
from aperto.kernel.fields.formats.times import write_moment
from aperto.kernel.objects.declaration import ObjectType
from aperto.web.door import object_page
from aperto.web.records.diffs import Difference, Teller, value_of
from aperto.web.records.entries import DOORS, SHARING, TELLING, VERBS, who
from aperto.web.records.reading import Shown, resolve, shown
from aperto.web.request import Request
from aperto.web.shell import render

LENGTH = 50
FARTHEST = 2_000  # changes that the view of an earlier state walks back over


@dataclass(frozen=True)
class Line:
    """One change. `undo_url` is empty where it was undone, or where the actor may not."""

    id: UUID
    icon: str
    what: str
    at: str
    door: str
    version: int
    undone: bool
    undo_url: str
    as_it_was_url: str
    differences: list[Difference] = field(default_factory=list)


@require_GET
@object_page
def show(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    held = shown(request.actor, declaration, record, ())
    before = _key(request.GET.get("before", ""))
    read = of_record(record, before, LENGTH + 1)
    lines = list(_lines(held, read[:LENGTH]))
    following = f"{held.url}/history?before={read[LENGTH - 1].id}" if len(read) > LENGTH else ""
    context = {"record": held, "lines": lines, "following": following, "plural": text_of(declaration.plural)}
    template = "records/parts/changes.html" if before else "records/history.html"
    return render(request, template, context)


def _key(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise Missing(text) from None


def _lines(held: Shown, changes: list[Change]) -> Iterable[Line]:
    teller = Teller(held.actor, held.declaration, changes)
    for change in changes:
        differences = teller.differences(change, told=False)
        if change.verb in TELLING and not differences:
            continue
        icon, phrase = VERBS.get(change.verb, VERBS["changed"])
        undone = change.undone_by is not None
        yield Line(
            id=change.id,
            icon="arrow-back-up" if change.undo_of else icon,
            what=SafeString(str(phrase) % {"who": who(change.actor_name)}),
            at=write_moment(change.at, held.actor.viewer),
            door=text_of(DOORS.get(change.via, "")),
            version=change.version,
            undone=undone,
            undo_url=f"/undo/{change.id}"
            if held.editable and not undone and change.verb not in {*SHARING, "converted"}
            else "",
            as_it_was_url=f"{held.url}/history/{change.id}",
            differences=differences if change.verb in TELLING else [],
        )


@require_GET
@object_page
def as_it_was(request: Request, declaration: ObjectType, record: UUID, change: UUID) -> HttpResponse:
    """The record after this change: today's values with everything later taken back."""
    held = shown(request.actor, declaration, record)
    later: dict[str, Any] = {}
    found = None
    for each in of_record(record, None, FARTHEST):
        if each.id == change:
            found = each
            break
        later |= {key: pair[0] for key, pair in each.diff.items()}
    if found is None:
        raise Missing(change)
    fields = {key: each for key, each in held.fields.items() if not each.readonly}
    values = {key: value_of(fields[key], raw) for key, raw in later.items() if key in fields}
    known = resolve(request.actor, [(fields[key], value) for key, value in values.items()])
    earlier = {**held.values, **{key: fields[key].resolve(value, known) for key, value in values.items()}}
    before = Shown(held.actor, declaration, held.id, found.version, held.title, earlier, held.fields)
    rows = [
        (text_of(each.label), SafeString(before.html(key)), key in values)
        for key, each in fields.items()
        if before.html(key) or key in values
    ]
    context = {
        "record": held,
        "rows": rows,
        "at": write_moment(found.at, request.actor.viewer),
        "plural": text_of(declaration.plural),
    }
    return render(request, "records/as_it_was.html", context)
