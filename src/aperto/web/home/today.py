"""Planned activities of one's own that are due today or late."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.agenda import Due, due
from aperto.kernel.fields.base import Ref, text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.ast import Filter
from aperto.web.home.scope import SCOPES, list_url, where
from aperto.web.records.about import activities
from aperto.web.records.steps import Step, step_of
from aperto.web.records.subjects import subjects

SHOWN = 8


@dataclass(frozen=True)
class Today:
    """`lists` lead to all of it, by object."""

    steps: list[Step] = field(default_factory=list)
    late: int = 0
    more: bool = False
    lists: list[tuple[str, str]] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.steps)


def today(actor: Actor) -> Today:
    planned = [each for each in activities(actor) if _is_planned(actor, each)]
    read = due(actor, planned, actor.viewer.now().date(), SHOWN)
    found = sorted([each for held in read for each in held[:SHOWN]], key=_moment)
    steps = _steps(actor, found[:SHOWN])
    late = sum(step.state == "late" for step in steps)
    more = len(found) > SHOWN or any(len(held) > SHOWN for held in read)
    lists = [(text_of(each.plural), list_url(each, due_filter(each))) for each in planned]
    return Today(steps, late, more, lists)


def _is_planned(actor: Actor, declaration: ObjectType) -> bool:
    return bool(declaration.activity and declaration.activity.done) and actor.may(declaration, Verb.READ)


def due_filter(declaration: ObjectType) -> Filter:
    """The same in words, for the list behind the tile."""
    activity = declaration.activity
    assert activity is not None
    done = declaration.fields[activity.done]
    ended = where(done.key, "is", "no") if done.kind == "boolean" else where(done.key, "empty")
    return SCOPES[0].with_(ended, where(activity.moment, "le", "today"))


def _moment(each: Due) -> datetime:
    activity = each.declaration.activity
    assert activity is not None
    moment: Any = each.row.values[activity.moment]
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time(), UTC)


def _steps(actor: Actor, found: list[Due]) -> list[Step]:
    """Each with the first record that it is about. All of them are the actor's own."""
    mine = Ref("user", actor.user_id, actor.name) if actor.user_id else None
    about = subjects(actor, [(each.declaration, each.row.id) for each in found])
    steps = []
    for each in found:
        row = each.row
        row.values |= {"owner": mine, "team": None}
        steps.append(step_of(actor, each.declaration, row, about.get(row.id)))
    return steps
