"""The menu and the switches of modules, as records: with history, undo, a recycle bin and an API."""

from typing import ClassVar

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from aperto.kernel import fields
from aperto.kernel.access.choices import RoleChoice
from aperto.kernel.changes.draft import Work
from aperto.kernel.errors import FieldError, Message
from aperto.kernel.fields.choice import Choice
from aperto.kernel.layouts import menu, modules
from aperto.kernel.objects.declaration import ObjectType, Panel
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.shape.current import changed


def check_menu(work: Work) -> None:
    if work.created and not work.value("name"):
        work.put("name", str(_("Menu")))
    role = work.value("for_role") or None
    if _others(work, "Menu", for_role=role):
        work.refuse("for_role", _("There is a menu for these people already."))
    if work.created or work.changes("arrangement"):
        try:
            plan = menu.read(work.value("arrangement"))
            _know(plan)
        except FieldError as error:
            work.refuse("arrangement", error.message)


def _know(plan: menu.MenuPlan) -> None:
    for key in (*(key for group in plan.groups for key in group.items), *plan.hidden):
        if key not in registry:
            raise FieldError(_("There is no object “%(key)s”.") % {"key": key[:60]})


def check_module(work: Work) -> None:
    if _others(work, "ModuleSwitch", module=work.value("module")):
        work.refuse("module", _("This module has a switch already."))


def _others(work: Work, model: str, **same: object) -> bool:
    rows = apps.get_model("kernel", model)._default_manager.filter(deleted_at=None, **same)
    return bool(rows.exclude(pk=work.record.pk).exists())


class ModuleChoice(Choice):
    """A module, by the label of its app."""

    def known(self) -> dict[str, Message]:
        return {key: modules.label(each) for key, each in modules.modules().items()}


class Menu(Record):
    name = fields.Text(_("Name"), search_weight=2, longest=120)
    for_role = RoleChoice(_("For the role"), help=_("Nobody named: for everybody."))
    arrangement = fields.Json(_("Arrangement"), required=True)

    declares: ClassVar[ObjectType] = ObjectType(
        key="menu",
        label=_("Menu"),
        plural=_("Menus"),
        icon="menu-2",
        hue="violet",
        description=_("The order and the groups of the navigation, and what it leaves out."),
        title="{name}",
        default_sort="name",
        columns=("name", "for_role"),
        quick=("name", "for_role", "arrangement"),
        details=(Panel(_("Details"), ("name", "for_role", "arrangement")),),
        group="settings",
        administered=True,
        order=917,
        rules=(check_menu,),
        follows=(changed,),
    )

    class Meta(Record.Meta):
        db_table = "kernel_menu"


class ModuleSwitch(Record):
    module = ModuleChoice(_("Module"), required=True)
    off = fields.Boolean(_("Off"), default=True)

    declares: ClassVar[ObjectType] = ObjectType(
        key="module_switch",
        label=_("Module"),
        plural=_("Modules"),
        icon="apps",
        hue="violet",
        description=_("Parts of the product that are switched off; their records are kept."),
        title="{module}",
        default_sort="module",
        columns=("module", "off"),
        quick=("module", "off"),
        details=(Panel(_("Details"), ("module", "off")),),
        group="settings",
        administered=True,
        known_by=("module",),
        order=918,
        rules=(check_module,),
        follows=(changed,),
    )

    class Meta(Record.Meta):
        db_table = "kernel_module_switch"
