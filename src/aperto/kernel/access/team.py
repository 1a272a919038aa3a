"""`Team`: people who share records. Who is in it are rows of `TeamMember`, written by `people`."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from aperto.kernel.access.tree import check_parent, rights_follow
from aperto.kernel.fields.reference import Reference
from aperto.kernel.fields.text import Text
from aperto.kernel.objects.declaration import ObjectType, Panel
from aperto.kernel.objects.record import Record


class Team(Record):
    name = Text(_("Name"), required=True, unique=True, search_weight=3)
    parent = Reference(_("Part of"), to="team", help=_("The team above this one."))
    description = Text(_("Description"))

    declares: ClassVar[ObjectType] = ObjectType(
        key="team",
        label=_("Team"),
        plural=_("Teams"),
        icon="users-group",
        hue="teal",
        title="{name}",
        description=_("People who share their records."),
        default_sort="name",
        columns=("name", "parent", "description"),
        quick=("name", "parent", "description"),
        details=(Panel(_("Team"), ("name", "parent", "description")),),
        group="settings",
        order=900,
        administered=True,
        rules=(check_parent,),
        follows=(rights_follow,),
    )

    class Meta(Record.Meta):
        db_table = "kernel_team"
