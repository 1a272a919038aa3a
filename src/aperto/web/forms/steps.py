"""A stage is chosen from a list: those that this person may put the record into, by pipeline."""

from html import escape
from itertools import groupby
from typing import Any

from aperto.kernel.access.actor import Actor
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.controls import chosen_mark
from aperto.kernel.pipelines import stages
from aperto.kernel.pipelines.stages import Step


def step_box(field: Field, value: Any, actor: Actor, name: str, attributes: str) -> str:
    """The stage that holds the record now is always among them; whoever has one choice of pipeline reads
    no headings."""
    here = str(getattr(value, "id", value) or "")
    steps = offered(actor, field.owner.declares.key, here)
    pipelines = [(title, list(each)) for title, each in groupby(steps, key=lambda step: step.pipeline_name)]
    blank = "" if here else '<option value="">–</option>'
    options = "".join(_options(title if len(pipelines) > 1 else "", each, here) for title, each in pipelines)
    return f'<select name="{escape(name)}" {field.attributes(attributes)}>{blank}{options}</select>'


def offered(actor: Actor, object_key: str, here: str) -> list[Step]:
    """Where a record in the stage `here` may go."""
    known = stages.of_object(object_key)
    origin = next((step for step in known if str(step.id) == here), None)
    return [
        step
        for step in known
        if step is origin or step.is_open_to(actor) and (origin is None or origin.leads_to(step))
    ]


def _options(title: str, steps: list[Step], here: str) -> str:
    options = "".join(
        f'<option value="{step.id}"{chosen_mark(str(step.id) == here)}>{escape(step.name)}</option>'
        for step in steps
    )
    return f'<optgroup label="{escape(title)}">{options}</optgroup>' if title else options
