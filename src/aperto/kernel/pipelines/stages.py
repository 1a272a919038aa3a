"""The stages as a small table in memory: every list, board and write of a deal asks for them."""

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.apps import apps

from aperto.kernel.access.actor import Actor

FRESH = 3.0  # seconds until another process's change of a pipeline is seen
TEAMS, MOVES = "pipeline.teams", "stage.moves"  # how the table of relations calls these links


@dataclass(frozen=True)
class Step:
    """`moves` are the stages that a record may go to from here, `teams` those that use the pipeline; either
    is empty where nothing was restricted."""

    id: UUID
    name: str
    pipeline: UUID
    pipeline_name: str
    of_object: str
    position: int
    kind: str
    hue: str
    probability: Decimal
    ageing_days: int | None
    required: tuple[str, ...]
    moves: frozenset[UUID] = frozenset()
    teams: frozenset[UUID] = frozenset()

    def leads_to(self, other: "Step") -> bool:
        return self.id == other.id or not self.moves or other.id in self.moves

    def is_open_to(self, actor: Actor) -> bool:
        """Whoever configures sees every pipeline."""
        return not self.teams or actor.configures or not self.teams.isdisjoint(actor.team_ids)


_held: tuple[float, tuple[Step, ...]] = (0.0, ())


def all_steps() -> tuple[Step, ...]:
    """All stages of all pipelines, in the order of the pipelines and their steps."""
    global _held
    read_at, steps = _held
    if not steps or time.monotonic() - read_at > FRESH:
        steps = tuple(_read())
        _held = (time.monotonic(), steps)
    return steps


def forget() -> None:
    global _held
    _held = (0.0, ())


def _read() -> list[Step]:
    pipelines = {
        row.pk: row for row in apps.get_model("kernel", "Pipeline")._default_manager.filter(deleted_at=None)
    }
    stages = apps.get_model("kernel", "Stage")._default_manager
    rows = list(stages.filter(deleted_at=None, pipeline__in=pipelines))
    linked = _links([*pipelines, *(row.pk for row in rows)])
    steps = [
        Step(
            id=row.pk,
            name=row.name,
            pipeline=row.pipeline,
            pipeline_name=pipelines[row.pipeline].name,
            of_object=pipelines[row.pipeline].of_object,
            position=row.position or 0,
            kind=row.kind,
            hue=row.hue or "slate",
            probability=row.probability or Decimal(0),
            ageing_days=row.ageing_days,
            required=tuple(row.required_fields or ()),
            moves=frozenset(linked[row.pk]),
            teams=frozenset(linked[row.pipeline]),
        )
        for row in rows
    ]
    return sorted(
        steps, key=lambda step: (pipelines[step.pipeline].position or 0, step.pipeline, step.position)
    )


def _links(keys: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """What pipelines and stages are linked to: both kinds in one statement, which asks by their keys, because
    no index of all links begins with the kind."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    relations = apps.get_model("kernel", "Relation")._default_manager
    linked = relations.filter(left__in=keys, kind__in=(TEAMS, MOVES))
    for left, right in linked.values_list("left", "right"):
        found[left].append(right)
    return found


def of_object(object_key: str) -> list[Step]:
    return [step for step in all_steps() if step.of_object == object_key]


def offered(actor: Actor, object_key: str) -> list[Step]:
    """Those that this actor may put a record into: pipelines of other teams are left out."""
    return [step for step in of_object(object_key) if step.is_open_to(actor)]


def find(stage: UUID | None) -> Step | None:
    return next((step for step in all_steps() if step.id == stage), None)
