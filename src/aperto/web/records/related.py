"""What belongs to a record: a panel for each relation, its first rows, and adding to it in place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aperto.kernel import files
from aperto.kernel.access import rules
from aperto.kernel.access.scopes import Verb
from aperto.kernel.files import StoredFile
from aperto.kernel.files.models import CHECKING, CLEAN, FOUND
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.rows import Row
from aperto.web.door import object_page
from aperto.web.people import looks
from aperto.web.records import relations
from aperto.web.records.head import REACHED
from aperto.web.records.panels import Source, links, selection, sources
from aperto.web.records.reading import Shown, shown
from aperto.web.request import Request
from aperto.web.shell import render
from aperto.web.templatetags.aperto_icons import drawing

MOST = 5


@dataclass(frozen=True)
class Panel:
    """The context `panel` of `records/parts/related_panel.html`. `count` may be an estimate, `members` is
    safe HTML."""

    number: int
    title: str
    icon: str
    count: str
    members: str = ""
    all_url: str = ""
    link_url: str = ""
    drop_url: str = ""


def related_context(record: Shown) -> dict[str, Any]:
    return {"record": record, "related": [panel_of(record, each) for each in sources(record)]}


def panel_of(record: Shown, source: Source) -> Panel:
    chosen = selection(record, source)
    wanted = [*source.shown, *source.phones, *_content(source), *_rights(record, source), *_other(source)]
    columns = [key for key in dict.fromkeys(wanted) if key in source.target.fields]
    page = chosen.page(columns=columns, sort=source.sort, limit=MOST)
    number, exact = len(page.rows), True
    if page.next:
        counted = chosen.count()
        number, exact = counted.number, counted.exact
    url = f"{record.url}/related/{source.number}"
    may_add = record.editable if source.here else record.actor.may(source.target, Verb.CREATE)
    listed = f"/{source.target.key}?q={quote(source.filter_text(record.id))}"
    return Panel(
        number=source.number,
        title=source.title,
        icon=source.target.icon,
        count=f"{number:,}" if exact else f"~{number:,}",
        members=SafeString("".join(_members(record, source, page.rows))),
        all_url="" if source.here or not page.next else listed,
        link_url=_link_url(record, source, url) if may_add and not source.content else "",
        drop_url=f"{url}/drop" if may_add and source.content else "",
    )


def _link_url(record: Shown, source: Source, url: str) -> str:
    """A link with columns is made by its form, which holds this end already."""
    if source.other is None:
        return f"{url}/link"
    return f"/{source.target.key}/new?{source.field.key}={record.declaration.key}:{record.id}"


def _other(source: Source) -> Iterable[str]:
    return (source.other.key,) if source.other else ()


def _rights(record: Shown, source: Source) -> Iterable[str]:
    """What the right to change depends on; nothing where all that is seen may be changed, or none of it."""
    if source.here or _same_reach(record, source) or not record.actor.may(source.target, Verb.EDIT):
        return ()
    return ("owner", "team")


def _same_reach(record: Shown, source: Source) -> bool:
    return rules.is_even(record.actor, source.target, Verb.EDIT)


def _content(source: Source) -> Iterable[str]:
    return (source.content.key,) if source.content else ()


def _members(record: Shown, source: Source, rows: list[Row]) -> Iterable[str]:
    if source.other is not None:
        yield from relations.members(record, source, source.other, rows)
        return
    roles = {ref.id: ref.role for ref in links(record, source)} if source.here else {}
    content = source.content.key if source.content else ""
    held = {row.id: row.values[content].id for row in rows if content and row.values.get(content)}
    stored = files.find(list(held.values())) if held else {}
    for row in rows:
        file = stored.get(held[row.id]) if row.id in held else None
        yield _member(record, source, row, roles.get(row.id, ""), file)


def _member(record: Shown, source: Source, row: Row, role: str, file: StoredFile | None) -> str:
    url, title_of, over = f"/{source.target.key}/{row.id}", "", ""
    if file is not None and source.content is not None:
        own = f"{url}/file/{source.content.key}"
        url, title_of = f"{own}?beside={record.declaration.key}:{record.id}", " data-dialog"
        over = f' data-drop-url="{own}/versions" data-drop-over' if _may_renew(record, source, row) else ""
    texts, pills = _told(record, source, row)
    if file is not None:
        texts = [escape(filesizeformat(file.size)), *_told_of(file)]
    if role:
        texts.append(escape(source.field.roles.label(role).lower()))  # type: ignore[attr-defined]  # it has roles
    sub = f"<small>{' · '.join(texts)}</small>" if texts else ""
    tools = f"{pills}{_unlink(record, source, row)}{_call(record, source, row)}"
    title = f'<a href="{url}"{title_of}>{escape(row.title)}</a>'
    return (
        f'<div class="item"{over}>{_mark(source, row, file)}\n<span>{title}{sub}</span>\n'
        f'<span class="cluster tight nowrap">{tools}</span></div>'
    )


def _may_renew(record: Shown, source: Source, row: Row) -> bool:
    """Whether a file may be dropped over this one; the server asks again."""
    if not record.actor.may(source.target, Verb.EDIT):
        return False
    if _same_reach(record, source):
        return True
    return Shown(record.actor, source.target, row.id, row.version, row.title, row.values).editable


def _told_of(file: StoredFile) -> list[str]:
    """What a scanner says of it."""
    if file.state == CHECKING:
        return [escape(_("being checked"))]
    return (
        [f'<span class="bad-text">{escape(_("kept aside: a virus was found"))}</span>']
        if file.state == FOUND
        else []
    )


def thumbnail(file: StoredFile | None) -> str:
    """The small picture of what can be drawn, an icon of all else."""
    if file is None or not file.pages or file.state != CLEAN:
        return drawing(file_icon(file), "")
    return f'<img class="thumb" src="/files/{file.pk}/page/0" alt="" loading="lazy" width="32" height="32">'


def _told(record: Shown, source: Source, row: Row) -> tuple[list[str], str]:
    """What a member says of itself: texts without links, and pills, which stand at its end."""
    viewer, pills = record.actor.viewer, ""
    texts: list[str] = []
    for key in source.shown:
        value, each = row.values.get(key), source.target.fields[key]
        if value not in (None, []):
            cell = each.cell(value, viewer)
            if 'class="pill"' in cell:
                pills += cell
            else:
                texts.append(escape(each.text(value, viewer)))
    return texts, pills


def _mark(source: Source, row: Row, file: StoredFile | None) -> str:
    if source.content:
        return thumbnail(file)
    shape = "avatar md square" if source.square else "avatar md"
    letters = escape(looks.initials(row.title))
    return f'<span class="{shape}" data-hue="{looks.hue(row.id)}" aria-hidden="true">{letters}</span>'


def _unlink(record: Shown, source: Source, row: Row) -> str:
    if not _may_unlink(record, source, row):
        return ""
    url = f"{record.url}/related/{source.number}/unlink/{row.id}"
    label = escape(_("Unlink %(title)s") % {"title": row.title})
    send = f'hx-post="{url}" hx-swap="none" aria-label="{label}"'
    return f'<button type="button" class="btn quiet icon-only sm tool" {send}>{drawing("x", "xs")}</button>'


def _call(record: Shown, source: Source, row: Row) -> str:
    held = next((key for key in source.phones if row.values.get(key)), "")
    cell = source.target.fields[held].cell(row.values[held], record.actor.viewer) if held else ""
    found = REACHED.search(cell)
    if found is None:
        return ""
    label = escape(_("Call %(title)s") % {"title": row.title})
    drawn = drawing("phone", "sm")
    return f'<a class="btn quiet icon-only sm" href="{found[1]}" aria-label="{label}">{drawn}</a>'


def _may_unlink(record: Shown, source: Source, row: Row) -> bool:
    if source.here:
        return record.editable
    if source.field.required or source.content or not record.actor.may(source.target, Verb.EDIT):
        return False
    if _same_reach(record, source):
        return True
    return Shown(record.actor, source.target, row.id, row.version, row.title, row.values).editable


ICONS: Mapping[str, str] = {"application/pdf": "file-type-pdf", "application/zip": "file-zip"}


def file_icon(file: StoredFile | None) -> str:
    kind = file.content_type if file else ""
    if kind.startswith("image/"):
        return "photo"
    return ICONS.get(
        kind, "file-spreadsheet" if "sheet" in kind else "file-text" if "word" in kind else "file"
    )


@require_GET
@object_page
def show(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    """All panels, as the page reads them again after something was linked."""
    context = related_context(shown(request.actor, declaration, record))
    return render(request, "records/parts/related.html", context)
