"""What is open, by stage, and what was won this month: for every object that goes through stages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.fields.base import Field, text_of
from aperto.kernel.fields.formats.currencies import Style, style
from aperto.kernel.fields.formats.numbers import write_number
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.pipelines import stages
from aperto.kernel.pipelines.stages import Step
from aperto.kernel.query.aggregates import Lane
from aperto.web.home.scope import Scope, in_stage, list_url, where

CLOSED = "closed_at"


@dataclass(frozen=True)
class Bar:
    label: str
    hue: str
    text: str
    url: str
    value: str
    most: str


@dataclass(frozen=True)
class Pipeline:
    """The open records of one object; `won` is what was won this month, where the object says when."""

    title: str
    icon: str
    total: str
    count: int
    url: str
    bars: list[Bar] = field(default_factory=list)
    won: str = ""
    won_count: int = 0
    won_url: str = ""
    summed: bool = True


def staged(actor: Actor) -> Iterable[ObjectType]:
    """Objects that go through stages, those that are summed up in money first."""
    found = [
        for_actor(actor, each)
        for each in registry
        if each.path and stages.of_object(each.key) and actor.may(each, Verb.READ)
    ]
    return sorted(found, key=lambda each: (CLOSED not in each.fields, each.order))


def total_field(declaration: ObjectType) -> Field | None:
    return next((each for each in declaration.fields.values() if each.total), None)


def pipeline(actor: Actor, declaration: ObjectType, scope: Scope) -> Pipeline:
    total = total_field(declaration)
    wanted = [(total.key, "sum")] if total else []
    filter_ = scope.with_(in_stage(declaration, "open"))
    lanes = records.visible(actor, declaration.key).matching(filter_).lanes(declaration.path, wanted)
    steps = _shown(declaration, lanes)
    sums = {step.id: _sum(lanes.get(step.id), total) for step in steps}
    most = max(sums.values(), default=Decimal(0))
    bars = [_bar(actor, declaration, scope, step, lanes.get(step.id), total, most) for step in steps]
    won, won_count, won_url = _won(actor, declaration, scope, total)
    return Pipeline(
        title=text_of(declaration.plural),
        icon=declaration.icon,
        total=amount_text(actor, total, sum(sums.values(), Decimal(0))) if total else "",
        count=sum(lane.count for lane in lanes.values()),
        url=list_url(declaration, filter_),
        bars=bars,
        won=won,
        won_count=won_count,
        won_url=won_url,
        summed=total is not None,
    )


def _shown(declaration: ObjectType, lanes: Mapping[Any, Lane]) -> list[Step]:
    """The open stages of the first pipeline, and of the others where something stands in them."""
    steps = [step for step in stages.of_object(declaration.key) if step.kind == "open"]
    used = {step.pipeline for step in steps if step.id in lanes} | {steps[0].pipeline} if steps else set()
    return [step for step in steps if step.pipeline in used]


def _sum(lane: Lane | None, total: Field | None) -> Decimal:
    """What a bar is long by: the money, or the number where there is none."""
    if lane is None:
        return Decimal(0)
    found = lane.totals.get((total.key, "sum")) if total else lane.count
    return Decimal(str(found or 0))


def _bar(
    actor: Actor,
    declaration: ObjectType,
    scope: Scope,
    step: Step,
    lane: Lane | None,
    total: Field | None,
    most: Decimal,
) -> Bar:
    amount = _sum(lane, total)
    count = lane.count if lane else 0
    return Bar(
        label=step.name,
        hue=step.hue,
        text=amount_text(actor, total, amount) if total else write_number(count, actor.viewer),
        url=list_url(declaration, scope.with_(where(declaration.path, "is", str(step.id)))),
        value=str(max(amount, Decimal(0))),
        most=str(max(most, Decimal(1))),
    )


def amount_text(actor: Actor, total: Field | None, amount: Any) -> str:
    """Money without its cents: nobody steers by them."""
    if total is None:
        return ""
    if total.kind != "money":
        return total.aggregate_text("sum", amount, actor.viewer)
    return _whole(actor.viewer.locale, actor.viewer.currency).write(Decimal(round(Decimal(amount))))


@lru_cache(maxsize=64)
def _whole(locale: str, currency: str) -> Style:
    return replace(style(locale, currency), digits=0)


def _won(actor: Actor, declaration: ObjectType, scope: Scope, total: Field | None) -> tuple[str, int, str]:
    if total is None or CLOSED not in declaration.fields:
        return "", 0, ""
    filter_ = scope.with_(in_stage(declaration, "won"), where(CLOSED, "is", "this month"))
    found = records.visible(actor, declaration.key).matching(filter_)
    wanted = [(total.key, "sum"), (CLOSED, "filled")]
    totals = found.aggregate(wanted)
    text = amount_text(actor, total, totals[total.key, "sum"] or Decimal(0))
    return text, int(totals[CLOSED, "filled"]), list_url(declaration, filter_)
