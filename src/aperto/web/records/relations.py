"""Links with columns of their own, as lines of a panel: the record at the other end, what the link says, and
its two tools. Both open or act in place, so that the page stays."""

from collections.abc import Iterable, Sequence
from html import escape

from django.utils.translation import gettext as _

from aperto.kernel.access import rules
from aperto.kernel.access.rules import Owned
from aperto.kernel.access.scopes import Verb
from aperto.kernel.fields.base import Field, Ref, text_of
from aperto.kernel.query.rows import Row
from aperto.web.people import looks
from aperto.web.records.panels import Source
from aperto.web.records.reading import Shown
from aperto.web.templatetags.aperto_icons import drawing


def members(record: Shown, source: Source, other: Field, rows: Sequence[Row]) -> Iterable[str]:
    owned = [Owned(row.id, None, None) for row in rows]
    editable, removable = (
        rules.allowed(record.actor, source.target, verb, owned) if owned else set()
        for verb in (Verb.EDIT, Verb.DELETE)
    )
    for row in rows:
        ref = row.values[other.key]
        if ref is not None:
            tools = _edit(source, row, ref) if row.id in editable else ""
            tools += _unlink(source, row, ref) if row.id in removable else ""
            yield _line(record, source, row, ref, tools)


def _line(record: Shown, source: Source, row: Row, ref: Ref, tools: str) -> str:
    said = " · ".join(_said(record, source, row))
    title = f'<a href="/{escape(ref.object)}/{ref.id}">{escape(ref.title)}</a>'
    letters = escape(looks.initials(ref.title))
    face = f'<span class="avatar md" data-hue="{looks.hue(ref.id)}" aria-hidden="true">{letters}</span>'
    sub = f"<small>{said}</small>" if said else ""
    return (
        f'<div class="item">{face}\n<span>{title}{sub}</span>\n'
        f'<span class="cluster tight nowrap">{tools}</span></div>'
    )


def _said(record: Shown, source: Source, row: Row) -> Iterable[str]:
    """The columns that say something, each behind its name; whether a box is ticked is told by its name."""
    for key in source.shown:
        each = source.target.fields[key]
        value = row.values.get(key)
        if value is True:
            yield escape(text_of(each.label))
        elif value not in (None, [], False):
            yield f"{escape(text_of(each.label))} {escape(each.text(value, record.actor.viewer))}"


def _edit(source: Source, row: Row, ref: Ref) -> str:
    label = escape(_("Edit the link with %(title)s") % {"title": ref.title})
    url = f"/{source.target.key}/{row.id}/edit"
    drawn = drawing("edit", "xs")
    return f'<a class="btn quiet icon-only sm tool" href="{url}" data-dialog aria-label="{label}">{drawn}</a>'


def _unlink(source: Source, row: Row, ref: Ref) -> str:
    label = escape(_("Unlink %(title)s") % {"title": ref.title})
    send = f'hx-post="/{source.target.key}/{row.id}/delete?stay=here" hx-swap="none" aria-label="{label}"'
    return f'<button type="button" class="btn quiet icon-only sm tool" {send}>{drawing("x", "xs")}</button>'
