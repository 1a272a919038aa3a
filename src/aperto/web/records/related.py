"""What belongs to a record: a panel for each relation, its first rows, and adding to it in place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from aperto.kernel import files
from aperto.kernel.access import rules
from aperto.kernel.access.scopes import Verb
from aperto.kernel.files import StoredFile
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.rows import Row
from aperto.web.door import object_page
from aperto.web.people import looks
from aperto.web.records.head import REACHED
from aperto.web.records.panels import Source, links, selection, sources
from aperto.web.records.reading import Shown, shown
from aperto.web.request import Request
from aperto.web.shell import render

MOST = 5


@dataclass(frozen=True)
class Member:
    """One row of a panel. `sub` and `tail` are safe HTML without links."""

    id: UUID
    title: str
    url: str
    sub: str
    tail: str
    initials: str
    hue: str
    icon: str = ""
    square: bool = True
    tel: str = ""
    unlink_url: str = ""


@dataclass(frozen=True)
class Panel:
    """The context `panel` of `records/parts/related_panel.html`; `count` may be an estimate."""

    number: int
    title: str
    icon: str
    count: str
    members: list[Member] = field(default_factory=list)
    all_url: str = ""
    link_url: str = ""
    new_url: str = ""
    drop_url: str = ""


def related_context(record: Shown) -> dict[str, Any]:
    return {"record": record, "related": [panel_of(record, each) for each in sources(record)]}


def panel_of(record: Shown, source: Source) -> Panel:
    chosen = selection(record, source)
    wanted = [*source.shown, *_reached(source), *_content(source), *_rights(record, source)]
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
        members=list(_members(record, source, page.rows)),
        all_url="" if source.here or not page.next else listed,
        link_url=f"{url}/link" if may_add and not source.content else "",
        drop_url=f"{url}/drop" if may_add and source.content else "",
    )


def _reached(source: Source) -> Iterable[str]:
    """The telephone, so that a panel of people can be called from."""
    return (key for key, each in source.target.fields.items() if each.kind == "phones")


def _rights(record: Shown, source: Source) -> Iterable[str]:
    """What the right to change depends on; nothing where all that is seen may be changed, or none of it."""
    if source.here or _same_reach(record, source) or not record.actor.may(source.target, Verb.EDIT):
        return ()
    return ("owner", "team")


def _same_reach(record: Shown, source: Source) -> bool:
    return rules.is_even(record.actor, source.target, Verb.EDIT)


def _content(source: Source) -> Iterable[str]:
    return (source.content.key,) if source.content else ()


def _members(record: Shown, source: Source, rows: list[Row]) -> Iterable[Member]:
    roles = {ref.id: ref.role for ref in links(record, source)} if source.here else {}
    content = source.content.key if source.content else ""
    held = {row.id: row.values[content].id for row in rows if content and row.values.get(content)}
    stored = files.find(list(held.values())) if held else {}
    for row in rows:
        file = stored.get(held[row.id]) if row.id in held else None
        yield _member(record, source, row, roles.get(row.id, ""), file)


def _member(record: Shown, source: Source, row: Row, role: str, file: StoredFile | None) -> Member:
    viewer, fields = record.actor.viewer, source.target.fields
    cells = [
        fields[key].cell(row.values[key], viewer)
        for key in source.shown
        if row.values.get(key) not in (None, [])
    ]
    texts = [
        escape(fields[key].text(row.values[key], viewer))
        for key in source.shown
        if row.values.get(key) not in (None, [])
        and 'class="pill"' not in fields[key].cell(row.values[key], viewer)
    ]
    if file is not None:
        texts = [escape(filesizeformat(file.size))]
    if role:
        texts.append(escape(source.field.roles.label(role).lower()))  # type: ignore[attr-defined]  # it has roles
    phones = [key for key in _reached(source) if row.values.get(key)]
    calls = REACHED.findall(fields[phones[0]].cell(row.values[phones[0]], viewer)) if phones else []
    unlink = f"{record.url}/related/{source.number}/unlink/{row.id}"
    return Member(
        id=row.id,
        title=row.title,
        url=f"/files/{file.pk}?show=1" if file else f"/{source.target.key}/{row.id}",
        sub=SafeString(" · ".join(texts)),
        tail=SafeString("".join(cell for cell in cells if 'class="pill"' in cell)),
        initials=looks.initials(row.title),
        hue=looks.hue(row.id),
        icon=file_icon(file) if source.content else "",
        square=not any(each.personal == "name" for each in fields.values()),
        tel=calls[0] if calls else "",
        unlink_url=unlink if _may_unlink(record, source, row) else "",
    )


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
