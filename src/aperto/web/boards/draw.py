"""Lanes and their heads as joined strings: a template would spend most of the time of a board here.

Every text is escaped, here or where it was drawn.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from aperto.web.boards.board import Shown, Summary
from aperto.web.boards.lanes import OPEN, Lane
from aperto.web.templatetags.aperto_icons import icon


def lanes(shown: Sequence[Shown], new_url: str, label: str) -> SafeString:
    """Every lane with its first cards; `label` says what is added at its foot, blank for who may not."""
    button = f"{icon('plus')}<span>{escape(label)}</span></a>" if label else ""
    address, more_label, chance = escape(new_url), _more_label(), _chance()
    pieces = []
    for each in shown:
        lane, key = each.lane, escape(each.lane.key)
        kind = "" if lane.kind == OPEN else f" {escape(lane.kind)}"
        foot = f'<a class="btn quiet" href="{address}{key}" data-dialog>{button}' if button else ""
        pieces.append(
            f'\n<section class="lane{kind}" data-lane="{key}" data-hue="{escape(lane.hue)}"'
            f' aria-label="{escape(lane.name)}">\n{_head(each, chance, "")}\n'
            f'<div class="cards" data-cards>\n{each.cards}{_more(each.next, more_label)}</div>\n{foot}'
            "</section>"
        )
    return mark_safe("".join(pieces))  # noqa: S308 - escaped above


def more(url: str | None) -> SafeString:
    """Asks for the cards after it, where there are any."""
    return mark_safe(_more(url, _more_label()))  # noqa: S308 - escaped below


def sums(heads: Sequence[Shown], summary: Summary | None) -> SafeString:
    """The heads of lanes and the worth of the board, each of which finds its place in the page by itself."""
    chance = _chance()
    worth = render_to_string("boards/summary.html", {"summary": summary, "oob": True})
    headed = "".join([_head(each, chance, ' hx-swap-oob="true"') for each in heads])
    return mark_safe(headed + worth)  # noqa: S308 - escaped below


def _more_label() -> str:
    return escape(_("More"))


def _chance() -> str:
    return escape(_("Probability"))


def _more(url: str | None, label: str) -> str:
    if not url:
        return ""
    address = escape(url)
    return f'<a class="more" data-next="{address}" href="{address}">{label}</a>'


def _head(shown: Shown, chance: str, attributes: str) -> str:
    lane, hue = shown.lane, escape(shown.lane.hue)
    return (
        f'<header id="lane-{escape(lane.key)}"{attributes}><div class="row"><h2>'
        f'<span class="pill" data-hue="{hue}">{escape(lane.name)}</span></h2>'
        f'<span class="count">{escape(shown.count)}</span><span class="sum">{escape(shown.sum)}</span></div>'
        f"{_progress(lane, hue, chance)}</header>"
    )


def _progress(lane: Lane, hue: str, chance: str) -> str:
    if lane.probability is None:
        return ""
    value = lane.probability.quantize(Decimal(1), ROUND_HALF_UP)
    return (
        f'<progress class="bar" data-hue="{hue}" value="{value}" max="100" aria-label="{chance}"></progress>'
    )
