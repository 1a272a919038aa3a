"""The menus of a chart: its kind, what it groups by, what splits the groups, and what it adds up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from aperto.kernel.fields.base import Field
from aperto.kernel.query.engines.periods import UNITS
from aperto.kernel.query.grouping import DATED, Grouping
from aperto.web.charts.asked import (
    ADDED_UP,
    BY,
    COUNT,
    DONUT,
    FUNNEL,
    KIND,
    KINDS,
    MEASURE,
    SPLIT,
    STACKED,
    Asked,
    groupable,
    measured,
)
from aperto.web.lists.listing import Listing
from aperto.web.lists.menus import unit_words
from aperto.web.lists.totals import LABELS
from aperto.web.lists.words import label_of


@dataclass(frozen=True)
class Choice:
    url: str
    label: str
    icon: str
    aside: str = ""
    current: bool = False


@dataclass(frozen=True)
class Menu:
    key: str
    title: str
    icon: str
    label: str
    choices: Sequence[Choice]


def menus_of(listing: Listing, asked: Asked) -> list[Menu]:
    kind = next(each for each in KINDS if each.key == asked.kind)
    found = [
        Menu("kind", _("Kind of chart"), kind.icon, str(kind.label), list(_kinds(listing, asked))),
        Menu("by", _("Group by"), "category", _words(asked.by), list(_groups(listing, BY, asked.by))),
        Menu("measure", _("What is added up"), "sum", _measure(asked), list(_measures(listing, asked))),
    ]
    if asked.kind in STACKED and asked.adds_up:
        none = Choice(listing.url(**{SPLIT: ""}), _("Not split"), "x", current=asked.split is None)
        others = list(_groups(listing, SPLIT, asked.split, asked.by.field))
        words = _words(asked.split) if asked.split else _("Split")
        found.insert(2, Menu("split", _("Split by"), "arrows-split", words, [none, *others]))
    return found


def _words(grouping: Grouping) -> str:
    unit = unit_words().get(grouping.unit)
    return f"{label_of(grouping.field)}, {unit}" if unit else label_of(grouping.field)


def _kinds(listing: Listing, asked: Asked) -> Iterator[Choice]:
    for each in KINDS:
        if asked.adds_up or each.key not in (DONUT, FUNNEL):
            url = listing.url(**{KIND: each.key})
            yield Choice(url, str(each.label), each.icon, current=each.key == asked.kind)


def _groups(listing: Listing, name: str, now: Grouping | None, but: Field | None = None) -> Iterator[Choice]:
    """The fields; of the date that is chosen, its periods."""
    for field in groupable(listing.actor, listing.declaration):
        if field is but:
            continue
        chosen = now is not None and now.field.key == field.key
        units: Sequence[str] = UNITS if chosen and field.kind in DATED else ("",)
        for unit in units:
            text = f"{field.key}:{unit}" if unit else field.key
            current = chosen and (now is not None and now.unit == unit)
            label = label_of(field)
            yield Choice(listing.url(**{name: text}), label, field.icon, unit_words().get(unit, ""), current)


def _measure(asked: Asked) -> str:
    if asked.measure is None:
        return _("Number")
    return f"{label_of(asked.measure[0])}: {LABELS[asked.measure[1]]}"


def _measures(listing: Listing, asked: Asked) -> Iterator[Choice]:
    url = listing.url(**{MEASURE: COUNT})
    yield Choice(url, _("Number of records"), "hash", current=asked.measure is None)
    for field in measured(listing):
        for name in ADDED_UP:
            text, now = f"{field.key}:{name}", asked.measure
            changes = {MEASURE: text} | ({SPLIT: "", KIND: ""} if name == "mean" else {})
            current = now is not None and (now[0].key, now[1]) == (field.key, name)
            yield Choice(
                listing.url(**changes), label_of(field), field.icon, str(LABELS[name]).lower(), current
            )
