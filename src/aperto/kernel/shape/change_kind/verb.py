"""Changing a field's kind as a verb of its definition, for the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from aperto.kernel import fields
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes import new_batch
from aperto.kernel.errors import Invalid
from aperto.kernel.fields import KINDS, Field
from aperto.kernel.fields.select import Option
from aperto.kernel.objects.actions import Input, Result, action
from aperto.kernel.shape.change_kind.carry_out import change_kind
from aperto.kernel.shape.change_kind.preview import preview
from aperto.kernel.shape.change_kind.proposal import DEFINITION, propose
from aperto.kernel.shape.change_kind.ways import targets


def _question(key: str, field: Field) -> Field:
    field.key = key
    return field


def questions(actor: Actor, definition: Any) -> list[Input]:
    options = [Option(key, KINDS[key].label_of_kind) for key in targets(definition.kind)]
    keep = fields.Boolean(_("Keep what does not convert in a retired field"))
    return [
        Input(_question("kind", fields.Select(_("New kind"), options=options, required=True))),
        Input(_question("settings", fields.Json(_("Settings"))), hint=_("What the new kind needs.")),
        Input(_question("keep", keep), True),
        Input(_question("dry_run", fields.Boolean(_("Only say what would happen"))), False),
    ]


def fits(definition: Any) -> bool:
    return bool(targets(definition.kind))


@action(
    "custom_field.change_kind",
    object=DEFINITION,
    label=_("Change kind"),
    icon="arrows-exchange",
    needs=((DEFINITION, Verb.EDIT),),
    inputs=questions,
    fits=fits,
)
def run(actor: Actor, definition: Any, *, via: str, **answers: Any) -> Result:
    kind = answers.get("kind")
    if not kind:
        raise Invalid({"kind": [_("This field is required.")]})
    proposal = propose(actor, definition.of_object, definition.key, kind, answers.get("settings"))
    if answers.get("dry_run"):
        return Result(definition, _said(actor, proposal))
    batch, told = new_batch(), _said(actor, proposal)
    change_kind(actor, proposal, answers.get("keep") is not False, batch)
    return Result(definition, told, batch)


def _said(actor: Actor, proposal: Any) -> Any:
    found = preview(actor, proposal)
    words = _("%(converting)s of %(holding)s values convert.")
    return words % {"converting": found.converting, "holding": found.holding}
