"""Pipelines and stages are records like any other, written by whoever configures."""

from django.db.models import Index
from django.utils.translation import gettext_lazy as _

from aperto.kernel import fields
from aperto.kernel.fields.select import Option
from aperto.kernel.objects.declaration import ObjectType, Panel, Related
from aperto.kernel.objects.record import Record
from aperto.kernel.pipelines.check import (
    check_leaving_pipeline,
    check_leaving_stage,
    check_pipeline,
    check_stage,
)
from aperto.kernel.pipelines.field_keys import FieldKeys
from aperto.kernel.pipelines.object_choice import ObjectChoice


class Pipeline(Record):
    """The steps that records of one object go through; an object may have several."""

    name = fields.Text(_("Name"), required=True, search_weight=2)
    of_object = ObjectChoice(_("Object"), required=True, help=_("Whose records go through it."))
    position = fields.Integer(_("Position"), default=0)
    teams = fields.MultiReference(
        _("Teams"), to="team", help=_("Who works with it. Nobody named: everybody does.")
    )

    declares = ObjectType(
        key="pipeline",
        label=_("Pipeline"),
        plural=_("Pipelines"),
        icon="layout-kanban",
        hue="violet",
        description=_("The steps that a lead or a deal goes through, from first word to signature."),
        title="{name}",
        default_sort="position",
        columns=("name", "of_object", "position"),
        quick=("name", "of_object", "position"),
        details=(Panel(_("Details"), ("name", "of_object", "teams", "position")),),
        related=(
            Related(
                "stage", by="pipeline", title=_("Stages"), shown=("kind", "probability"), sort="position"
            ),
        ),
        group="settings",
        administered=True,
        order=900,
        rules=(check_pipeline,),
        leaving=(check_leaving_pipeline,),
    )


class Stage(Record):
    """One step of a pipeline."""

    name = fields.Text(_("Name"), required=True, search_weight=2)
    pipeline = fields.Reference(_("Pipeline"), to="pipeline", required=True)
    position = fields.Integer(_("Position"), default=0)
    kind = fields.Select(
        _("Kind"),
        required=True,
        default="open",
        options=(
            Option("open", _("Open"), "blue"),
            Option("won", _("Won"), "green"),
            Option("lost", _("Lost"), "red"),
        ),
    )
    hue = fields.Colour(_("Colour"), default="slate")
    probability = fields.Percent(_("Probability"), default=0)
    ageing_days = fields.Integer(
        _("Days until ageing"), help=_("A record that stays here longer is marked on the board.")
    )
    required_fields = FieldKeys(
        _("Required fields"), help=_("What must be filled in on entering this stage.")
    )
    moves = fields.MultiReference(
        _("May move to"), to="stage", help=_("The stages that come next. None named: every stage.")
    )

    declares = ObjectType(
        key="stage",
        label=_("Stage"),
        plural=_("Stages"),
        icon="circle-dot",
        hue="violet",
        description=_("A step of a pipeline: open, won or lost."),
        title="{name}",
        default_sort="position",
        columns=("name", "pipeline", "kind", "probability", "ageing_days", "hue", "position"),
        quick=("name", "pipeline", "kind", "probability", "position"),
        details=(
            Panel(_("Details"), ("name", "pipeline", "kind", "probability", "hue", "position")),
            Panel(_("Rules"), ("ageing_days", "required_fields", "moves")),
        ),
        group="settings",
        administered=True,
        order=910,
        rules=(check_stage,),
        leaving=(check_leaving_stage,),
    )

    class Meta(Record.Meta):
        indexes = [*Record.Meta.indexes, Index(fields=["pipeline", "position"], name="stage_order")]
