"""What an administrator says about a pipeline and its stages. The forms draw and carry; the kernel judges."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from aperto.kernel.fields.base import Ref
from aperto.kernel.fields.colour import HUES
from aperto.kernel.objects.registry import registry
from aperto.kernel.pipelines.field_keys import choosable
from aperto.kernel.pipelines.object_choice import staged
from aperto.kernel.pipelines.stages import Step
from aperto.web.people.choices import team_choices
from aperto.web.people.forms import offer, text

type Choices = list[tuple[str, Any]]
KINDS: Choices = [("open", _("Open")), ("won", _("Won")), ("lost", _("Lost"))]


def several(label: Any, choices: Choices, help: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, help_text=help, required=False, widget=forms.CheckboxSelectMultiple
    )


class PipelineForm(forms.Form):
    name = text(_("Name"))
    of_object = forms.ChoiceField(label=_("Object"), help_text=_("Whose records go through it."))

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["of_object"] = forms.ChoiceField(
            label=_("Object"), help_text=_("Whose records go through it."), choices=staged
        )
        if teams := team_choices():
            help = _("Who works with it. Nobody named: everybody does.")
            self.fields["teams"] = several(_("Teams"), teams, help)

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        values: dict[str, Any] = {key: given[key] for key in ("name", "of_object") if key in given}
        if "teams" in given:
            values["teams"] = [Ref("team", UUID(key)) for key in given["teams"]] or None
        return values


class StageForm(forms.Form):
    name = text(_("Name"))
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, widget=forms.RadioSelect)
    hue = forms.ChoiceField(label=_("Colour"), choices=list(HUES.items()), widget=forms.RadioSelect)
    probability = forms.DecimalField(
        label=_("Probability in percent"), min_value=0, max_value=100, decimal_places=2, required=False
    )
    ageing_days = forms.IntegerField(
        label=_("Days until ageing"), min_value=1, max_value=9999, required=False,
        help_text=_("A record that stays here longer is marked on the board."),
    )  # fmt: skip

    def __init__(self, *given: Any, step: Step, others: Sequence[Step], **options: Any) -> None:
        super().__init__(*given, **options)
        listed: Choices = list(choosable(registry.get(step.of_object)))
        help = _("What must be filled in on entering this stage.")
        self.fields["required_fields"] = several(_("Required fields"), listed, help)
        beside = [(str(each.id), named_beside(each, step)) for each in others]
        help = _("The stages that come next. None named: every stage.")
        self.fields["moves"] = several(_("May move to"), beside, help)
        hue = self.fields["hue"]
        if step.hue not in HUES and isinstance(hue, forms.ChoiceField):
            hue.choices = [*HUES.items(), (step.hue, step.hue)]

    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        given["moves"] = [Ref("stage", UUID(key)) for key in given["moves"]] or None
        given["required_fields"] = given["required_fields"] or None
        given["probability"] = given["probability"] or 0
        return given


def named_beside(other: Step, step: Step) -> str:
    """A stage of another pipeline is told with its pipeline."""
    return other.name if other.pipeline == step.pipeline else f"{other.name} · {other.pipeline_name}"


class NewStageForm(forms.Form):
    name = text(_("Name of the new stage"))
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)


class RetireForm(forms.Form):
    """`into` is asked for where records stand in the stage."""

    into = forms.ChoiceField(label=_("Where do its records go?"))

    def __init__(self, *given: Any, others: Sequence[Step], **options: Any) -> None:
        super().__init__(*given, **options)
        listed: Choices = [(str(each.id), f"{each.name} · {each.pipeline_name}") for each in others]
        offer(self, "into", listed)
