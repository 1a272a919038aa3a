"""How the place would look, drawn by what draws it elsewhere, with a record that is there."""

from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString

from aperto.kernel.access.actor import Actor
from aperto.kernel.fields.base import text_of
from aperto.kernel.layouts.apply import Layout, arranged
from aperto.kernel.layouts.arrangement import read
from aperto.kernel.layouts.check import check
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.rows import Row
from aperto.kernel.records import visible
from aperto.web.boards.cards import SINCE, CardDrawer
from aperto.web.boards.lanes import Lane
from aperto.web.forms.controls import controls
from aperto.web.forms.layout import full, quick, sections
from aperto.web.layouts.sample import sample
from aperto.web.records.details import drawn, panels_of
from aperto.web.records.panels import sources_of

UNSAVED = UUID(int=0)
ROWS = 4


def preview(actor: Actor, declaration: ObjectType, place: str, given: Any) -> dict[str, Any]:
    """The context of the template of this place; FieldError for what would be refused."""
    arrangement = read(place, given)
    check(declaration, place, arrangement)
    shaped = arranged(declaration, [Layout(UNSAVED, place, arrangement)])
    return {"place": place} | PLACES[place](actor, shaped)


def _page(actor: Actor, shaped: ObjectType) -> dict[str, Any]:
    record = sample(actor, shaped)
    fields = full(actor, shaped)
    return {
        "title": record.title,
        "chips": [
            SafeString(record.fields[key].cell(record.values[key], actor.viewer))
            for key in shaped.subtitle
            if record.values.get(key) not in (None, [], "")
        ],
        "panels": drawn(record, panels_of(record)),
        "related": [each.title for each in sources_of(record)],
        "sections": sections(shaped, controls(fields, record.values, actor, prefix="preview.")),
    }


def _quick(actor: Actor, shaped: ObjectType) -> dict[str, Any]:
    return {"controls": controls(quick(actor, shaped), {}, actor, prefix="preview.")}


def _card(actor: Actor, shaped: ObjectType) -> dict[str, Any]:
    record = sample(actor, shaped)
    fields = [record.fields[key] for key in shaped.card if key in record.fields and key != shaped.board]
    values = {key: record.values.get(key) for key in record.fields} | {SINCE: record.values.get(SINCE)}
    lane = Lane("", "", "", None, None)
    drawer = CardDrawer(shaped, fields, actor.viewer)
    return {"card": drawer.cards([Row(record.id, record.version, record.title, values)], lane)}


def _list(actor: Actor, shaped: ObjectType) -> dict[str, Any]:
    fields = shaped.pick(shaped.columns)
    rows = visible(actor, shaped.key).page(columns=shaped.columns, limit=ROWS).rows
    cells = [
        [
            "" if row.values[each.key] is None else SafeString(each.cell(row.values[each.key], actor.viewer))
            for each in fields
        ]
        for row in rows
    ]
    return {"heads": [text_of(each.label) for each in fields], "rows": cells}


PLACES = {"page": _page, "quick": _quick, "card": _card, "columns": _list}
