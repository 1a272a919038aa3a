"""Which activities can be written about a record, and by which field they point at it."""

from collections.abc import Iterable
from typing import Any

from aperto.kernel.access import rules
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.web.records.reading import Shown


def link_field(activity: ObjectType, object_key: str) -> Field | None:
    """The field through which the activity is about records of this object."""
    for each in activity.fields.values():
        if each.stored_elsewhere and object_key in getattr(each, "to", ()):
            return each
    return None


def activities(actor: Actor) -> Iterable[ObjectType]:
    """All activities that are not hidden, with the fields of each that the actor may see."""
    return (for_actor(actor, each) for each in registry.activities() if each.group)


def writable(actor: Actor, object_key: str) -> Iterable[ObjectType]:
    """Activities that the composer offers, the simplest first: what needs the fewest words opens at once."""
    offered = [
        each
        for each in activities(actor)
        if each.activity and each.activity.composer and actor.may(each, Verb.CREATE)
        and link_field(each, object_key) is not None
    ]  # fmt: skip
    return sorted(
        offered, key=lambda each: (bool(each.activity and each.activity.done), each.order, each.key)
    )


def follow_up(actor: Actor, object_key: str) -> ObjectType | None:
    """The activity that a next step becomes: the one that is born undone."""
    for each in activities(actor):
        done = each.activity.done if each.activity else ""
        if done and each.fields[done].default is False and link_field(each, object_key) is not None:
            return each if actor.may(each, Verb.CREATE) else None
    return None


def bound(activity: ObjectType, record: Shown) -> dict[str, Any]:
    """What ties a new activity to its record: the link, and the team where the actor may give it.

    What is said to a person is said to their firm: the records that the head of the page names are linked
    too, so that their timelines tell every conversation.
    """
    link = link_field(activity, record.declaration.key)
    assert link is not None
    values: dict[str, Any] = {link.key: [Ref(record.declaration.key, record.id), *_named(record, link)]}
    team = record.values.get("team")
    actor = record.actor
    if team is not None and rules.may_assign_team(actor, activity, team.id):
        values["team"] = Ref("team", team.id)
    return values


def _named(record: Shown, link: Field) -> Iterable[Ref]:
    targets: tuple[str, ...] = getattr(link, "to", ())
    for key in record.declaration.subtitle:
        value = record.values.get(key)
        if isinstance(value, Ref) and value.object in targets and value.title and value.id != record.id:
            yield Ref(value.object, value.id)
