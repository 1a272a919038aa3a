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
        steps = stages.of_object(declaration.key)
        if not steps:
            return
        work.put(path, Ref("stage", steps[0].id))
    if not work.changes(path):
        return
    value = work.value(path)
    step = stages.find(value.id) if value else None
    if step is None or step.of_object != declaration.key:
        work.refuse(path, _("This stage belongs to another kind of record."))
        return
    for key in step.required:
        if key in fields and work.value(key) in (None, "", []):
            work.refuse(key, _("Entering the stage %(stage)s requires this field.") % {"stage": step.name})
    _imply(work, step, fields)


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
