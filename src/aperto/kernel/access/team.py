"""`Team`: people who share records. Who is in it are rows of `TeamMember`, written by `people`."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from aperto.kernel.fields.text import Text
from aperto.kernel.objects.declaration import ObjectType, Panel
from aperto.kernel.objects.record import Record


class Team(Record):
    name = Text(_("Name"), required=True, unique=True, search_weight=3)
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
        columns=("name", "description"),
        quick=("name", "description"),
        details=(Panel(_("Team"), ("name", "description")),),
        group="settings",
        order=900,
        administered=True,
    )

    class Meta(Record.Meta):
        db_table = "kernel_team"
