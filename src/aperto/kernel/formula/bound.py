"""A formula in the hands of an actor: it reads what this actor may read, and is empty where it may not."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db.models import Expression, Value

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import fields_of
from aperto.kernel.fields.roll_up import RollUp
from aperto.kernel.formula import inputs
from aperto.kernel.formula.expression import OUTPUT, Computed
from aperto.kernel.formula.program import Program, fields_used
from aperto.kernel.formula.types import Context, Type
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.pointers import USER
from aperto.kernel.rollups.source import may_know


class Pending:
    """A value that waits until its whole page is known: then one query for each reference settles all."""

    __slots__ = ("batch", "value", "values")

    def __init__(self, batch: "Batch", values: dict[tuple[str, ...], Any]) -> None:
        self.batch, self.values, self.value = batch, values, None

    def settled(self) -> Any:
        self.batch.settle()
        return self.value


class Batch:
    def __init__(self, bound: "Bound") -> None:
        self.bound, self.open = bound, True
        self.pending: list[Pending] = []

    def settle(self) -> None:
        if not self.open:
            return
        self.open = False
        program, context = self.bound.program, self.bound.context
        found = inputs.behind(program, self.bound.actor, [each.values for each in self.pending])
        for each in self.pending:
            each.value = program.value(inputs.step_values(program, each.values, found, context), context)


def settled(value: Any) -> Any:
    return value.settled() if isinstance(value, Pending) else value


class Bound:
    def __init__(self, program: Program, actor: Actor) -> None:
        self.program, self.actor = program, actor
        self.batch: Batch | None = None
        self.made: dict[str, Expression] = {}  # as long as this lives, SQLite can compute what it made

    @cached_property
    def context(self) -> Context:
        viewer = self.actor.viewer
        return Context(viewer.now(), viewer.zone_name, viewer.currency, viewer.language)

    @cached_property
    def is_allowed(self) -> bool:
        """Whether the actor may read every field that the result tells something about."""
        return all(self._may(object_key, field_key) for object_key, field_key in fields_used(self.program))

    def _may(self, object_key: str, field_key: str) -> bool:
        if object_key == USER:
            return True
        if object_key not in registry:
            return False
        found = fields_of(self.actor, registry.get(object_key)).get(field_key)
        if isinstance(found, RollUp):
            return may_know(self.actor, found)
        return found is not None

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return inputs.own_columns(self.program) if self.is_allowed else ()

    def value(self, raw: Mapping[str, Any]) -> Any:
        """The result for a row, or a promise of it where a reference is followed."""
        if not self.is_allowed:
            return None
        values = inputs.own_values(self.program, raw, self.context)
        if not self.program.steps:
            return self.program.value(values, self.context)
        if self.batch is None or not self.batch.open:
            self.batch = Batch(self)
        pending = Pending(self.batch, values)
        self.batch.pending.append(pending)
        return pending

    def expression(self, suffix: str) -> Expression:
        if suffix not in self.made:
            self.made[suffix] = self._expression(suffix)
        return self.made[suffix]

    def _expression(self, suffix: str) -> Expression:
        if not self.is_allowed:
            return nothing(self.program.type)
        sources: Sequence[Any] = [
            source for use in self.program.uses for source in inputs.expressions(use, self.actor)
        ]
        return Computed(self.program, suffix, self.context, *sources)


def nothing(type_: Type) -> Expression:
    return Value(None, output_field=OUTPUT[type_]())
