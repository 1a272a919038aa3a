"""`Territory`: records that fulfil a condition belong to a team, and perhaps to one person of it."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from aperto.kernel import fields
from aperto.kernel.access.choices import ObjectOfRules
from aperto.kernel.access.rule_checks import check_condition
from aperto.kernel.objects.declaration import ObjectType, Panel
from aperto.kernel.objects.record import Record

FIELDS = ("name", "of_object", "condition", "to_team", "to_owner", "position", "active")


class Territory(Record):
    """Of several territories that fit, the first in order counts."""

    name = fields.Text(_("Name"), required=True, search_weight=2)
    of_object = ObjectOfRules(_("Object"), required=True)
    condition = fields.Text(
        _("Condition"), required=True, help=_("A filter, such as country = NL and industry = retail.")
    )
    to_team = fields.Reference(_("Team"), to="team", required=True)
    to_owner = fields.User(_("Owner"), help=_("Left empty, the owner stays who it is."))
    position = fields.Integer(_("Position"), default=0)
    active = fields.Boolean(_("Active"), default=True)

    declares: ClassVar[ObjectType] = ObjectType(
        key="territory",
        label=_("Territory"),
        plural=_("Territories"),
        icon="map-2",
        hue="teal",
        description=_("Which team new records belong to, by what they say: a country, a postcode, a trade."),
        title="{name}",
        default_sort="position",
        columns=FIELDS,
        quick=FIELDS,
        details=(Panel(_("Territory"), FIELDS),),
        group="settings",
        administered=True,
        closed=True,
        order=930,
        rules=(check_condition,),
    )

    class Meta(Record.Meta):
        db_table = "kernel_territory"
