"""Lines of a timeline as joined strings: a template would spend a third of a record's page on them.

What an `Entry` calls safe is safe already; all else is escaped here.
"""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aperto.web.records.diffs import Difference
from aperto.web.records.entries import Entry, Stamp
from aperto.web.templatetags.aperto_icons import drawing

DOT = ' <span class="faint" aria-hidden="true">·</span> '
TOOL = "btn quiet icon-only sm"


def events(entries: Iterable[Entry]) -> SafeString:
    """The lines, each under the heading of its day where one begins."""
    edit, delete, changed = escape(_("Edit")), escape(_("Delete")), escape(_("What changed"))
    return SafeString("".join([_event(each, edit, delete, changed) for each in entries]))


def _event(entry: Entry, edit: str, delete: str, changed: str) -> str:
    day = f'<h3 class="day">{entry.day}</h3>' if entry.day else ""
    mark = f'<span class="mark" data-hue="{escape(entry.hue)}">{drawing(entry.icon, "")}</span>'
    told = "".join([entry.what, *(DOT + fact for fact in entry.facts)])
    body = f'<div class="body">{entry.body}</div>' if entry.body else ""
    what = f'<div class="what">{_tools(entry, edit, delete)}{told}{_time(entry.stamp)}</div>'
    return (
        f'{day}<article class="event">{mark}<div>\n{what}\n{body}{_differences(entry.differences, changed)}\n'
        "</div></article>"
    )


def _tools(entry: Entry, edit: str, delete: str) -> str:
    tools = ""
    if entry.edit_url:
        drawn = drawing("pencil", "xs")
        tools = f'<a class="{TOOL}" href="{entry.edit_url}" data-dialog aria-label="{edit}">{drawn}</a>'
    if entry.delete_url:
        send = f'hx-post="{entry.delete_url}?stay=here" hx-swap="none"'
        drawn = drawing("trash", "xs")
        tools += f'<button type="button" class="{TOOL}" {send} aria-label="{delete}">{drawn}</button>'
    return f'<span class="tools">{tools}</span>' if tools else ""


def _time(stamp: Stamp) -> str:
    return f'<time datetime="{stamp.iso}" title="{escape(stamp.exact)}">{escape(stamp.time)}</time>'


def _differences(differences: Iterable[Difference], changed: str) -> str:
    lines = "".join(
        f"<dt>{escape(each.label)}</dt><dd>"
        + (f"<del>{each.old}</del> " if each.old else "")
        + (f"<ins>{each.new}</ins>" if each.new else "")
        + "</dd>"
        for each in differences
    )
    if not lines:
        return ""
    return (
        f'<details class="what-changed"><summary>{changed}</summary><dl class="diff">{lines}</dl></details>'
    )
