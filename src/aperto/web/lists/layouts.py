"""The layouts of a list: what each is called, for which objects it is offered, and what it is told.

A layout stands at `/<object>/<key>`; its settings are parameters of the address, which the other layouts hand
on and a saved view keeps.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.calendar.axis import has_axis
from aperto.kernel.errors import Message
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.grouping import can_group
from aperto.kernel.query.readable import readable
from aperto.web.lists.arrangement import BOARD, CALENDAR, TABLE

type Fits = Callable[[Actor, ObjectType], bool]


def always(actor: Actor, declaration: ObjectType) -> bool:
    return True


@dataclass(frozen=True)
class Layout:
    """`settings` are the names of its parameters."""

    key: str
    label: Message
    icon: str
    fits: Fits = always
    settings: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where it stands under the address of the object."""
        return "" if self.key == TABLE else f"/{self.key}"


def _has_board(actor: Actor, declaration: ObjectType) -> bool:
    return bool(declaration.board) and declaration.board in readable(actor, declaration)


def _has_groups(actor: Actor, declaration: ObjectType) -> bool:
    return any(can_group(each) and each.label for each in readable(actor, declaration).values())


ALL = (
    Layout(TABLE, _("Table"), "table"),
    Layout(BOARD, _("Board"), "layout-kanban", _has_board),
    Layout(CALENDAR, _("Calendar"), "calendar", has_axis, ("placed", "mode", "colour")),
    Layout("chart", _("Chart"), "chart-bar", _has_groups, ("kind", "by", "split", "measure")),
    Layout("timeline", _("Timeline"), "layout-list", has_axis, ("begins", "ends", "lanes", "zoom", "colour")),
)
BY_KEY = {layout.key: layout for layout in ALL}
SETTINGS = tuple(name for layout in ALL for name in layout.settings)


def offered(actor: Actor, declaration: ObjectType) -> Iterable[Layout]:
    return [layout for layout in ALL if layout.fits(actor, declaration)]


def place_of(key: str, actor: Actor, declaration: ObjectType) -> str:
    """Where the layout stands; that of the table for one that does not fit."""
    layout = BY_KEY.get(key)
    return layout.place if layout and layout.fits(actor, declaration) else ""
