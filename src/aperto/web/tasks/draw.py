"""The sections as joined strings; every text is escaped here, but for those that say that they are safe."""

from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.errors import Message
from aperto.kernel.worklist import COMING, ENDED, GIVEN, LATE, TODAY, UNDATED
from aperto.web.tasks.lines import Line, Shown
from aperto.web.templatetags.aperto_icons import icon

TITLES: dict[str, tuple[Message, str]] = {
    LATE.key: (gettext_lazy("Overdue"), "alert-circle"),
    TODAY.key: (gettext_lazy("Today"), "list-check"),
    COMING.key: (gettext_lazy("Upcoming"), "calendar-due"),
    UNDATED.key: (gettext_lazy("Without a date"), "calendar-off"),
    GIVEN.key: (gettext_lazy("Delegated"), "user-check"),
    ENDED.key: (gettext_lazy("Done lately"), "circle-check"),
}


def sections(shown: list[Shown]) -> SafeString:
    """Today stands there even when it is empty; of the others only those that hold something."""
    drawn = [_section(each) for each in shown if each.lines or each.section is TODAY]
    return mark_safe("".join(drawn))  # noqa: S308 - escaped below


def jumps(shown: list[Shown]) -> SafeString:
    """One link to each section, with how much is in it."""
    links = (
        f'<a class="chip" href="#to-do-{each.section.key}"{_tone(each)}>'
        f'{escape(str(TITLES[each.section.key][0]))} <span class="num">{each.count}</span></a>'
        for each in shown
        if each.lines
    )
    return mark_safe("".join(links))  # noqa: S308 - escaped above


def _tone(shown: Shown) -> str:
    return ' data-hue="red"' if shown.section is LATE else ""


def _section(shown: Shown) -> str:
    key = shown.section.key
    title, mark = TITLES[key]
    body = lines(shown) if shown.lines else _nothing()
    count = f'<span class="count">{shown.count}</span>' if shown.lines else ""
    return (
        f'<section class="duties" id="to-do-{key}" aria-labelledby="{key}-title">'
        f'<h2 id="{key}-title">{icon(mark)}{escape(str(title))} {count}</h2>'
        f'<div class="related">{body}</div></section>'
    )


def _nothing() -> str:
    words = _("Nothing is due today. What you plan on a record appears here.")
    return f'<p class="muted small">{escape(words)}</p>'


def lines(shown: Shown) -> SafeString:
    """The lines, how many they are for whoever reads the page again, and the way to those that follow."""
    key = shown.section.key
    told = f'<input type="hidden" name="{key}" value="{len(shown.lines)}">'
    drawn = "".join(map(_line, shown.lines)) + told
    if shown.more:
        url = f"/tasks/{key}?after={shown.more}"
        drawn += (
            f'<a class="more" href="{url}" hx-get="{url}" hx-target="this" hx-swap="outerHTML">'
            f"{icon('chevron-down')}<span>{escape(_('Show more'))}</span></a>"
        )
    return mark_safe(drawn)  # noqa: S308 - escaped above


def _line(line: Line) -> str:
    """When it is due is safe already; the rest is escaped here."""
    due = f'<span class="due {line.state}">{line.due}</span>' if line.due else ""
    about = line.about
    link = f' <a href="/{about.object}/{about.id}">{escape(about.title)}</a>' if about else ""
    ended = ' class="done"' if line.ended else ""
    return (
        f'<div class="item duty" tabindex="-1" data-duty="{line.id}">{_tick(line)}'
        f'<span><a href="{line.url}" data-act="o"{ended}>{escape(line.title)}</a>'
        f'<small>{icon(line.icon, "sm")}<span class="sr">{escape(line.label)}</span> {due}{link}</small>'
        f'</span><span class="cluster">{_owner(line)}{_verbs(line)}</span></div>'
    )


def _tick(line: Line) -> str:
    if line.ended or not line.editable:
        return icon("check" if line.ended else line.icon, "sm")
    label = escape(_("Done: %(title)s") % {"title": line.title})
    return (
        f'<input type="checkbox" hx-post="{line.url}/finish" hx-trigger="change" hx-swap="none"'
        f' data-act="e" aria-label="{label}">'
    )


def _verbs(line: Line) -> str:
    if line.ended or not line.editable:
        return ""
    return _verb(line, "snooze", "s", "clock", _("Put off: %(title)s")) + _verb(
        line, "reassign", "r", "user-plus", _("Give to somebody: %(title)s")
    )


def _verb(line: Line, name: str, key: str, mark: str, words: str) -> str:
    label = escape(words % {"title": line.title})
    return (
        f'<a class="btn quiet icon-only tool" href="{line.url}/{name}" data-dialog data-act="{key}"'
        f' aria-label="{label}" title="{label}">{icon(mark)}</a>'
    )


def _owner(line: Line) -> str:
    if line.owner is None:
        return ""
    return (
        f'<span class="chip"><span class="avatar" data-hue="{line.hue}" aria-hidden="true">'
        f"{escape(line.initials)}</span>{escape(line.owner.title)}</span>"
    )
