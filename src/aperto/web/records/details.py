"""What a record is: its fields by panels, each edited in the place where it is read."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aperto.kernel.fields.base import Field, text_of
from aperto.web.records.reading import Shown

SYSTEM = frozenset(
    {
        "title",
        "created_at",
        "created_by",
        "updated_at",
        "updated_by",
        "deleted_at",
        "version",
        "owner",
        "team",
    }
)


@dataclass(frozen=True)
class Line:
    """One field of a panel; `url` edits it, and is empty where the actor may not."""

    key: str
    label: str
    html: str
    url: str = ""
    help: str = ""


@dataclass(frozen=True)
class Panel:
    title: str
    lines: list[Line] = field(default_factory=list)
    open: bool = True


def panels_of(record: Shown) -> list[Panel]:
    """The declared panels; what none of them names, such as fields that were added, follows at the end."""
    declaration = record.declaration
    named = {key for panel in declaration.details for key in panel.fields}
    # The path shows the stage, and what a write derives is said elsewhere on the page.
    kept = named | SYSTEM | {declaration.path}
    rest = [key for key, each in record.fields.items() if key not in kept and not each.readonly]
    panels = [Panel(text_of(each.title), list(_lines(record, each.fields))) for each in declaration.details]
    panels.append(Panel(_("More"), list(_lines(record, rest))))
    filled = [panel for panel in panels if panel.lines]
    return [
        Panel(
            panel.title,
            panel.lines,
            place == 0 or any(record.values.get(line.key) not in (None, False, []) for line in panel.lines),
        )
        for place, panel in enumerate(filled)
    ]


def _lines(record: Shown, keys: Iterable[str]) -> Iterable[Line]:
    for key in keys:
        each = record.fields.get(key)
        if each is None or key == record.declaration.path:
            continue
        yield line_of(record, each)


def line_of(record: Shown, each: Field) -> Line:
    return Line(
        key=each.key,
        label=text_of(each.label),
        html=SafeString(record.html(each.key)),
        url="" if each.readonly or not record.editable else f"{record.url}/field/{each.key}",
        help=text_of(each.help),
    )
