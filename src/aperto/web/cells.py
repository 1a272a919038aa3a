"""The rows of a list as joined strings: a function for each column, compiled once for a view and a viewer.

A template would spend most of the time of a list page here. Every text is escaped: cells by their field
kind, the rest below.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.records import Row
from aperto.kernel.viewer import Viewer
from aperto.web.people.looks import hue, initials

PINS = ("pin", "pin2", "pin3")
FEW = frozenset({"select", "user", "stage", "boolean", "rating"})  # kinds whose columns hold few values

type Cell = Callable[[Row], str]
type Editable = Callable[[Row], bool]


@dataclass(frozen=True)
class Column:
    """A field as a list shows it. `pin` is its class when it stays in sight, `leads` to the record."""

    field: Field
    width: int
    pin: str = ""
    leads: bool = False

    @property
    def kind(self) -> str:
        """The classes of its cells."""
        return f"{self.pin} num".strip() if self.field.numeric else self.pin

    @property
    def opening(self) -> str:
        return f'<td class="{self.kind}">' if self.kind else "<td>"


class Drawer:
    """Draws the rows of one list for one viewer. Rows that may not be changed say so, if there are any."""

    def __init__(
        self,
        declaration: ObjectType,
        columns: Sequence[Column],
        viewer: Viewer,
        *,
        selectable: bool = True,
        editable: Editable | None = None,
    ) -> None:
        self.columns = columns
        self.selectable = selectable
        self.editable = editable
        self.select = str(_("Select %(title)s")).replace("%(title)s", "{}")
        self.cells = [compile_cell(column, declaration, viewer) for column in columns]

    def rows(self, rows: Iterable[Row]) -> SafeString:
        return mark_safe("".join([self.row(row) for row in rows]))  # noqa: S308 - cells escape what they show

    def row(self, row: Row) -> str:
        key = row.id
        lock = "" if self.editable is None or self.editable(row) else " data-readonly"
        pieces = [f'<tr data-id="{key}" data-version="{row.version}"{lock}>']
        if self.selectable:
            label = escape(self.select.format(row.title))
            pieces.append(
                f'<td class="check"><input type="checkbox" name="id" value="{key}" aria-label="{label}"></td>'
            )
        pieces += [cell(row) for cell in self.cells]
        pieces.append("</tr>\n")
        return "".join(pieces)


def compile_cell(column: Column, declaration: ObjectType, viewer: Viewer) -> Cell:
    return _leading(column, declaration, viewer) if column.leads else _plain(column, viewer)


def _plain(column: Column, viewer: Viewer) -> Cell:
    opening, key, draw = column.opening, column.field.key, column.field.cell
    empty = opening + "</td>"

    def cell(row: Row) -> str:
        value = row.values[key]
        return empty if value is None else f"{opening}{draw(value, viewer)}</td>"

    return _once(key, cell) if column.field.kind in FEW else cell


def _once(key: str, cell: Cell) -> Cell:
    """Where few values come again and again, each is drawn once for all rows."""
    drawn: dict[Any, str] = {}

    def known(row: Row) -> str:
        value = row.values[key]
        held = drawn.get(value)
        if held is None:
            held = drawn[value] = cell(row)
        return held

    return known


def _leading(column: Column, declaration: ObjectType, viewer: Viewer) -> Cell:
    """The cell that opens the record: its face and its title."""
    opening, address = column.opening, f"/{declaration.key}/"
    shape = "avatar" if is_person(declaration) else "avatar square"
    nameless = escape(str(_("Without a name")))

    def cell(row: Row) -> str:
        title, key = escape(row.title) or nameless, str(row.id)
        letters = escape(initials(row.title))
        face = f'<span class="{shape}" data-hue="{hue(key)}" aria-hidden="true">{letters}</span>'
        return f'{opening}<a class="title-cell" href="{address}{key}">{face}{title}</a></td>'

    return cell


def is_person(declaration: ObjectType) -> bool:
    """Whether its records are people, who are drawn round."""
    return any(field.personal == "name" for field in declaration.fields.values())


def leads(field: Field, declaration: ObjectType) -> bool:
    """Whether the field is what the record is called by, alone."""
    return field.key == "title" or declaration.title == f"{{{field.key}}}"


def cell_of(column: Column, declaration: ObjectType, row: Row, viewer: Viewer) -> str:
    """The inside of one cell, as it is after an edit."""
    drawn = compile_cell(column, declaration, viewer)(row)
    return drawn[len(column.opening) : -len("</td>")]
