"""The first rows of a file as they would come in: each cell's value, or what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from aperto.kernel.access.actor import Actor
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.declaration import ObjectType
from aperto.transfer.beside import plan_of
from aperto.transfer.choices import Choices
from aperto.transfer.lines import Line
from aperto.transfer.plan import Plan
from aperto.transfer.pointing import ToCreate
from aperto.transfer.reading import Table
from aperto.transfer.targets import FULL_NAME, ID

ROWS = 50
LONGEST = 80


@dataclass(frozen=True)
class Cell:
    """`look` is "", "cell-error", "cell-new" or "cell-parsed"; `why` what is wrong with it."""

    text: str
    look: str = ""
    why: str = ""


@dataclass(frozen=True)
class Shown:
    number: int
    end: str
    hue: str
    cells: list[Cell]
    reasons: list[str]


@dataclass(frozen=True)
class Preview:
    heads: list[str]
    rows: list[Shown]
    summary: list[tuple[str, str, int]]  # hue, words, how many


def preview_of(actor: Actor, declaration: ObjectType, table: Table, choices: Choices) -> Preview:
    """Reads only: what would be created is shown, not made."""
    plan = plan_of(actor, declaration, choices)
    with override(actor.viewer.language):
        lines = plan.read(islice(table.rows(), ROWS))
        plan.settle(lines, create=False)
    places = sorted(choices.mapping)
    rows = [_row(plan, line, places) for line in lines]
    counted: dict[tuple[str, str], int] = {}
    for row in rows:
        counted[row.hue, row.end] = counted.get((row.hue, row.end), 0) + 1
    return Preview(
        [table.header[place] for place in places],
        rows,
        [(hue, words, n) for (hue, words), n in counted.items()],
    )


def _row(plan: Plan, line: Line, places: Sequence[int]) -> Shown:
    end, hue = _end(plan, line)
    reasons = [] if plan.skips(line) else line.reasons(plan.declaration)
    return Shown(line.number, end, hue, [_cell(plan, line, place) for place in places], reasons)


def _end(plan: Plan, line: Line) -> tuple[str, str]:
    if plan.skips(line):
        return _("Left as it is"), "slate"
    if line.errors or line.record is None:
        return _("Refused"), "red"
    if line.is_new:
        return _("New"), "green"
    return (_("Joins an earlier row"), "amber") if line.follows else (_("Updates"), "blue")


def _cell(plan: Plan, line: Line, place: int) -> Cell:
    key, _dot, piece = plan.choices.mapping[place].partition(".")
    raw = line.cells[place].strip()[:LONGEST] if place < len(line.cells) else ""
    messages = line.errors.get(key)
    if messages and (raw or not piece):
        return Cell(raw, "cell-error", str(messages[0]))
    if not raw:
        return Cell("")
    if key in (ID, FULL_NAME) or piece or key not in line.values:
        return Cell(raw, "cell-parsed" if not line.names.get(key) else "")
    value = line.values[key]
    text = plan.fields[key].text(_written(value), plan.actor.viewer)[:LONGEST]
    return Cell(text, "cell-new" if _is_new(value) else "", raw if text != raw else "")


def _written(value: Any) -> Any:
    """References that do not exist yet, as far as they can be shown."""
    if isinstance(value, list):
        return [_written(each) for each in value]
    return Ref(value.object, None, value.title, role=value.role) if isinstance(value, ToCreate) else value  # type: ignore[arg-type]  # shown only


def _is_new(value: Any) -> bool:
    return isinstance(value, ToCreate) or (
        isinstance(value, list) and any(isinstance(v, ToCreate) for v in value)
    )
