"""`Layout`: what one place of an object shows, as a record: with history, undo, a recycle bin and an API."""

from typing import ClassVar

from django.db.models import Index
from django.utils.translation import gettext_lazy as _

from aperto.kernel import fields
from aperto.kernel.access.choices import ObjectOfRules, RoleChoice
from aperto.kernel.fields.select import Option
from aperto.kernel.layouts.arrangement import PLACES
from aperto.kernel.layouts.check import check_layout
from aperto.kernel.objects.declaration import ObjectType, Panel
from aperto.kernel.objects.record import ALIVE, Record
from aperto.kernel.shape.current import changed


class Layout(Record):
    name = fields.Text(_("Name"), search_weight=2, longest=200, help=_("Made from the object and the place."))
    of_object = ObjectOfRules(_("Object"), required=True)
    place = fields.Select(
        _("Place"), required=True, options=tuple(Option(key, label) for key, label in PLACES.items())
    )
    for_role = RoleChoice(_("For the role"), help=_("Nobody named: for everybody."))
    for_team = fields.Reference(_("For the team"), to="team", help=_("And those beneath it."))
    arrangement = fields.Json(_("Arrangement"), required=True)

    declares: ClassVar[ObjectType] = ObjectType(
        key="layout",
        label=_("Layout"),
        plural=_("Layouts"),
        icon="layout-columns",
        hue="violet",
        description=_("What pages, forms, cards and lists show, for everybody or for a role or a team."),
        title="{name}",
        default_sort="name",
        columns=("name", "of_object", "place", "for_role", "for_team"),
        quick=("of_object", "place", "for_role", "for_team", "arrangement"),
        details=(Panel(_("Details"), ("name", "of_object", "place", "for_role", "for_team", "arrangement")),),
        group="settings",
        administered=True,
        known_by=("of_object", "place", "for_role", "for_team"),
        order=916,
        rules=(check_layout,),
        follows=(changed,),
    )

    class Meta(Record.Meta):
        db_table = "kernel_layout"
        indexes = [
            *Record.Meta.indexes,
            Index(fields=["of_object", "place"], name="layout_place", condition=ALIVE),
        ]
