"""Cells from a spreadsheet, pasted into a list: first what they would change, then the change, which one
undo takes back. Many cells are a job."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aperto.kernel import changes
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import FieldError, Missing
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.web.door import done, object_page
from aperto.web.lists import bulk, groups, paste_job
from aperto.web.lists.block import STEP, Line, Reader, Texts, stretched, texts_of
from aperto.web.lists.bulk_job import Tally, clean
from aperto.web.lists.listing import Listing
from aperto.web.lists.saved import listing_of
from aperto.web.lists.selection import Chosen, as_key
from aperto.web.lists.words import label_of
from aperto.web.request import Request
from aperto.web.shell import render

AT_ONCE = 20_000  # more cells than this are a job
LOOKED_AT = 1_000  # rows of a job that the preview reads
SHOWN = 200  # cells of the preview
MOST_ROWS = 100_000


@dataclass(frozen=True)
class Block:
    """Where the cells go: the rows as far as there are any, and the columns from the one in focus on."""

    ids: list[UUID]
    fields: list[Field]
    texts: Texts
    versions: dict[UUID, int]
    missing: int = 0

    @property
    def cells(self) -> int:
        return len(self.ids) * len(self.fields)


@require_POST
@object_page
def paste(request: Request, declaration: ObjectType) -> HttpResponse:
    """The preview; with `apply` the change."""
    listing = listing_of(request, declaration)
    try:
        block = _block(request, listing)
    except FieldError as error:
        return done(request, error.message, tone="bad", to=listing.url())
    bulk.require(request, declaration, Verb.EDIT, in_bulk=len(block.ids) > 1)
    if request.POST.get("apply"):
        return _apply(request, listing, block)
    return _preview(request, listing, block)


def _block(request: Request, listing: Listing) -> Block:
    """FieldError for cells that cannot be read, or that land nowhere."""
    post = request.POST
    keys = [column.field.key for column in listing.columns]
    if post.get("column") not in keys:
        raise FieldError(_("There is no such field."))
    texts = stretched(texts_of(post.get("text", "")), _whole(post.get("height")), _whole(post.get("width")))
    fields = [column.field for column in listing.columns][keys.index(post["column"]) :]
    fields = fields[: max(map(len, texts))]
    told = [each.partition(":") for each in post.get("rows", "").split(",")[:MOST_ROWS]]
    rows = {key: _whole(version) for text, _colon, version in told if (key := as_key(text))}
    ids = list(rows)[: len(texts)]
    if len(ids) < len(texts):
        ids += _following(listing, post.get("next", ""), len(texts) - len(ids))
    if not ids:
        raise FieldError(_("There are no rows to paste into."))
    return Block(ids, fields, texts[: len(ids)], rows, len(texts) - len(ids))


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 1


def _following(listing: Listing, address: str, number: int) -> list[UUID]:
    """Rows that the page has not loaded yet, from the cursor at its end on."""
    asked = parse_qs(urlsplit(address).query, keep_blank_values=True)
    after, within, ids = asked.get("cursor", [""])[0], asked.get("within", [None])[0], list[UUID]()
    while after and len(ids) < number:
        most = min(STEP, number - len(ids))
        page = listing.page(after, most) if within is None else groups.page_of(listing, within, after, most)
        ids += [row.id for row in page.rows]
        after = page.next or ""
    return ids


# -- preview -----------------------------------------------------------------------------------------


def _preview(request: Request, listing: Listing, block: Block) -> HttpResponse:
    reader = Reader(request.actor, listing.declaration, block.fields)
    few = block.cells <= AT_ONCE
    most = len(block.ids) if few else LOOKED_AT
    lines = list(reader.lines(block.ids[:most], block.texts[:most]))
    cells = [(line, cell) for line in lines for cell in line.cells]
    wrong = [(line, cell) for line, cell in cells if cell.message]
    context = {
        "declaration": listing.declaration,
        "shown": [(line.title, label_of(cell.field), cell) for line, cell in [*wrong, *_fine(cells)][:SHOWN]],
        "more": max(len(cells) - SHOWN, 0),
        "changed": len(cells) - len(wrong),
        "wrong": len(wrong),
        "unread": len(block.ids) - most,
        "missing": block.missing,
        "hidden": _hidden(request, block, lines),
        "size": "wide",
        "dialog_id": "dialog-paste",
        "form_url": listing.url("/paste"),
    }
    return render(request, "lists/paste.html", context)


def _fine(cells: list[tuple[Line, Any]]) -> list[tuple[Line, Any]]:
    return [(line, cell) for line, cell in cells if not cell.message]


def _hidden(request: Request, block: Block, lines: list[Line]) -> list[tuple[str, str]]:
    """What the preview sends again, with the rows and versions that it has shown."""
    versions = {line.id: line.version for line in lines}
    rows = ",".join(f"{key}:{versions.get(key, '')}" for key in block.ids)
    kept = [(name, request.POST.get(name, "")) for name in ("column", "height", "width")]
    return [*kept, ("rows", rows), ("apply", "1")]


# -- change ------------------------------------------------------------------------------------------


def _apply(request: Request, listing: Listing, block: Block) -> HttpResponse:
    batch = changes.new_batch()
    if block.cells > AT_ONCE:
        return _later(request, listing, block, batch)
    reader, tally = Reader(request.actor, listing.declaration, block.fields), Tally()
    with transaction.atomic():
        lines = list(reader.lines(block.ids, block.texts))
        paste_job.write(request.actor, listing.declaration.key, lines, batch, tally, block.versions)
    undo = f"/undo/batch/{batch}" if tally.changed else ""
    tone = "good" if tally.changed or not tally.reasons else "bad"
    said = bulk.words(tally, deleted=False)
    if tally.reasons and not tally.refused:
        said = " ".join([said, *tally.reasons])
    return done(request, said, undo=undo, tone=tone, to=listing.url(), events=bulk.CLOSED)


def _later(request: Request, listing: Listing, block: Block, batch: UUID) -> HttpResponse:
    label = _("Paste into %(objects)s") % {"objects": str(listing.declaration.plural).lower()}
    task = paste_job.paste_many.using(actor_id=request.actor.user_id, label=label)
    ids, keys = [str(key) for key in block.ids], [each.key for each in block.fields]
    with transaction.atomic():
        result = task.enqueue(
            listing.declaration.key, keys, ids, [list(row) for row in block.texts], str(batch)
        )
    return bulk.progressing(request, result.id)


# -- fill down ---------------------------------------------------------------------------------------


@require_POST
@object_page
def fill(request: Request, declaration: ObjectType) -> HttpResponse:
    """Gives the values of one row's cells to the rows below it."""
    bulk.require(request, declaration, Verb.EDIT)
    listing = listing_of(request, declaration)
    told = request.POST.get("rows", "").split(",")[:MOST_ROWS]
    ids = [key for each in told if (key := as_key(each.partition(":")[0]))]
    row = listing.row(ids[0]) if len(ids) > 1 else None
    keys = [key for key in request.POST.getlist("column") if row and key in row.values]
    fields = [declaration.fields[key] for key in keys if key in declaration.writable]
    if row is None:
        raise Missing("rows")
    if not fields:
        return done(request, _("This field is read-only."), tone="bad", to=listing.url())
    values = {each.key: _json(each, row.values[each.key]) for each in fields}
    chosen = Chosen(declaration.key, tuple(ids[1:]), listing.text)
    return bulk.carry_out(request, listing, chosen, clean(declaration.key, values))


def _json(field: Field, value: Any) -> Any:
    """The form that loses nothing and holds no more than was written: no rate of another day."""
    return None if value is None else field.to_json(value)
