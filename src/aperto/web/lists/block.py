"""A block of cells from a spreadsheet, read against the rows and columns that it lands on.

Every cell is read as an import reads it. What a cell shows already changes nothing, so that a copied block
that comes back as it was leaves everything alone, even where the text says less than the value.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.rules import allows
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.fields.money import MoneyValue
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.records import Row
from aperto.transfer.cells import Memory
from aperto.transfer.pointing import Found, Pointers, is_pointing
from aperto.web.lists.listing import ACCESS

MOST_CELLS = 300_000
MOST_COLUMNS = 100
STEP = 500  # rows that are read and written at a time
HIDDEN = re.compile(r'<span class="avatar.*?</span>|<[^>]+>')

type Texts = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Cell:
    """What becomes of one cell; `message` says why it stays as it is, where it should have changed."""

    field: Field
    old: str
    new: str
    message: str = ""


@dataclass
class Line:
    """One row: the values that change, and the cells that are worth a look."""

    id: UUID
    title: str
    version: int
    values: dict[str, Any] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)


def texts_of(text: str) -> Texts:
    """Rows of cells as spreadsheets copy them; FieldError for what is none, or too big."""
    if "\0" in text:
        raise FieldError(_("The text holds a character that cannot be kept."))
    try:
        rows = list(csv.reader(io.StringIO(text.rstrip("\r\n"), newline=""), delimiter="\t"))
    except csv.Error:
        raise FieldError(_("These cells cannot be read.")) from None
    if not rows or sum(map(len, rows)) > MOST_CELLS or max(map(len, rows)) > MOST_COLUMNS:
        raise FieldError(_("At most %(most)s cells can be pasted.") % {"most": MOST_CELLS})
    return rows


def stretched(texts: Texts, height: int, width: int) -> Texts:
    """A block that is smaller than what it is pasted over is repeated, as spreadsheets do."""
    rows, columns = len(texts), max(map(len, texts))
    if height % rows or width % columns or (height, width) == (rows, columns) or height * width > MOST_CELLS:
        return texts
    wide = [[*row, *[""] * (columns - len(row))] * (width // columns) for row in texts]
    return wide * (height // rows)


class Reader:
    """Reads blocks for one actor, whose columns these are; None stands for a column that nobody writes."""

    def __init__(self, actor: Actor, declaration: ObjectType, fields: Sequence[Field]) -> None:
        self.actor, self.declaration, self.fields = actor, declaration, fields
        self.memories = {each.key: Memory(each, actor.viewer) for each in fields}
        self.pointers = Pointers(actor, declaration, create_missing=False)

    def lines(self, ids: Sequence[UUID], texts: Texts) -> Iterator[Line]:
        """The rows that the actor sees, in their order, read some at a time."""
        for start in range(0, len(ids), STEP):
            yield from self._step(ids[start : start + STEP], texts[start : start + STEP])

    def _step(self, ids: Sequence[UUID], texts: Texts) -> Iterator[Line]:
        keys = list(dict.fromkeys([*(each.key for each in self.fields), *ACCESS]))
        selection = records.visible(self.actor, self.declaration.key).only(ids)
        rows = {row.id: row for row in selection.page(columns=keys, limit=STEP).rows}
        found = {
            each.key: self._look_up(each, [row[place] for row in texts if place < len(row)])
            for place, each in enumerate(self.fields)
            if is_pointing(each)
        }
        for id_, row in zip(ids, texts, strict=True):
            if id_ in rows:
                yield self._line(rows[id_], row, found)

    def _look_up(self, each: Field, cells: Sequence[str]) -> Found:
        named = [name for cell in dict.fromkeys(cells) for name, _role in self.pointers.names_in(each, cell)]
        return self.pointers.look_up(each, named)

    def _line(self, row: Row, texts: Sequence[str], found: dict[str, Found]) -> Line:
        line = Line(row.id, row.title, row.version)
        locked = "" if self._may_edit(row) else _("You may not change this record.")
        for each, raw in zip(self.fields, texts, strict=False):
            present, text = row.values[each.key], raw.strip()
            old = shown(each, present, self.actor)
            if text in (old, each.text(present, self.actor.viewer) if present is not None else ""):
                continue
            writable = each.key in self.declaration.writable
            refused = locked or ("" if writable else _("This field is read-only."))
            if refused:
                line.cells.append(Cell(each, old, text, refused))
            else:
                self._read(line, each, text, present, found)
        return line

    def _read(self, line: Line, each: Field, text: str, present: Any, found: dict[str, Found]) -> None:
        old = shown(each, present, self.actor)
        try:
            value = self._value(each, text, present, found.get(each.key, {}))
            if value in (None, "", []) and each.required:
                raise FieldError(_("This field is required."))
        except FieldError as error:
            line.cells.append(Cell(each, old, text, str(error.message)))
            return
        if not same(each, value, present):
            line.values[each.key] = value
            line.cells.append(Cell(each, old, shown(each, value, self.actor)))

    def _value(self, each: Field, text: str, present: Any, found: Found) -> Any:
        if not is_pointing(each):
            value = self.memories[each.key].read(text)
            if isinstance(value, MoneyValue) and value.currency is None and present is not None:
                return replace(value, currency=present.currency, base=None)
            return value
        meant = self.pointers.value(each, self.pointers.names_in(each, text), found, present)
        refs = [ref for ref in meant if isinstance(ref, Ref)]
        return refs if each.kind == "multi_reference" else refs[0] if refs else None

    def _may_edit(self, row: Row) -> bool:
        owner, team = row.values["owner"], row.values["team"]
        return allows(self.actor, self.declaration, Verb.EDIT, owner and owner.id, team and team.id, row.id)


def same(each: Field, one: Any, other: Any) -> bool:
    empty: tuple[Any, ...] = (None, "", [])
    if one in empty or other in empty:
        return one in empty and other in empty
    return bool(each.to_json(one) == each.to_json(other))


def shown(each: Field, value: Any, actor: Actor) -> str:
    """A value as the text of its cell, without markup and faces; dates in full."""
    if value is None:
        return ""
    if each.kind in ("date", "datetime"):
        return each.text(value, actor.viewer)
    return " ".join(unescape(HIDDEN.sub("", each.cell(value, actor.viewer))).split())
