"""What stands beside what: the panels of the record page with a cell for each record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aperto.kernel import records
from aperto.kernel.access import rules
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.rules import Owned
from aperto.kernel.access.scopes import Verb
from aperto.kernel.fields.base import Field, text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.readable import readable
from aperto.web.records.details import panels_of
from aperto.web.records.reading import Shown

LEAST, MOST = 2, 4
GENERAL = ("owner", "team", "created_at", "updated_at")
ALWAYS_OTHERS = frozenset({"created_at", "updated_at"})  # differ without telling anything


@dataclass(frozen=True)
class Cell:
    """`url` is that of the field's editor, where the actor may edit it."""

    html: SafeString
    url: str
    title: str


@dataclass(frozen=True)
class Line:
    label: str
    cells: list[Cell]
    differs: bool


@dataclass(frozen=True)
class Panel:
    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Sheet:
    """`differing` is how many fields differ."""

    records: list[Shown]
    panels: list[Panel]
    differing: int


def sheet(actor: Actor, declaration: ObjectType, ids: Sequence[UUID]) -> Sheet:
    """The records that the actor sees, in the order of the keys: the same statements for two and for four."""
    known = readable(actor, declaration)
    wanted = list(dict.fromkeys([*known, "owner", "team"]))
    found = records.visible(actor, declaration.key).only(ids).iterate(wanted, chunk=MOST)
    held = {
        row.id: Shown(actor, declaration, row.id, row.version, row.title, row.values, known) for row in found
    }
    shown = [held[key] for key in ids if key in held]
    if len(shown) < LEAST:
        return Sheet(shown, [], 0)
    editable = _editable(actor, declaration, shown)
    panels = [Panel(title, _lines(fields, shown, editable)) for title, fields in _panels(shown[0])]
    return Sheet(shown, panels, sum(line.differs for panel in panels for line in panel.lines))


def _editable(actor: Actor, declaration: ObjectType, shown: Sequence[Shown]) -> set[UUID]:
    """Asked once for all of them, whatever the right hangs on."""
    owned = []
    for each in shown:
        owner, team = each.values.get("owner"), each.values.get("team")
        owned.append(Owned(each.id, owner and owner.id, team and team.id))
    return rules.allowed(actor, declaration, Verb.EDIT, owned)


def _panels(record: Shown) -> Iterable[tuple[str, list[Field]]]:
    """Those of the record page, the stage first; then whose it is and since when."""
    fields, path = record.fields, record.declaration.path
    named: set[str] = set()
    for place, panel in enumerate(panels_of(record)):
        keys = [each.key for each in panel.places]
        keys = [path, *keys] if place == 0 and path in fields else keys
        named.update(keys)
        yield panel.title, [fields[key] for key in keys]
    yield _("Record"), [fields[key] for key in GENERAL if key in fields and key not in named]


def _lines(fields: Iterable[Field], shown: Sequence[Shown], editable: set[UUID]) -> list[Line]:
    return [_line(each, shown, editable) for each in fields]


def _line(field: Field, shown: Sequence[Shown], editable: set[UUID]) -> Line:
    """The stage is moved on the record's page, which asks for what the stage requires."""
    fixed = field.readonly or field.key == shown[0].declaration.path
    cells = [
        Cell(
            SafeString(each.html(field.key)),
            "" if fixed or each.id not in editable else f"{each.url}/field/{field.key}",
            each.title,
        )
        for each in shown
    ]
    differs = field.key not in ALWAYS_OTHERS and len({cell.html for cell in cells}) > 1
    return Line(text_of(field.label), cells, differs)


def only_differences(found: Sheet) -> Sheet:
    """The same without the lines that are equal."""
    panels = [replace(each, lines=[line for line in each.lines if line.differs]) for each in found.panels]
    return replace(found, panels=[each for each in panels if each.lines])
