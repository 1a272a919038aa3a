"""What a record is: its fields by panels, each edited in the place where it is read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aperto.kernel.fields.base import Field, text_of
from aperto.kernel.fields.filled_by import FILLED
from aperto.kernel.layouts.arrangement import TWO
from aperto.web.forms.states import asked, present, state_of
from aperto.web.records import filled
from aperto.web.records.reading import Shown
from aperto.web.remembering import remembered

SYSTEM = frozenset(
    {
        "title",
        "created_at",
        "created_by",
        "updated_at",
        "updated_by",
        "deleted_at",
        "version",
        FILLED,
        "owner",
        "team",
    }
)


@dataclass(frozen=True)
class Line:
    """The value of one field as it is after a write; `url` edits it, and is empty where the actor may not."""

    key: str
    html: str
    url: str = ""


@dataclass(frozen=True)
class Place:
    """Where a field of a panel stands: what is the same there for every record of the object."""

    key: str
    label: str  # the whole `dt`
    opening: str  # of the `dd`
    readonly: bool


@dataclass(frozen=True)
class Panel:
    title: str
    places: tuple[Place, ...]
    two: bool = False  # columns


def drawn_panels(record: Shown) -> SafeString:
    """The panels as joined strings; the first is open, and the others are where they hold something."""
    frame = remembered(record.actor, ("details", record.declaration.key), lambda: panels_of(record))
    return drawn(record, frame, f"{escape(record.url)}/field/" if record.editable else "", unasked(record))


def drawn(record: Shown, frame: list[Panel], address: str = "", hidden: Sequence[str] = ()) -> SafeString:
    """`address` begins that of each field's editor; without one they are only read."""
    return SafeString("".join([_panel(record, each, address, each is frame[0], hidden) for each in frame]))


def unasked(record: Shown) -> list[str]:
    """The fields that are not shown in the state that the record is in."""
    declaration = record.declaration
    if not asked(declaration):
        return []
    values = present(record.actor, declaration, record.id)
    return state_of(record.actor, declaration, values, record.id).unasked


def _panel(record: Shown, panel: Panel, address: str, first: bool, hidden: Sequence[str]) -> str:
    filled = first or any(record.values.get(each.key) not in (None, False, []) for each in panel.places)
    places = [_line(record, each, address, panel.two, each.key in hidden) for each in panel.places]
    lines, two = "".join(places), " two" if panel.two else ""
    return (
        f'\n<details class="facts"{" open" if filled else ""}><summary class="section-title">'
        f'<h2>{escape(panel.title)}</h2></summary>\n<dl class="fields{two}">{lines}</dl></details>'
    )


def _line(record: Shown, place: Place, address: str, grouped: bool, hidden: bool) -> str:
    """In two columns the label stands above its value, and both in a box of their own."""
    edit = f' tabindex="0" data-edit-url="{address}{place.key}"' if address and not place.readonly else ""
    label = place.label.replace("<dt ", "<dt data-unasked ", 1) if hidden else place.label
    if record.values.get(FILLED):
        label = label.replace("</dt>", f"{filled.mark(record, place.key, bool(edit))}</dt>", 1)
    edit += " data-unasked" if hidden else ""
    line = f"{label}{place.opening}{edit}>{record.html(place.key)}</dd>"
    return f"<div>{line}</div>" if grouped else line


def panels_of(record: Shown) -> list[Panel]:
    """The declared panels; what none of them names, such as fields that were added, follows at the end."""
    declaration = record.declaration
    named = {key for panel in declaration.details for key in panel.fields}
    # The path shows the stage, and what a write derives is said elsewhere on the page.
    kept = named | SYSTEM | {declaration.path}
    rest = [key for key, each in record.fields.items() if key not in kept and not each.readonly]
    panels = [
        Panel(text_of(each.title), _places(record, each.fields), each.columns == TWO)
        for each in declaration.details
    ]
    panels.append(Panel(_("More"), _places(record, rest)))
    return [panel for panel in panels if panel.places]


def _places(record: Shown, keys: Iterable[str]) -> tuple[Place, ...]:
    shown = (record.fields[key] for key in keys if key in record.fields and key != record.declaration.path)
    return tuple(_place(each) for each in shown)


def _place(each: Field) -> Place:
    key, help_ = escape(each.key), escape(text_of(each.help))
    title = f' title="{help_}"' if help_ else ""
    label = f'<dt id="l-{key}"{title}>{escape(text_of(each.label))}</dt>'
    return Place(each.key, label, f'<dd id="v-{key}" aria-labelledby="l-{key}"', each.readonly)


def line_of(record: Shown, each: Field) -> Line:
    return Line(
        key=each.key,
        html=SafeString(record.html(each.key)),
        url="" if each.readonly or not record.editable else f"{record.url}/field/{each.key}",
    )
