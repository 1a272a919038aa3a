"""Planned activities of one's own that are due today or late."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.html import escape

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.readable import readable
from aperto.web.home.scope import SCOPES, list_url
from aperto.web.records.planned import Step, step_of

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
    found: list[tuple[Any, Step]] = []
    lists, more = [], False
    for declaration in registry.activities():
        if (
            declaration.activity is None
            or not declaration.activity.done
            or not actor.may(declaration, Verb.READ)
        ):
            continue
        filter_ = _filter(declaration)
        lists.append((str(declaration.plural), list_url(declaration, filter_)))
        page = records.visible(actor, declaration.key).matching(filter_).page(
            columns=_columns(actor, declaration), sort=declaration.activity.moment, limit=SHOWN
        )  # fmt: skip
        more = more or page.next is not None
        for row in page.rows:
            step = step_of(actor, declaration, row, _about(declaration, row.values))
            found.append((row.values[declaration.activity.moment], step))
    found.sort(key=lambda pair: pair[0].timestamp() if isinstance(pair[0], datetime) else 0)
    steps = [step for _moment, step in found[:SHOWN]]
    late = sum(step.state == "late" for step in steps)
    return Today(steps, late, more or len(found) > SHOWN, lists)


def _filter(declaration: ObjectType) -> str:
    activity = declaration.activity
    assert activity is not None
    done = declaration.fields[activity.done]
    undone = f"{done.key} = no" if done.kind == "boolean" else f"{done.key} is empty"
    return f"{SCOPES[0].filter} and {undone} and {activity.moment} <= today"


def _columns(actor: Actor, declaration: ObjectType) -> list[str]:
    assert declaration.activity is not None
    known = readable(actor, declaration)
    links = [key for key, each in known.items() if each.stored_elsewhere]
    return [key for key in (declaration.activity.moment, "owner", "team", *links) if key in known]


def _about(declaration: ObjectType, values: dict[str, Any]) -> str:
    """The first record that it is about, as a link."""
    for key, value in values.items():
        if declaration.fields[key].stored_elsewhere and value and value[0].title:
            ref = value[0]
            return f'<a href="/{ref.object}/{ref.id}">{escape(ref.title)}</a>'
    return ""
