"""The stages that a record goes through, as its page shows them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import ngettext

from aperto.kernel.fields.base import Field
from aperto.kernel.pipelines import stages
from aperto.kernel.pipelines.stages import Step
from aperto.web.records.reading import Shown

REASON = "lost_reason"
SINCE = "stage_since"


@dataclass(frozen=True)
class Stop:
    """One stage of the path; `asks` says that moving there asks for something first. `url` is empty where
    the record cannot go from here."""

    label: str
    url: str
    kind: str
    current: bool
    passed: bool
    asks: bool
    ageing: bool = False


def stops_of(record: Shown) -> list[Stop]:
    """The stages of the record's own pipeline: the open ones, then the ends."""
    path = record.declaration.path
    if not path or path not in record.fields:
        return []
    steps = stages.of_object(record.declaration.key)
    value = record.values.get(path)
    here = next((step for step in steps if value and step.id == value.id), None)
    if here is None and not steps:
        return []
    pipeline = here.pipeline if here else steps[0].pipeline
    along = sorted(
        (step for step in steps if step.pipeline == pipeline),
        key=lambda step: ("open", "won", "lost").index(step.kind),
    )
    place = along.index(here) if here else -1
    return [_stop(record, step, here, number < place) for number, step in enumerate(along)]


def _stop(record: Shown, step: Step, here: Step | None, passed: bool) -> Stop:
    current = step is here
    days = _days(record) if current else None
    label = step.name
    if days is not None and step.kind == "open":
        label = ngettext("%(stage)s · %(days)s day", "%(stage)s · %(days)s days", days) % {
            "stage": step.name, "days": days
        }  # fmt: skip
    return Stop(
        label=label,
        url=f"{record.url}/stage/{step.id}" if _may_enter(record, step, here) else "",
        kind=step.kind,
        current=current,
        passed=passed and (here is None or here.kind != "lost"),
        asks=bool(asked(record, step)),
        ageing=current and bool(step.ageing_days) and (days or 0) > (step.ageing_days or 0),
    )


def _may_enter(record: Shown, step: Step, here: Step | None) -> bool:
    return step.is_open_to(record.actor) and (here is None or here.leads_to(step))


def _days(record: Shown) -> int | None:
    since: Any = record.values.get(SINCE)
    return None if since is None else max(0, (datetime.now(UTC) - since).days)


def asked(record: Shown, step: Step) -> list[Field]:
    """The fields that entering the stage asks for: empty ones that it requires, and why it was lost."""
    fields = record.declaration.writable
    wanted = [key for key in step.required if key in fields and record.values.get(key) in (None, "", [])]
    if step.kind == "lost" and REASON in fields and REASON not in wanted:
        wanted.append(REASON)
    return [fields[key] for key in wanted]
