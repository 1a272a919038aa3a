"""The picture of a chart by its kind, and the legend under it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from aperto.kernel.errors import Message
from aperto.web.charts import lying, ring, svg, upright
from aperto.web.charts.asked import BAR, DONUT, FUNNEL, LINE, Asked
from aperto.web.charts.figures import Figures, Series, Teller
from aperto.web.lists.listing import Listing
from aperto.web.lists.menus import unit_words
from aperto.web.lists.totals import LABELS
from aperto.web.lists.words import label_of


@dataclass(frozen=True)
class Entry:
    """A line of the legend; `text` and `url` are blank where the picture has the numbers itself."""

    n: int
    label: str
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class Drawing:
    picture: SafeString
    legend: Sequence[Entry] = ()


def title_of(listing: Listing, asked: Asked) -> str:
    """ "Amount (sum), by stage and owner", "Deals, by stage"."""
    unit = unit_words().get(asked.by.unit, "")
    group = f"{label_of(asked.by.field)} {unit}".strip()
    names = {"measure": measure_words(listing, asked), "group": group}
    if asked.split is None:
        return _("%(measure)s, by %(group)s") % names
    return _("%(measure)s, by %(group)s and %(split)s") % {**names, "split": label_of(asked.split.field)}


def measure_words(listing: Listing, asked: Asked) -> str:
    if asked.measure is None:
        return str(listing.declaration.plural)
    field, name = asked.measure
    label: Message = LABELS[name]
    return f"{label_of(field)} ({str(label).lower()})"


def drawn(listing: Listing, figures: Figures) -> Drawing:
    """Time goes from left to right; names have a line to themselves."""
    asked, viewer = figures.asked, listing.actor.viewer
    if asked.kind == DONUT:
        return _ring(listing, figures, Teller(listing, asked))
    if asked.kind == FUNNEL:
        inner, height = lying.funnel(figures, viewer), lying.height(figures)
    elif asked.kind == BAR and not asked.by.unit:
        inner, height = lying.bars(figures), lying.height(figures)
    else:
        draw = upright.lines if asked.kind == LINE else upright.columns
        inner, height = draw(figures, viewer), upright.HEIGHT
    entries = [Entry(n, each.label) for n, each in enumerate(figures.series)]
    return Drawing(_framed(listing, figures, figures.series, inner, height), entries)


def _ring(listing: Listing, figures: Figures, teller: Teller) -> Drawing:
    viewer = listing.actor.viewer
    parts = ring.slices(figures, teller)
    if not parts:
        return Drawing(SafeString())
    total = sum(float(each.mark.whole.value or 0) for each in parts)
    legend = []
    for n, each in enumerate(parts):
        whole = each.mark.whole
        share = svg.hundredths(float(whole.value or 0) / total, viewer)
        legend.append(Entry(n, each.mark.label, f"{whole.text} · {share}", whole.url))
    inner = ring.ring(parts, viewer)
    return Drawing(_framed(listing, figures, [each.look for each in parts], inner, ring.SIZE), legend)


def _framed(
    listing: Listing, figures: Figures, looks: Sequence[Series], inner: str, height: int
) -> SafeString:
    words = _("Each part leads to the list of its records. The same numbers stand in the table below.")
    fills = svg.patterns([each.hue for each in looks])
    kind = "upright" if height == upright.HEIGHT else figures.asked.kind
    return mark_safe(  # noqa: S308 - escaped piece by piece
        svg.picture(title_of(listing, figures.asked), words, height, fills + inner, kind)
    )
