"""The home page as joined strings: a template would spend most of the time of the page here.

Every text is escaped here, but for those that say that they are safe.
"""

from collections.abc import Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aperto.web.home.news import News
from aperto.web.home.pipeline import Bar, Pipeline
from aperto.web.home.quiet import Quiet, Silent
from aperto.web.home.scope import SCOPES, Scope
from aperto.web.home.today import Today
from aperto.web.records.steps import step_lines
from aperto.web.templatetags.aperto_icons import icon


def head(greeting: str, date: str, today: Today, scope: Scope) -> SafeString:
    """Who is greeted on which day, what the day holds, and whose work is shown."""
    choices = "".join(
        f'<a href="/?of={each.key}"{_current(each.key == scope.key)}>{escape(str(each.label))}</a>'
        for each in SCOPES
    )
    return mark_safe(  # noqa: S308 - escaped above and here
        f'<div class="page-head"><div><h1>{escape(greeting)}</h1><div class="muted small">{escape(date)} · '
        f'{escape(_load(today))}</div></div><span class="spacer"></span>'
        f'<nav class="btn-group" aria-label="{escape(_("Whose work"))}">{choices}</nav></div>'
    )


def _current(current: bool) -> str:
    return ' aria-current="true"' if current else ""


def _load(today: Today) -> str:
    """How much there is to do."""
    if not today.steps:
        return _("nothing is due")
    text = ngettext("%(n)s thing to do", "%(n)s things to do", today.count) % {"n": today.count}
    if today.late:
        text += ", " + ngettext("%(n)s is late", "%(n)s are late", today.late) % {"n": today.late}
    return text


def tiles(
    today: Today, pipelines: Sequence[Pipeline], quiet: Iterable[Quiet], news: Sequence[News], scope: Scope
) -> SafeString:
    pieces = [*map(_figures, pipelines), _late(today)]
    pieces += [_pipeline(each, "w7") for each in pipelines[:1]]
    pieces.append(_today(today))
    pieces += [_pipeline(each, "w6") for each in pipelines[1:]]
    pieces += [_quiet(each) for each in quiet if each.rows]
    pieces += [_news(news), _waiting(scope)]
    return mark_safe("\n".join(pieces))  # noqa: S308 - escaped below


def _waiting(scope: Scope) -> str:
    """The place of what is reckoned after the page is there; without scripts a way to it."""
    url = f"/home/later?of={scope.key}"
    words = escape(_("Forecast, and who has gone quiet"))
    return (
        f'<section class="tile w12 waiting" hx-get="{url}" hx-trigger="load" hx-swap="outerHTML">'
        f'<a href="{url}">{words}</a><span class="skeleton"></span></section>'
    )


# -- figures -----------------------------------------------------------------------------------------


def _figures(pipeline: Pipeline) -> str:
    """What was won and what is open, in figures."""
    open_ = _big_number(
        pipeline.url,
        pipeline.icon,
        _open(pipeline),
        pipeline.total if pipeline.summed else str(pipeline.count),
        ngettext("%(n)s record", "%(n)s records", pipeline.count) % {"n": pipeline.count},
    )
    if not pipeline.won_url:
        return open_
    number = ngettext("%(n)s of %(title)s", "%(n)s of %(title)s", pipeline.won_count)
    words = number % {"n": pipeline.won_count, "title": pipeline.title}
    return _big_number(pipeline.won_url, "trophy", _("Won this month"), pipeline.won, words) + "\n" + open_


def _late(today: Today) -> str:
    words = ngettext("of %(n)s due today", "of %(n)s due today", today.count) % {"n": today.count}
    return _big_number("/tasks#to-do-late", "clock", _("Late"), str(today.late), words)


def _big_number(url: str, mark: str, label: str, figure: str, words: str) -> str:
    return (
        f'<section class="tile half"><a class="big-number" href="{escape(url)}">'
        f'<span class="cluster small muted">{icon(mark)}{escape(label)}</span>'
        f'<span class="figure">{escape(figure)}</span><span class="tiny muted">{escape(words)}</span>'
        "</a></section>"
    )


def _open(pipeline: Pipeline) -> str:
    return _("Open: %(title)s") % {"title": pipeline.title}


# -- tiles -------------------------------------------------------------------------------------------


def tile(attributes: str, mark: str, heading: str, inner: str) -> str:
    return f'<section class="tile {attributes}><header>{icon(mark)}{heading}</header>\n{inner}</section>'


def related(inner: Iterable[str]) -> str:
    return f'<div class="related">{"".join(inner)}</div>'


def nothing(words: str) -> str:
    return f'<p class="muted small">{escape(words)}</p>'


def _pipeline(pipeline: Pipeline, size: str) -> str:
    """What is open, by stage."""
    heading = f'<h2><a href="{escape(pipeline.url)}">{escape(_open(pipeline))}</a></h2>'
    bars = f'<div class="funnel">{"".join(map(_bar, pipeline.bars))}</div>'
    return tile(f'{size}" aria-label="{escape(pipeline.title)}"', pipeline.icon, heading, bars)


def _bar(bar: Bar) -> str:
    label = escape(bar.label)
    return (
        f'<div><a href="{escape(bar.url)}">{label}</a><progress class="track" data-hue="{escape(bar.hue)}"'
        f' max="{bar.most}" value="{bar.value}" aria-label="{label}"></progress>'
        f'<span class="num">{escape(bar.text)}</span></div>'
    )


def _today(today: Today) -> str:
    """What is due, ended by a tick."""
    words = _("Nothing is due today. What you plan on a record appears here.")
    inner = related([step_lines(today.steps)]) if today.steps else nothing(words)
    if today.more:
        every = _("All %(plural)s")
        links = [
            f'<a href="{escape(url)}">{escape(every % {"plural": plural})}</a>' for plural, url in today.lists
        ]
        inner += f'\n<p class="cluster small">{"".join(links)}</p>'
    heading = f'<h2 id="today-title"><a href="/tasks">{escape(_("Today"))}</a></h2>'
    return tile('w5" id="today" aria-labelledby="today-title"', "list-check", heading, inner)


def _quiet(quiet: Quiet) -> str:
    """Records that go quiet."""
    title = escape(_("Going quiet: %(title)s") % {"title": quiet.title})
    heading = f'<h2><a href="{escape(quiet.url)}">{title}</a></h2>'
    return tile(f'w6" aria-label="{title}"', "alert-triangle", heading, related(map(silent_line, quiet.rows)))


def silent_line(row: Silent) -> str:
    return (
        f'<a href="{row.url}"><span class="avatar md square" data-hue="{row.hue}" aria-hidden="true">'
        f"{escape(row.initials)}</span><span>{escape(row.title)}<small>{escape(row.reason)}</small></span>"
        f'<span class="num">{escape(row.aside)}</span></a>'
    )


def _news(news: Sequence[News]) -> str:
    """What others changed since yesterday; what it says and when is safe already."""
    words = _("Nobody else has changed anything since yesterday.")
    inner = related(map(_changed, news)) if news else nothing(words)
    heading = f'<h2 id="news-title">{escape(_("Since yesterday"))}</h2>'
    return tile('w6" aria-labelledby="news-title"', "sparkles", heading, inner)


def _changed(each: News) -> str:
    return (
        f'<a href="{each.url}">{icon(each.icon)}<span>{escape(each.title)}<small>{each.what}</small></span>'
        f'<span class="tiny muted">{each.at}</span></a>'
    )
