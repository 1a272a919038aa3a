"""A lead becomes a company, a contact and, if wanted, a deal; whoever is known already is reused."""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aperto.crm.actions.lead_table import kept
from aperto.kernel import changes, duplicates, fields
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Invalid
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.objects.actions import Input, Result, action
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.handover import Table, handed
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.pipelines import stages
from aperto.kernel.query.readable import readable
from aperto.kernel.records import visible

CARRIED = ("owner", "team")

type Values = dict[str, Any]


def _question(key: str, field: Field) -> Field:
    field.key = key
    return field


def questions(actor: Actor, lead: Any) -> list[Input]:
    """Reuse of the likeliest company and contact is proposed; without them new ones are made."""
    table = kept()
    known = {
        object_key: duplicates.find(actor, registry.get(object_key), _mapped(actor, lead, object_key, table))
        for object_key in ("company", "contact")
    }
    asked = []
    for object_key, label in (("company", _("Company")), ("contact", _("Contact"))):
        likely = known[object_key]
        hint = (
            _("Found by %(reasons)s.") % {"reasons": ", ".join(likely[0].reasons)}
            if likely
            else (_("Empty makes a new one from the lead."))
        )
        question = _question(object_key, fields.Reference(label, to=object_key))
        asked.append(Input(question, likely[0].ref if likely else None, hint))
    asked.append(Input(_question("make_deal", fields.Boolean(_("Make a deal"))), True))
    name = _("%(what)s for %(whom)s") % {
        "what": lead.interest or _("Deal"),
        "whom": lead.company_name or lead.title,
    }
    asked.append(Input(_question("deal_name", fields.Text(_("Name of the deal"))), name))
    return asked


def _mapped(actor: Actor, lead: Record, object_key: str, table: Table) -> dict[str, Any]:
    """What the actor may read there and write here: no value goes where another's role does not let it."""
    source, open_ = readable(actor, lead.declares), _writable(actor, registry.get(object_key))
    values = {
        to: handed(source[origin], open_[to], source[origin].get(lead))
        for to, origin in table[object_key].items()
        if origin in source and to in open_
    }
    return {key: value for key, value in values.items() if value not in (None, [], "")}


def _writable(actor: Actor, declaration: ObjectType) -> dict[str, Field]:
    return {key: field for key, field in readable(actor, declaration).items() if not field.readonly}


def _fitting(actor: Actor, object_key: str, values: Values) -> Values:
    open_ = _writable(actor, registry.get(object_key))
    return {key: value for key, value in values.items() if key in open_}


def is_open(lead: Record) -> bool:
    return getattr(lead, "converted_at", None) is None


@action(
    "lead.convert",
    object="lead",
    label=_("Convert"),
    icon="arrows-split-2",
    needs=(("lead", Verb.EDIT), ("company", Verb.CREATE), ("contact", Verb.CREATE), ("deal", Verb.CREATE)),
    inputs=questions,
    fits=is_open,
)
def convert_lead(
    actor: Actor,
    lead: Record,
    *,
    via: str,
    company: Ref | None = None,
    contact: Ref | None = None,
    make_deal: bool = True,
    deal_name: str | None = None,
) -> Result:
    """One batch, so that one undo takes all of it back."""
    if not is_open(lead):
        raise Invalid({"": [_("This lead has been converted already.")]})
    batch, table = changes.new_batch(), kept()
    handing = partial(_mapped, actor, lead, table=table)
    with transaction.atomic():
        firm = _company(actor, lead, handing("company"), company, via, batch)
        person = _contact(actor, lead, handing("contact"), contact, firm, via, batch)
        deal = _deal(actor, lead, handing("deal"), firm, person, deal_name, via, batch) if make_deal else None
        done = {"company": firm, "contact": person, "deal": deal and Ref("deal", deal.pk)}
        done = _fitting(actor, "lead", done)
        won = _end_of(lead)
        if won is not None:
            done["stage"] = Ref("stage", won.id)
        changes.save(actor, lead, done, via=via, batch=batch)
    shown = deal or visible(actor, "contact").get(person.id) if person else deal or lead
    return Result(shown, _("Lead converted."), batch)


def _end_of(lead: Any) -> stages.Step | None:
    """The won stage of the lead's own pipeline, or of the first that has one."""
    here = stages.find(lead.stage)
    ends = [step for step in stages.of_object("lead") if step.kind == "won"]
    return next((step for step in ends if here and step.pipeline == here.pipeline), next(iter(ends), None))


def _company(
    actor: Actor, lead: Record, values: Values, given: Ref | None, via: str, batch: Any
) -> Ref | None:
    if given is not None or "name" not in values:
        return given
    values = _fitting(actor, "company", values | _carried(lead))
    made = changes.create(actor, "company", values, via=via, batch=batch)
    return Ref("company", made.pk)


def _contact(
    actor: Actor, lead: Record, values: Values, given: Ref | None, firm: Ref | None, via: str, batch: Any
) -> Ref | None:
    if given is not None:
        return given
    if "last_name" not in values:
        if "first_name" not in values:
            return None
        values["last_name"] = values.pop("first_name")
    values = _fitting(actor, "contact", values | _carried(lead) | {"company": firm})
    made = changes.create(actor, "contact", values, via=via, batch=batch)
    return Ref("contact", made.pk)


def _deal(
    actor: Actor,
    lead: Record,
    values: Values,
    firm: Ref | None,
    person: Ref | None,
    name: str | None,
    via: str,
    batch: Any,
) -> Record:
    values = values | _carried(lead)
    called = name or values.get("name") or lead.title
    values |= {"name": called, "company": firm, "contacts": [person] if person else []}
    return changes.create(actor, "deal", _fitting(actor, "deal", values), via=via, batch=batch)


def _carried(lead: Record) -> dict[str, Any]:
    return {key: lead.declares.fields[key].get(lead) for key in CARRIED}
