"""The lanes of a board: what they are called, and which values of the field they stand for."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import Missing
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.pipelines import stages
from aperto.kernel.query.pointers import targets

OPEN = "open"
MOST_LANES = 24


@dataclass(frozen=True)
class Lane:
    """`value` is what the table holds, `target` what a write takes; `kind` is open, won or lost."""

    key: str
    name: str
    hue: str
    value: Any
    target: Any
    kind: str = OPEN
    probability: Decimal | None = None
    ageing_days: int | None = None

    @property
    def is_open(self) -> bool:
        return self.kind == OPEN


@dataclass(frozen=True)
class Pipeline:
    key: str
    name: str
    current: bool


@dataclass(frozen=True)
class Lanes:
    """The lanes that are shown, and the pipelines that one can choose from (none where there is one)."""

    field: Field
    lanes: Sequence[Lane]
    pipelines: Sequence[Pipeline] = ()

    def find(self, key: str) -> Lane:
        return next((lane for lane in self.lanes if lane.key == key), None) or _absent(key)


def _absent(key: str) -> Lane:
    raise Missing(key)


def lanes_of(actor: Actor, declaration: ObjectType, key: str, pipeline: str = "") -> Lanes:
    """By a field that points at stages, or by a choice; Missing for a field that makes no lanes."""
    field = declaration.fields.get(key)
    if field is None:
        raise Missing(key)
    if targets(field) == ("stage",):
        return _by_stage(actor, declaration, field, pipeline)
    options = getattr(field, "options", None)
    if not options:
        raise Missing(key)
    lanes = [Lane(each.key, str(each.label), each.hue, each.key, each.key) for each in options]
    return Lanes(field, lanes[:MOST_LANES])


def _by_stage(actor: Actor, declaration: ObjectType, field: Field, wanted: str) -> Lanes:
    steps = stages.offered(actor, declaration.key)
    named = {str(step.pipeline): step.pipeline_name for step in steps}
    chosen = wanted if wanted in named else next(iter(named), "")
    lanes = [_of_step(step) for step in steps if str(step.pipeline) == chosen]
    pipelines = [Pipeline(key, name, key == chosen) for key, name in named.items()]
    return Lanes(field, lanes[:MOST_LANES], pipelines if len(pipelines) > 1 else ())


def _of_step(step: stages.Step) -> Lane:
    return Lane(
        key=str(step.id),
        name=step.name,
        hue=step.hue,
        value=step.id,
        target=Ref("stage", step.id),
        kind=step.kind,
        probability=step.probability,
        ageing_days=step.ageing_days,
    )


def key_of(value: Any) -> str:
    """The key of the lane that a value belongs to."""
    return str(value.id) if isinstance(value, Ref) else str(value)
