"""`SharingRule`: records of some people, or that fulfil a condition, are shared with a team or a role."""

from typing import ClassVar

from django.db.models import Index
from django.utils.translation import gettext_lazy as _

from aperto.kernel import fields
from aperto.kernel.access.choices import ObjectOfRules, RoleChoice
from aperto.kernel.access.rule_checks import check_condition, check_sharing
from aperto.kernel.access.tree import rights_follow
from aperto.kernel.fields.select import Option
from aperto.kernel.objects.declaration import ObjectType, Panel
from aperto.kernel.objects.record import ALIVE, Record

WHOSE = ("owners_team", "owners_role", "condition")
WITH = ("with_team", "with_role", "reach")


class SharingRule(Record):
    """A team stands for its people and those of the teams beneath it."""

    name = fields.Text(_("Name"), required=True, search_weight=2)
    of_object = ObjectOfRules(_("Object"), required=True)
    owners_team = fields.Reference(_("Owned by people of the team"), to="team")
    owners_role = RoleChoice(_("Owned by people with the role"))
    condition = fields.Text(
        _("That fulfil"), help=_("A filter, such as country = NL. With an owner too, both must hold.")
    )
    with_team = fields.Reference(_("Shared with the team"), to="team")
    with_role = RoleChoice(_("Shared with the role"))
    reach = fields.Select(
        _("To be"),
        required=True,
        default="read",
        options=(Option("read", _("Read"), "blue"), Option("edit", _("Edited"), "green")),
    )
    active = fields.Boolean(_("Active"), default=True)

    declares: ClassVar[ObjectType] = ObjectType(
        key="sharing_rule",
        label=_("Sharing rule"),
        plural=_("Sharing rules"),
        icon="share",
        hue="teal",
        description=_("Which records are shared with a team or a role besides those that it owns."),
        title="{name}",
        default_sort="name",
        columns=("name", "of_object", *WHOSE, *WITH, "active"),
        quick=("name", "of_object", *WHOSE, *WITH, "active"),
        details=(
            Panel(_("Records"), ("name", "of_object", *WHOSE)),
            Panel(_("Shared with"), (*WITH, "active")),
        ),
        group="settings",
        administered=True,
        closed=True,
        order=920,
        rules=(check_condition, check_sharing),
        follows=(rights_follow,),
    )

    class Meta(Record.Meta):
        db_table = "kernel_sharing_rule"
        indexes = [
            *Record.Meta.indexes,
            Index(fields=["with_team"], name="sharing_rule_team", condition=ALIVE),
            Index(fields=["with_role"], name="sharing_rule_role", condition=ALIVE),
        ]
