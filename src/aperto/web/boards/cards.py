"""A card of a board, written like the cells of a list: one function for each place, compiled once."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from html import escape
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aperto.kernel.changes.activity import FOLLOWED
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.formats.dates import write_near_date
from aperto.kernel.fields.formats.times import write_time
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.pointers import USER, targets
from aperto.kernel.records import Row
from aperto.kernel.viewer import Viewer
from aperto.web.boards.lanes import Lane
from aperto.web.people.looks import hue, initials
from aperto.web.templatetags.aperto_icons import icon

NEXT_ACTIVITY = FOLLOWED[0]
SINCE = "stage_since"
WORDS = frozenset({"text", "long_text"})  # stand above, where they have a line to themselves

type Piece = Callable[[Row], str]


class CardDrawer:
    """Draws cards: whose it is above, its title, figures and dates below, with marks of age and of the next
    step. Texts are escaped by their field kind, or here. `following` is the activity that a missing next
    step becomes, empty for whoever may not make it."""

    def __init__(
        self, declaration: ObjectType, fields: Sequence[Field], viewer: Viewer, following: str = ""
    ) -> None:
        self.address, self.viewer, self.fields = f"/{declaration.key}/", viewer, fields
        self.now = viewer.now()
        self.today = self.now.date()
        self.nameless = escape(_("Without a name"))
        pointing = [field for field in fields if targets(field)]
        people = [field for field in pointing if targets(field) == (USER,)]
        self.above = [_cell(field, viewer) for field in pointing if field not in people]
        self.above += [_words(field, viewer) for field in fields if field.kind in WORDS]
        self.above += [_face(field) for field in people]
        rest = [
            field
            for field in fields
            if not targets(field) and field.key != NEXT_ACTIVITY and field.kind not in WORDS
        ]
        self.below = [_figure(field, viewer) for field in rest]
        self.follows = any(field.key == NEXT_ACTIVITY for field in fields)
        self.missing = _missing(self.address, following)

    def cards(self, rows: Sequence[Row], lane: Lane) -> SafeString:
        return mark_safe("".join([self.card(row, lane) for row in rows]))  # noqa: S308 - escaped below

    def card(self, row: Row, lane: Lane, attributes: str = "") -> str:
        key, title = str(row.id), escape(row.title) or self.nameless
        age, mark = self.age(row, lane)
        above = "".join([piece(row) for piece in self.above])
        below = "".join([piece(row) for piece in self.below])
        if self.follows:
            below += self.due(row, key, lane)
        return (
            f'<article class="card{age}" id="card-{key}" data-id="{key}" data-version="{row.version}"'
            f' tabindex="0" aria-label="{title}"{attributes}>'
            f'{_row(above)}<h3><a href="{self.address}{key}">{title}</a></h3>{_row(below)}{mark}'
            "</article>\n"
        )

    def age(self, row: Row, lane: Lane) -> tuple[str, str]:
        """Marks of a record that stands in its lane longer than it should; twice as long is worse."""
        since: datetime | None = row.values.get(SINCE)
        if since is None or not lane.ageing_days or not lane.is_open:
            return "", ""
        days = (self.now - since).days
        if days <= lane.ageing_days:
            return "", ""
        text = ngettext("%(n)s day here", "%(n)s days here", days) % {"n": days}
        kind, tone = (" rotten", "bad") if days > 2 * lane.ageing_days else (" aging", "warn")
        return kind, f'<p class="tiny {tone}">{icon("hourglass", "xs")} {escape(text)}</p>'

    def due(self, row: Row, key: str, lane: Lane) -> str:
        """When something is planned next: late, today, on a day, or not at all."""
        moment: datetime | None = row.values.get(NEXT_ACTIVITY)
        if moment is None:
            return self.missing(key) if lane.is_open else ""
        local = moment.astimezone(self.viewer.zone)
        days = (local.date() - self.today).days
        if days < 0:
            text = ngettext("%(n)s day late", "%(n)s days late", -days) % {"n": -days}
            return _due(" late", "alert-circle", text)
        if days == 0:
            late = " late" if local < self.now else " today"
            return _due(late, "clock", _("Today, %(time)s") % {"time": write_time(local, self.viewer)})
        return _due("", "calendar", write_near_date(local.date(), self.viewer))


def _missing(address: str, following: str) -> Callable[[str], str]:
    """Nothing is planned: a click plans it, for whoever may."""
    text = escape(_("No next step"))
    if not following:
        return lambda key: f'<span class="due no-next">{text}</span>'
    inner = f'/compose/{following}" data-dialog>{icon("plus", "xs")}{text}</a></span>'
    return lambda key: f'<span class="due no-next"><a href="{address}{key}{inner}'


def _row(inner: str) -> str:
    return f'<div class="row">{inner}</div>' if inner else ""


def _due(kind: str, name: str, text: str) -> str:
    return f'<span class="due{kind}">{icon(name, "xs")}{escape(text)}</span>'


def _cell(field: Field, viewer: Viewer) -> Piece:
    key, draw = field.key, field.cell
    return lambda row: "" if row.values[key] is None else draw(row.values[key], viewer)


def _words(field: Field, viewer: Viewer) -> Piece:
    """One line, cut off where it ends."""
    key, draw = field.key, field.cell
    return lambda row: (
        "" if row.values[key] is None else f'<span class="clip">{draw(row.values[key], viewer)}</span>'
    )


def _figure(field: Field, viewer: Viewer) -> Piece:
    kind = ' class="amount"' if field.numeric else ""
    key, draw = field.key, field.cell
    return lambda row: (
        "" if row.values[key] is None else f"<span{kind}>{draw(row.values[key], viewer)}</span>"
    )


def _face(field: Field) -> Piece:
    """A person as initials, drawn once for all cards; the name is there for who does not see them."""
    key, label = field.key, escape(str(field.label))

    @cache
    def drawn(id_: UUID, title: str) -> str:
        name = escape(title)
        return (
            f'<span class="avatar" data-hue="{hue(id_)}" role="img" aria-label="{label}: {name}"'
            f' title="{name}">{escape(initials(title))}</span>'
        )

    def face(row: Row) -> str:
        value: Any = row.values[key]
        return "" if value is None or not value.title else drawn(value.id, value.title)

    return face
