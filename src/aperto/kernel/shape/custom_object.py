"""From a definition to an object: a new one, or a declared one under other words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from aperto.kernel.fields import Field
from aperto.kernel.fields.automatic_number import AutomaticNumber
from aperto.kernel.fields.setting import labels, spoken
from aperto.kernel.objects.declaration import ObjectType, Panel, Shaped
from aperto.kernel.objects.record import Record
from aperto.kernel.pipelines.rule import follow_stage
from aperto.kernel.shape.relation import check_link
from aperto.kernel.shape.tables import model_of
from aperto.kernel.shape.words import OWN_PANEL

PIPELINE = ("stage", "stage_since", "closed_at")
ACTIVITIES = ("next_activity", "last_activity")


@dataclass(frozen=True)
class ObjectDefinition:
    """One row of `custom_object`. `labels` and `plurals` hold words by language."""

    id: UUID | None
    key: str
    name: str
    plural: str
    labels: Mapping[str, str] = field(default_factory=dict)
    plurals: Mapping[str, str] = field(default_factory=dict)
    icon: str = "box"
    hue: str = "slate"
    description: str = ""
    title_pattern: str = ""
    number_prefix: str = ""
    has_pipeline: bool = False
    has_activities: bool = False
    has_files: bool = False
    hidden: bool = False
    position: int = 0
    ends: Sequence[str] = ()


def renamed(declaration: ObjectType, definition: ObjectDefinition) -> ObjectType:
    """A declared object keeps all but its words, its place in the navigation and whether it is there."""
    changes: dict[str, Any] = {
        "label": spoken(definition.name, labels(definition.labels)),
        "plural": spoken(definition.plural or definition.name, labels(definition.plurals)),
    }
    if definition.position:
        changes["order"] = definition.position
    if definition.hidden:
        changes["group"] = ""
    if definition.description:
        changes["description"] = definition.description
    return declaration.reshaped(**changes)


def declare(definition: ObjectDefinition) -> ObjectType:
    shown = [key for key in ("number", "stage") if key not in omitted(definition)]
    kept = () if definition.ends else ("description",)
    model = model_of(definition.key)
    declaration = ObjectType(
        key=definition.key,
        label=spoken(definition.name, labels(definition.labels)),
        plural=spoken(definition.plural or definition.name, labels(definition.plurals)),
        icon=definition.icon,
        hue=definition.hue,
        description=definition.description,
        title=definition.title_pattern or "{name}",
        columns=("name", *shown, "owner", "updated_at"),
        quick=("name", *(["stage"] if definition.has_pipeline else [])),
        card=("number", "owner") if definition.number_prefix else ("owner",),
        subtitle=("number",) if definition.number_prefix else (),
        details=(Panel(OWN_PANEL, ("name", *shown, "owner", "team", *kept)),),
        path="stage" if definition.has_pipeline else "",
        board="stage" if definition.has_pipeline else "",
        group="" if definition.hidden else "records",
        order=definition.position or 60,
        rules=(check_link,) if definition.ends else (follow_stage,) if definition.has_pipeline else (),
    )
    declaration.model, declaration.ends = model, tuple(definition.ends)
    declaration.definition = definition
    declaration.omitted = frozenset(omitted(definition))
    declaration.adapted = _own(model, definition)
    model.declares = Shaped(declaration)  # type: ignore[assignment]  # gives an ObjectType to whoever asks
    return declaration


def _own(model: type[Record], definition: ObjectDefinition) -> dict[str, Field]:
    """The fields of the common table as this object's: each knows whose it is."""
    fields: dict[str, Field] = {}
    for key, common in model.all_fields().items():
        fields[key] = own = common.copy()
        own.adopt(model, key)
        if isinstance(own, AutomaticNumber):
            own.prefix = definition.number_prefix
    if definition.ends:
        fields["name"].search_weight = 0
        for key in ("name", "owner", "team"):  # it is called by its ends and belongs to nobody
            fields[key].readonly = True
    return fields


def omitted(definition: ObjectDefinition) -> list[str]:
    """Fields of the common table that this object does not use."""
    unused = [] if definition.number_prefix else ["number"]
    unused += [] if definition.has_pipeline else PIPELINE
    unused += ["description"] if definition.ends else []
    return unused + ([] if definition.has_activities else list(ACTIVITIES))
