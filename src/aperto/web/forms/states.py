"""What a form asks while one types: which fields are shown, required and read-only now, and which options are
withheld. Only a courtesy; the write judges again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.changes.conditional import OFFERED, READONLY, REQUIRED, SHOWN, conditionals, holding
from aperto.kernel.fields.base import Field
from aperto.kernel.ids import key_of, uuid7
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.readable import readable
from aperto.web.door import object_page
from aperto.web.forms.controls import Control, read, sent
from aperto.web.request import Request


@dataclass
class State:
    """Keys of fields by what they are now; `withheld` holds the options that cannot be chosen."""

    unasked: list[str] = field(default_factory=list)
    required: list[str] = field(default_factory=list)
    locked: list[str] = field(default_factory=list)
    withheld: dict[str, list[str]] = field(default_factory=dict)


def asked(declaration: ObjectType) -> frozenset[str]:
    """The fields on which others depend; none for most objects."""
    whole = registry.get(declaration.key)
    return frozenset().union(*(each.asks for each in conditionals(whole)))


def state_of(actor: Actor, declaration: ObjectType, values: Mapping[str, Any], record: UUID | None) -> State:
    """`values` are those that a record has or would have; a new one has nothing that is locked."""
    whole, shown = registry.get(declaration.key), readable(actor, declaration)
    among = [each for each in conditionals(whole) if each.field in shown]
    held = holding(actor, whole, record or uuid7(), values, among)
    return State(
        unasked=[each.field for each in among if each.says == SHOWN and each not in held],
        required=[each.field for each in among if each.says == REQUIRED and each in held],
        locked=[each.field for each in among if record and each.says == READONLY and each in held],
        withheld={
            key: sorted(
                each.option for each in among if each.field == key and each.option and each not in held
            )
            for key in {each.field for each in among if each.says == OFFERED}
        },
    )


def present(actor: Actor, declaration: ObjectType, record: UUID | None) -> dict[str, Any]:
    """What the fields that others depend on hold: of a record, or what a new one begins with."""
    fields = registry.get(declaration.key).fields
    wanted = [fields[key] for key in asked(declaration) if key in fields]
    if record is None:
        return {each.key: _default(each) for each in wanted}
    row = records.visible(actor, declaration.key).get(record)
    return {each.key: each.get(row) for each in wanted}


def _default(each: Field) -> Any:
    value = each.default() if callable(each.default) else each.default
    return None if value is None else each.clean(value)


def dressed(
    actor: Actor,
    declaration: ObjectType,
    controls: list[Control],
    values: Mapping[str, Any],
    record: UUID | None,
) -> list[Control]:
    """The controls as they are with these values, before anybody types."""
    if not asked(declaration):
        return controls
    known = present(actor, declaration, record)
    now = state_of(actor, declaration, {**known, **{k: values[k] for k in known if k in values}}, record)
    return [
        replace(each, unasked=each.key in now.unasked, required_now=each.key in now.required)
        for each in controls
    ]


def address(declaration: ObjectType, record: UUID | None = None) -> str:
    """Where a form of this object asks; "" where nothing depends on anything."""
    if not asked(declaration):
        return ""
    return f"/{declaration.key}/states" + (f"?record={record}" if record else "")


@require_POST
@object_page
def show(request: Request, declaration: ObjectType) -> HttpResponse:
    """The state that the form's present values make, as JSON."""
    record = key_of(request.GET.get("record", ""))
    values = present(request.actor, declaration, record)
    fields = [each for key, each in declaration.writable.items() if key in values]
    typed = read(sent(fields, request.POST), request.POST, request.actor.viewer)
    state = state_of(request.actor, declaration, {**values, **typed.values}, record)
    return HttpResponse(json.dumps(vars(state)), content_type="application/json")
