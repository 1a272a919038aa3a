"""Settings → a role → one object: how far each verb reaches, on which condition, and which fields show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel.access import roles
from aperto.kernel.access.field_rights import can_be_limited
from aperto.kernel.access.models import Role
from aperto.kernel.access.role_checks import WHOLE, Matrix
from aperto.kernel.access.scopes import HIDDEN, READ_ONLY, VERB_LABELS, Verb
from aperto.kernel.errors import Invalid, Message, Refused
from aperto.kernel.fields.base import Field, text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.web.people import matrix
from aperto.web.people.doors import administrator
from aperto.web.people.matrix import Cell
from aperto.web.people.role_words import LIMIT_LABELS, outlook
from aperto.web.request import Request

WHERE, FIELD = (
    "where",
    "field",
)  # "where.read" is the condition of a verb, "field.amount" the right to a field


@dataclass(frozen=True)
class VerbRow:
    verb: str
    label: Message
    cell: Cell
    conditional: bool
    condition: str
    errors: list[Message] = field(default_factory=list)


@dataclass(frozen=True)
class FieldRow:
    """`why` says why the field cannot be hidden; `options` are the rights that it can have."""

    key: str
    label: str
    value: str
    options: list[tuple[str, Message]]
    why: Message
    errors: list[Message] = field(default_factory=list)


@administrator
def show(request: Request, role: UUID, object_key: str) -> HttpResponse:
    found, declaration = roles.get(role), _declaration(object_key)
    if request.method != "POST":
        return _page(request, found, declaration, {column: getattr(found, column) for column in roles.RIGHTS})
    wanted = read(request.POST, found, declaration)
    try:
        grants, conditions, fields = (wanted[column] for column in roles.RIGHTS)
        roles.edit(request.actor, found, grants=grants, conditions=conditions, field_rights=fields)
    except Invalid as invalid:
        return _page(request, found, declaration, wanted, invalid.errors)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Saved"))
    return HttpResponseRedirect(reverse("role", args=[role]))


@require_POST
@administrator
def preview(request: Request, role: UUID, object_key: str) -> HttpResponse:
    """What saving would change, and for how many people; nothing is written."""
    found, declaration = roles.get(role), _declaration(object_key)
    wanted = read(request.POST, found, declaration)
    try:
        cleaned = roles.Rights(**wanted).cleaned(request.actor)
    except Invalid as invalid:
        return render(request, "people/parts/role_outlook.html", {"wrong": invalid.messages})
    return render(request, "people/parts/role_outlook.html", {"outlook": outlook(found, cleaned)})


def _declaration(object_key: str) -> ObjectType:
    if object_key not in registry or registry.get(object_key).administered:
        raise Http404
    return registry.get(object_key)


def read(post: QueryDict, role: Role, declaration: ObjectType) -> dict[str, Matrix]:
    """The whole rights of the role, with this object's as the form says them."""
    usual = role.grants.get(matrix.EVERYTHING, {})
    key = declaration.key
    row = matrix.row_of(post, key, usual)
    return {
        "grants": _with(role.grants, key, row),
        "conditions": _with(role.conditions, key, _named(post, WHERE, map(str, Verb))),
        "field_rights": _with(role.field_rights, key, _named(post, FIELD, declaration.fields)),
    }


def _named(post: QueryDict, prefix: str, keys: Any) -> dict[str, str]:
    values = {key: (post.get(f"{prefix}.{key}") or "").strip() for key in keys}
    return {key: value for key, value in values.items() if value}


def _with(kept: Mapping[str, Any], key: str, row: dict[str, str] | None) -> Matrix:
    rest = {each: dict(values) for each, values in kept.items() if each != key}
    return rest | {key: row} if row else rest


def _page(
    request: Request,
    role: Role,
    declaration: ObjectType,
    rights: Mapping[str, Mapping[str, Any]],
    errors: Mapping[str, list[Message]] | None = None,
) -> HttpResponse:
    wrong = errors or {}
    context = {
        "role": role,
        "label": role.label,
        "declaration": declaration,
        "fixed": role.key == roles.ADMINISTRATOR,
        "verbs": verb_rows(declaration, rights, wrong),
        "fields": field_rows(declaration, rights["field_rights"].get(declaration.key, {}), wrong),
        "general": wrong.get("", []),
    }
    return render(request, "people/role_object.html", context, status=422 if wrong else 200)


def verb_rows(
    declaration: ObjectType, rights: Mapping[str, Mapping[str, Any]], errors: Mapping[str, list[Message]]
) -> list[VerbRow]:
    conditions = rights["conditions"].get(declaration.key, {})
    return [
        VerbRow(
            str(verb),
            VERB_LABELS[verb],
            matrix.cell(rights["grants"], declaration.key, declaration.plural, verb),
            verb not in WHOLE,
            conditions.get(verb, ""),
            errors.get(f"{declaration.key}.{verb}", []),
        )
        for verb in matrix.VERBS
    ]


def field_rows(
    declaration: ObjectType, limits: Mapping[str, str], errors: Mapping[str, list[Message]]
) -> list[FieldRow]:
    return [
        FieldRow(
            key,
            text_of(each.label),
            limits.get(key, ""),
            _rights(declaration, each, limits.get(key, "")),
            can_be_limited(declaration, each, HIDDEN),
            errors.get(f"{declaration.key}.{key}", []),
        )
        for key, each in declaration.fields.items()
    ]


def _rights(declaration: ObjectType, each: Field, now: str) -> list[tuple[str, Message]]:
    """What is computed is read-only for everybody already."""
    possible = [
        right
        for right in (READ_ONLY, HIDDEN)
        if right == now
        or not can_be_limited(declaration, each, right)
        and not (right == READ_ONLY and each.readonly)
    ]
    return [(right, LIMIT_LABELS[right]) for right in ("", *possible)]
