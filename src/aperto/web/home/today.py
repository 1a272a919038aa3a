"""Planned activities of one's own that are due today or late."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.agenda import undone
from aperto.kernel.changes import links
from aperto.kernel.fields.base import Field, Ref, text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.ast import Filter
from aperto.kernel.query.rows import Row
from aperto.web.home.scope import SCOPES, list_url, where
from aperto.web.records.about import activities
from aperto.web.records.reading import resolve
from aperto.web.records.steps import Step, step_of

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


type Due = tuple[ObjectType, Row]


def today(actor: Actor) -> Today:
    found: list[Due] = []
    lists, more = [], False
    for declaration in activities(actor):
        if declaration.activity is None or not declaration.activity.done:
            continue
        if not actor.may(declaration, Verb.READ):
            continue
        filter_ = due_filter(declaration)
        lists.append((text_of(declaration.plural), list_url(declaration, filter_)))
        moment = declaration.activity.moment
        selection = records.visible(actor, declaration.key).matching(_mine(moment)).where(undone(declaration))
        page = selection.page(columns=[moment], sort=moment, limit=SHOWN)
        more = more or page.next is not None
        found += [(declaration, row) for row in page.rows]
    found.sort(key=_moment)
    steps = _steps(actor, found[:SHOWN])
    late = sum(step.state == "late" for step in steps)
    return Today(steps, late, more or len(found) > SHOWN, lists)


def due_filter(declaration: ObjectType) -> Filter:
    """The same in words, for the list behind the tile."""
    activity = declaration.activity
    assert activity is not None
    done = declaration.fields[activity.done]
    ended = where(done.key, "is", "no") if done.kind == "boolean" else where(done.key, "empty")
    return SCOPES[0].with_(ended, where(activity.moment, "le", "today"))


def _mine(moment: str) -> Filter:
    return SCOPES[0].with_(where(moment, "le", "today"))


def _moment(due: Due) -> datetime:
    declaration, row = due
    assert declaration.activity is not None
    moment: Any = row.values[declaration.activity.moment]
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time(), UTC)


def _steps(actor: Actor, due: list[Due]) -> list[Step]:
    """Each with the first record that it is about. All of them are the actor's own."""
    mine = Ref("user", actor.user_id, actor.name) if actor.user_id else None
    subjects = _subjects(due)
    named = resolve(actor, [(each, [ref]) for each, ref in subjects.values()])
    steps = []
    for declaration, row in due:
        row.values |= {"owner": mine, "team": None}
        subject = named.get(subjects[row.id][1].id) if row.id in subjects else None
        steps.append(step_of(actor, declaration, row, subject))
    return steps


def _subjects(due: list[Due]) -> dict[UUID, tuple[Field, Ref]]:
    """The first link of each activity: one query for each object among them."""
    found: dict[UUID, tuple[Field, Ref]] = {}
    for declaration in {each.key: each for each, _row in due}.values():
        held = links.read(declaration, [row.id for each, row in due if each is declaration])
        for id_, by_field in held.items():
            for key, refs in by_field.items():
                if refs:
                    found.setdefault(id_, (declaration.fields[key], refs[0]))
    return found
