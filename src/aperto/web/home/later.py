"""What the home page shows once it is there: tiles that cost more than a page may wait for."""

from collections.abc import Iterable
from html import escape

from django.http import HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aperto.web.door import person_page
from aperto.web.home.draw import nothing, related, silent_line, tile
from aperto.web.home.forecast import Bar, Forecast, forecast
from aperto.web.home.pipeline import staged
from aperto.web.home.quiet import Quiet
from aperto.web.home.scope import Scope, scope_of
from aperto.web.home.silent import CHOICES, days_of, followed, gone_quiet
from aperto.web.request import Request
from aperto.web.shell import is_partial, render


@require_GET
@person_page
def later(request: Request) -> HttpResponse:
    """`of` as on the home page; `days` of silence are long enough to be told."""
    actor, scope = request.actor, scope_of(request.GET.get("of", ""))
    days = days_of(request.GET.get("days", ""))
    expected = [found for each in staged(actor) if (found := forecast(actor, each, scope)) is not None]
    quiet = [gone_quiet(actor, each, scope, days) for each in followed(actor)]
    drawn = tiles(expected, quiet, scope, days)
    if is_partial(request):
        return HttpResponse(drawn)
    return render(request, "home/home.html", {"head": _head(), "tiles": drawn})


def _head() -> SafeString:
    title = escape(_("Forecast, and who has gone quiet"))
    return mark_safe(f'<div class="page-head"><h1>{title}</h1></div>')  # noqa: S308 - escaped above


def tiles(expected: Iterable[Forecast], quiet: Iterable[Quiet], scope: Scope, days: int) -> SafeString:
    pieces = [*map(_forecast, expected), *(_quiet(each, scope, days) for each in quiet)]
    inner = "".join(pieces)
    return mark_safe(f'<div class="tiles later" id="later">{inner}</div>')  # noqa: S308 - escaped below


def _forecast(found: Forecast) -> str:
    title = _("Forecast: %(title)s") % {"title": found.title}
    heading = f'<h2><a href="{escape(found.url)}">{escape(title)}</a></h2>'
    bars = "".join(_bar(each, found.most) for each in found.bars)
    words = _("%(amount)s expected, each by its probability") % {"amount": found.expected}
    inner = f'<p class="muted small">{escape(words)}</p><div class="funnel forecast">{bars}</div>'
    return tile(f'w12" aria-label="{escape(title)}"', found.icon, heading, inner)


def _bar(bar: Bar, most: str) -> str:
    label = escape(bar.label)
    of = _("of %(total)s in %(count)s") % {"total": bar.total, "count": bar.count} if bar.count else ""
    hue = "red" if bar.late else "teal"
    return (
        f'<div><a href="{escape(bar.url)}">{label}</a><progress class="track" data-hue="{hue}"'
        f' max="{most}" value="{bar.value}" aria-label="{label}"></progress>'
        f'<span class="num"><strong>{escape(bar.expected)}</strong>'
        f' <small class="muted">{escape(of)}</small></span></div>'
    )


def _quiet(quiet: Quiet, scope: Scope, days: int) -> str:
    title = escape(_("Gone quiet: %(title)s") % {"title": quiet.title})
    heading = f'<h2><a href="{escape(quiet.url)}">{title}</a></h2>'
    words = _("Nobody has gone quiet for that long without a next step.")
    inner = related(map(silent_line, quiet.rows)) if quiet.rows else nothing(words)
    choices = _choices(scope, days, quiet.title)
    return tile(f'w6" aria-label="{title}"', "alert-triangle", heading, choices + inner)


def _choices(scope: Scope, days: int, title: str) -> str:
    """For how many days; only these tiles are read again."""
    url = f"/home/later?of={scope.key}&amp;days="
    links = (
        f'<a href="{url}{each}" hx-get="{url}{each}" hx-target="#later" hx-swap="outerHTML"'
        f"{_current(each == days)}>{each}</a>"
        for each in CHOICES
    )
    label = escape(_("Days of silence"))
    words = f'<span class="muted">{label}</span>{"".join(links)}'
    named = escape(_("Days of silence: %(title)s") % {"title": title})
    return f'<nav class="cluster small" aria-label="{named}">{words}</nav>'


def _current(current: bool) -> str:
    return ' aria-current="true"' if current else ""
