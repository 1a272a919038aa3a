"""Applies a diff: one batch in one transaction. What builds on something that is not there yet waits for the
next round, so that no order has to be known; when a round brings nothing, the rest is refused."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from aperto.kernel.access import people
from aperto.kernel.access.actor import Actor
from aperto.kernel.changes import new_batch
from aperto.kernel.configuration import past
from aperto.kernel.configuration.compare import ADDED, REMOVED, Diff, Item
from aperto.kernel.configuration.document import Problem, Unfit
from aperto.kernel.configuration.section import Section, Writing
from aperto.kernel.configuration.sections import sections
from aperto.kernel.errors import FieldError, Invalid, Message, Missing, Refused
from aperto.kernel.pipelines import stages
from aperto.kernel.shape import current

type Found = dict[str, list[Message]]  # what is wrong, by field


@dataclass
class Step:
    """`id` is that of the record once it is there; `wrong` is why it still waits."""

    item: Item
    section: Section
    values: dict[str, Any]
    id: UUID | None = None
    wrong: Found = field(default_factory=dict)


class _Rehearsed(Exception):
    """Takes a rehearsal back."""


def rehearse(actor: Actor, diff: Diff, chosen: Collection[str] | None = None) -> list[Problem]:
    """What applying would refuse. The database is as it was afterwards."""
    try:
        with transaction.atomic():
            apply(actor, diff, chosen)
            raise _Rehearsed
    except _Rehearsed:
        return []
    except Unfit as unfit:
        return unfit.problems
    finally:
        look_again()


def apply(actor: Actor, diff: Diff, chosen: Collection[str] | None = None, source: str = "") -> UUID:
    """Carries out the items, or those of the chosen ids; the batch that comes back can be undone. `source` is
    what the history calls the file. Unfit with the places in the file when something is refused, and then
    nothing was done."""
    people.require_administrator(actor)
    known = sections()
    writing = Writing(actor, new_batch(), diff.names, tuple(known))
    due = [item for item in diff.due if chosen is None or item.id in chosen]
    writes = [_step(item, known, diff) for item in due if item.verb != REMOVED]
    removals = [_step(item, known, diff) for item in reversed(due) if item.verb == REMOVED]
    try:
        with transaction.atomic():
            _in_rounds(writing, writes)
            _in_rounds(writing, removals)
            past.note(actor, writing.batch, source, len(due))
    except Unfit:
        look_again()
        raise
    return writing.batch


def _step(item: Item, known: dict[str, Section], diff: Diff) -> Step:
    id = None if item.verb == ADDED else diff.names.id(item.entry.section, item.entry.address)
    return Step(item, known[item.entry.section], item.values, id)


def look_again() -> None:
    """What was taken back must not be remembered."""
    stages.forget()
    current.refresh()


def _in_rounds(writing: Writing, steps: Sequence[Step]) -> None:
    waiting = list(steps)
    while waiting:
        moved, left = False, []
        for step in waiting:
            moved |= _attempt(writing, step)
            if step.wrong:
                left.append(step)
        if not moved:
            raise Unfit([problem for step in left for problem in _problems(step)])
        waiting = left


def _attempt(writing: Writing, step: Step) -> bool:
    """Whether something was written; what could not be stays in the step, and why."""
    if step.item.verb == REMOVED and step.id:
        step.wrong = _try(step.section.remove, writing, step.id)
        return not step.wrong
    ready, unknown = step.section.resolved(writing, step.values)
    step.wrong = {key: [_("“%(name)s” is not there.") % {"name": name}] for key, name in unknown.items()}
    if not ready or (step.id is None and unknown.keys() & step.section.required):
        return False
    refused, written = _write_what_fits(writing, step, ready)
    step.wrong |= refused
    if written:
        step.values = {key: value for key, value in step.values.items() if key in step.wrong}
    return written


def _write_what_fits(writing: Writing, step: Step, ready: dict[str, Any]) -> tuple[Found, bool]:
    """What was refused, and whether the rest was written without it."""
    wrong = _write(writing, step, ready)
    if not wrong:
        return {}, True
    needed = step.section.required if step.id is None else frozenset()
    rest = {key: value for key, value in ready.items() if key not in wrong}
    if not rest or not wrong.keys() <= ready.keys() - needed:
        return wrong, False
    still = _write(writing, step, rest)
    return wrong | still, not still


def _write(writing: Writing, step: Step, values: dict[str, Any]) -> Found:
    if step.id is not None:
        return _try(step.section.change, writing, step.id, values)
    made: list[UUID] = []
    wrong = _try(lambda: made.append(step.section.create(writing, values)))
    if not wrong:
        step.id = made[0]
        writing.names.put(step.section.key, step.item.entry.address, made[0])
    return wrong


def _try(write: Callable[..., object], *arguments: Any) -> Found:
    try:
        with transaction.atomic():
            write(*arguments)
    except Invalid as invalid:
        wrong: Found = invalid.errors
    except FieldError as error:
        wrong = {"": [error.message]}
    except Missing:
        wrong = {"": [_("It is not there any more.")]}
    except Refused as refused:
        wrong = {"": [str(refused)]}
    else:
        return {}
    look_again()
    return wrong


def _problems(step: Step) -> list[Problem]:
    entry = step.item.entry
    return [
        Problem(
            " ".join(str(message) for message in messages),
            entry.lines.get(key, entry.line),
            " ".join(filter(None, (entry.section, entry.address, key))),
        )
        for key, messages in step.wrong.items()
    ]
