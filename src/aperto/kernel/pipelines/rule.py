"""What follows from a stage, for every object that has one (`ObjectType.path`)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from aperto.kernel.changes.draft import Work
from aperto.kernel.fields.base import Ref
from aperto.kernel.pipelines import stages


def follow_stage(work: Work) -> None:
    """Starts new records in the first stage, asks for what the stage requires, sets what it implies."""
    declaration = work.occasion.declaration
    path, fields = declaration.path, declaration.fields
    if work.created and work.value(path) is None:
        _begin(work, path)
    if not work.changes(path):
        return
    value = work.value(path)
    step = stages.find(value.id) if value else None
    if step is None or step.of_object != declaration.key:
        work.refuse(path, _("This stage belongs to another kind of record."))
        return
    if work.occasion.undo_of is None:
        _check_way(work, path, step)
    if path in work.errors:
        return
    for key in step.required:
        if key in fields and work.value(key) in (None, "", []):
            work.refuse(key, _("Entering the stage %(stage)s requires this field.") % {"stage": step.name})
    _imply(work, step, fields)


def _begin(work: Work, path: str) -> None:
    """In the first stage that is open to the writer; where none is, the record has no place to be."""
    key = work.occasion.declaration.key
    steps = stages.offered(work.occasion.actor, key)
    if steps:
        work.put(path, Ref("stage", steps[0].id))
    elif stages.of_object(key):
        work.refuse(path, _("All pipelines are for other teams. An administrator can open one to yours."))


def _check_way(work: Work, path: str, step: stages.Step) -> None:
    """Whether one may go there, and from here; taking a change back is always possible."""
    if not step.is_open_to(work.occasion.actor):
        work.refuse(
            path, _("The pipeline %(pipeline)s is for other teams.") % {"pipeline": step.pipeline_name}
        )
    held = work.before.get(path)
    origin = stages.find(held.id) if held else None
    if origin is not None and not origin.leads_to(step):
        allowed = ", ".join(each.name for each in stages.all_steps() if each.id in origin.moves)
        work.refuse(
            path,
            _("From %(origin)s one cannot move to %(stage)s, only to: %(allowed)s.")
            % {"origin": origin.name, "stage": step.name, "allowed": allowed},
        )


def _imply(work: Work, step: stages.Step, fields: dict[str, Any]) -> None:
    now = work.now
    if "stage_since" in fields:
        work.put("stage_since", now)
    if "probability" in fields and "probability" not in work.draft.values:
        work.put("probability", step.probability)
    if "closed_at" in fields:
        work.put("closed_at", None if step.kind == "open" else now)
    if "lost_reason" in fields and step.kind != "lost" and "lost_reason" not in work.draft.values:
        work.put("lost_reason", None)
