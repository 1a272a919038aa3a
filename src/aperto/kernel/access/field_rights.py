"""Rights to single fields: hidden, or to be read and not written. The widest right of all roles counts.

A hidden field is not there: not in lists, forms, filters, sorts, sums, search, history, files or the API. All
of these ask `fields_of` or are given the declaration that `for_actor` makes.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from itertools import zip_longest

from django.utils.translation import gettext_lazy as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import HIDDEN, READ_ONLY, FieldRights, Grants, Scope, Verb, granted
from aperto.kernel.errors import Message
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.filled_by import FILLED
from aperto.kernel.layouts.chosen import for_groups
from aperto.kernel.objects.declaration import Activity, Match, ObjectType, Related

LIMITS = {"": 0, READ_ONLY: 1, HIDDEN: 2}


def limits_of(actor: Actor, object_key: str) -> Mapping[str, str]:
    """HIDDEN or READ_ONLY by field. A role that does not open the object says nothing of its fields."""
    if not _is_limited(actor):
        return NO_LIMITS
    key = (FieldRights, object_key)
    if key not in actor.kept:
        none: Grants = {}
        roles = zip_longest(actor.grants, actor.field_rights, fillvalue=none)
        said = [
            rights.get(object_key, {})
            for grants, rights in roles
            if granted(grants, object_key, Verb.READ) is not Scope.NONE
        ]
        named = set[str]().union(*said)
        limits = {field: min((row.get(field, "") for row in said), key=LIMITS.__getitem__) for field in named}
        actor.kept[key] = {field: limit for field, limit in limits.items() if limit}
    held: Mapping[str, str] = actor.kept[key]
    return held


NO_LIMITS: Mapping[str, str] = {}


def _is_limited(actor: Actor) -> bool:
    return any(actor.field_rights) and actor.kind != "system"


def fields_of(actor: Actor, declaration: ObjectType) -> dict[str, Field]:
    """The fields that the actor may read, by key; those that they may not write are read-only."""
    return for_actor(actor, declaration).fields if limits_of(actor, declaration.key) else declaration.fields


def for_actor(actor: Actor, declaration: ObjectType) -> ObjectType:
    """The object as the actor sees it: itself, or a shape of it that is arranged for their roles and teams
    and does not name what they may not see."""
    if not declaration.layouts and not _is_limited(actor):
        return declaration
    held: tuple[ObjectType, ObjectType] | None = actor.kept.get((ObjectType, declaration.key))
    if held is None or declaration not in held:
        held = actor.kept[ObjectType, declaration.key] = (declaration, _seen(actor, declaration))
    return held[1]


def _seen(actor: Actor, declaration: ObjectType) -> ObjectType:
    """First as it is arranged for their groups, then without what they may not see, whatever that says."""
    if declaration.layouts:
        declaration = for_groups(actor, declaration)
    return _limited(actor, declaration) if _is_limited(actor) else declaration


def _limited(actor: Actor, declaration: ObjectType) -> ObjectType:
    limits = limits_of(actor, declaration.key)
    related = tuple(_related(actor, declaration))
    if not limits:
        return declaration if related == declaration.related else declaration.reshaped(related=related)
    fields = {
        key: _locked(field) if limits.get(key) == READ_ONLY else field
        for key, field in declaration.fields.items()
        if limits.get(key) != HIDDEN and not (key == FILLED and HIDDEN in limits.values())
    }

    def left(keys: Sequence[str]) -> tuple[str, ...]:
        return tuple(key for key in keys if key in fields)

    return declaration.reshaped(
        fields=fields,
        columns=left(declaration.columns),
        quick=left(declaration.quick),
        card=left(declaration.card),
        subtitle=left(declaration.subtitle),
        one_of=left(declaration.one_of),
        details=tuple(replace(panel, fields=left(panel.fields)) for panel in declaration.details),
        duplicates=tuple(_duplicates(declaration, fields)),
        default_sort=_sort(declaration.default_sort, fields),
        board=declaration.board if declaration.board in fields else "",
        activity=_activity(declaration, fields),
        related=related,
    )


def _duplicates(declaration: ObjectType, fields: Mapping[str, Field]) -> Iterable[Match]:
    for rule in declaration.duplicates:
        if rule.field in fields and (not rule.same or rule.same in fields):
            yield rule


def _activity(declaration: ObjectType, fields: Mapping[str, Field]) -> Activity | None:
    activity = declaration.activity
    if activity is None:
        return None
    composer = tuple(key for key in activity.composer if key in fields)
    return replace(activity, composer=composer, body=activity.body if activity.body in fields else "")


def _related(actor: Actor, declaration: ObjectType) -> Iterable[Related]:
    """Panels of what points here by a field that the actor may see, or of links that they may see."""
    for each in declaration.related:
        theirs = limits_of(actor, each.object)
        owner, _dot, key = each.relation.partition(".")
        limits = limits_of(actor, owner) if owner else theirs
        if limits.get(key or each.by) != HIDDEN:
            shown = tuple(name for name in each.shown if theirs.get(name) != HIDDEN)
            yield each if shown == each.shown else replace(each, shown=shown)


def _sort(sort: str, fields: Mapping[str, Field]) -> str:
    keys = [key for key in sort.split(",") if key.strip().removeprefix("-") in fields]
    return ",".join(keys) or "-updated_at"


def _locked(field: Field) -> Field:
    locked = copy(field)
    locked.readonly = True
    return locked


# -- what can be limited -----------------------------------------------------------------------------


def can_be_limited(declaration: ObjectType, field: Field, right: str) -> Message:
    """Why the field cannot be hidden or locked; "" where it can."""
    if right == READ_ONLY:
        if field.required and field.default is None:
            return _("Nobody could fill this field in, which every new record needs.")
        return ""
    if field.key in _structure(declaration):
        return _("Records are told apart and opened by this field, so it cannot be hidden.")
    if field.required and field.default is None:
        return _("Nobody could fill this field in, which every new record needs.")
    return ""


def _structure(declaration: ObjectType) -> set[str]:
    """Fields that every record has, those that its title shows, and those by which it moves or happens."""
    from aperto.kernel.changes.titles import keys_of  # noqa: PLC0415 - writing asks for rights

    activity = declaration.activity
    moving = [declaration.path] + ([activity.moment, activity.done] if activity else [])
    general = declaration.model.fields_of_every_record()
    fields = declaration.fields
    named = (key for key in keys_of(declaration.title) if key not in fields or fields[key].told_by_title)
    return {*general, *named, *moving}
