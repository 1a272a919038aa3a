"""Which field of a lead goes where when it is converted: one row, if an administrator made it."""

from django.utils.translation import gettext_lazy as _

from aperto.kernel import fields
from aperto.kernel.changes.draft import Work
from aperto.kernel.objects.declaration import ObjectType, Panel
from aperto.kernel.objects.handover import mistakes
from aperto.kernel.objects.record import Record

MADE = ("company", "contact", "deal")


def check_table(work: Work) -> None:
    """Only fields that exist and fit; what was not said goes by the defaults."""
    table = work.value("table")
    if not work.changes("table") or table is None:
        return
    whole = isinstance(table, dict) and set(table) <= set(MADE)
    if not whole or not all(isinstance(pairs, dict) for pairs in table.values()):
        work.refuse("table", _("A table of fields by company, contact and deal is expected here."))
    elif wrong := mistakes("lead", table):
        work.refuse("table", _("These fields do not fit: %(fields)s.") % {"fields": ", ".join(wrong)})


class LeadConversion(Record):
    """The administrator's own table in place of the defaults."""

    name = fields.Text(_("Name"), required=True)
    table = fields.Json(_("Fields"), help=_("The field of the lead, by the field that it goes to."))

    declares = ObjectType(
        key="lead_conversion",
        label=_("Lead conversion"),
        plural=_("Lead conversions"),
        icon="arrows-split",
        hue="amber",
        description=_("Which field of a lead goes where when it is converted."),
        title="{name}",
        columns=("name", "updated_at"),
        quick=("name", "table"),
        details=(Panel(_("Details"), ("name", "table")),),
        group="settings",
        administered=True,
        closed=True,
        order=930,
        rules=(check_table,),
    )
