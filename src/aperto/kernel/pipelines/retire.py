"""A stage goes to the recycle bin once its records stand elsewhere; one undo brings all of it back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from aperto.kernel import changes
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes import Draft
from aperto.kernel.errors import Invalid
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.registry import registry
from aperto.kernel.pipelines import stages
from aperto.kernel.pipelines.stages import Step
from aperto.kernel.query.ast import Condition
from aperto.kernel.records import Selection, visible

STEP = 500
MOST_REASONS = 5


@dataclass
class Retired:
    """How many records moved, and why others were refused; with one refused the stage stays."""

    moved: int = 0
    refused: int = 0
    reasons: dict[str, None] = field(default_factory=dict)


def standing(actor: Actor, step: Step) -> Selection:
    """The records that stand in the stage."""
    path = registry.get(step.of_object).path
    return visible(actor, step.of_object, Verb.EDIT).matching(Condition((path,), "is", (str(step.id),)))


def retire(
    actor: Actor,
    step: Step,
    into: Step | None,
    *,
    via: str,
    batch: UUID,
    between: Callable[[int], None] = lambda done: None,
) -> Retired:
    """Moves the records `into` another stage, then deletes the stage. `between` is told how many have moved
    and may raise to stop; calling it again goes on."""
    result = Retired()
    _open(actor, step, into, via, batch)
    if into is not None:
        for keys in _chunks(actor, step):
            between(result.moved)
            _move(actor, step, into, keys, via, batch, result)
    if not result.refused:
        changes.delete(actor, visible(actor, "stage").get(step.id), via=via, batch=batch)
        stages.forget()
    return result


def _open(actor: Actor, step: Step, into: Step | None, via: str, batch: UUID) -> None:
    """A way out of the stage, whatever its own moves said; and others that led here lead to the new place."""
    for other in stages.all_steps():
        if other.id == step.id and other.moves:
            moves: frozenset[UUID] = frozenset()
        elif step.id in other.moves:
            moves = (other.moves - {step.id}) | ({into.id} if into else set())
        else:
            continue
        refs = [Ref("stage", key) for key in sorted(moves)] or None
        changes.save(actor, visible(actor, "stage").get(other.id), {"moves": refs}, via=via, batch=batch)
    stages.forget()


def _chunks(actor: Actor, step: Step) -> Iterator[list[UUID]]:
    """Those that stood there at the beginning, so that a refused one is not tried for ever."""
    keys = [row.id for row in standing(actor, step).iterate(())]
    for place in range(0, len(keys), STEP):
        yield keys[place : place + STEP]


def _move(
    actor: Actor, step: Step, into: Step, keys: list[UUID], via: str, batch: UUID, result: Retired
) -> None:
    values: dict[str, Any] = {registry.get(step.of_object).path: Ref("stage", into.id)}
    drafts = [Draft(values, record=key) for key in keys]
    for outcome in changes.save_many(actor, step.of_object, drafts, via=via, batch=batch):
        if outcome.error is None:
            result.moved += 1
            continue
        result.refused += 1
        error = outcome.error
        for reason in error.messages if isinstance(error, Invalid) else [str(error)]:
            if len(result.reasons) < MOST_REASONS:
                result.reasons[reason] = None
