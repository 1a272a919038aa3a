"""What a chart is asked to show: its kind, what it groups by, what splits the groups, what is added up."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError, Message
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.grouping import DATED, Grouping, can_group, grouping_of
from aperto.kernel.query.readable import readable
from aperto.web.lists.listing import Listing

PLACE = "/chart"
KIND, BY, SPLIT, MEASURE = "kind", "by", "split", "measure"
BAR, LINE, FUNNEL, DONUT = "bar", "line", "funnel", "donut"
COUNT = "count"
ADDED_UP = ("sum", "mean")
STACKED = frozenset({BAR, LINE})  # the kinds that can be split


@dataclass(frozen=True)
class Kind:
    key: str
    label: Message
    icon: str


KINDS = (
    Kind(BAR, gettext_lazy("Bars"), "chart-bar"),
    Kind(LINE, gettext_lazy("Line"), "chart-line"),
    Kind(FUNNEL, gettext_lazy("Funnel"), "filter"),
    Kind(DONUT, gettext_lazy("Ring"), "chart-pie"),
)


@dataclass(frozen=True)
class Asked:
    """`measure` is None where records are counted, else a field and "sum" or "mean"."""

    kind: str
    by: Grouping
    split: Grouping | None = None
    measure: tuple[Field, str] | None = None

    @property
    def adds_up(self) -> bool:
        """Whether the numbers of groups may be added to each other."""
        return self.measure is None or self.measure[1] == "sum"

    @property
    def wanted(self) -> Sequence[tuple[str, str]]:
        return [(self.measure[0].key, self.measure[1])] if self.measure else []


def asked_of(listing: Listing) -> Asked:
    """What the address asks for, else the view; FieldError for what cannot be. What a view asks for that this
    reader does not see is left out."""
    try:
        return _read(listing, dict(listing.settings))
    except FieldError:
        if any(name in listing.given for name in listing.settings):
            raise
        return _read(listing, {})


def _read(listing: Listing, told: dict[str, str]) -> Asked:
    actor, declaration = listing.actor, listing.declaration
    by = grouping_of(told.get(BY) or usual(actor, declaration), declaration, actor)
    kind = told.get(KIND) or BAR
    if kind not in {each.key for each in KINDS}:
        raise FieldError(_("There is no such kind of chart."))
    measure = _measure(listing, told.get(MEASURE, ""))
    asked = Asked(kind, by, None, measure)
    if not asked.adds_up and kind in (DONUT, FUNNEL):
        raise FieldError(_("Means do not add up: show them as bars or as a line."))
    if not told.get(SPLIT) or kind not in STACKED:
        return asked
    split = grouping_of(told[SPLIT], declaration, actor)
    if not asked.adds_up:
        raise FieldError(_("Means do not add up: they cannot be split."))
    return Asked(kind, by, split if split.field is not by.field else None, measure)


def _measure(listing: Listing, text: str) -> tuple[Field, str] | None:
    if text in ("", COUNT):
        return None
    key, _colon, name = text.partition(":")
    field = next((each for each in measured(listing) if each.key == key), None)
    if field is None or name not in ADDED_UP:
        raise FieldError(_("This total does not fit the field."))
    return field, name


def measured(listing: Listing) -> list[Field]:
    """The numbers that can be added up."""
    fields = readable(listing.actor, listing.declaration).values()
    return [each for each in fields if each.label and not each.stored_elsewhere and "sum" in each.aggregates]


def groupable(actor: Actor, declaration: ObjectType) -> list[Field]:
    return [each for each in readable(actor, declaration).values() if can_group(each) and each.label]


def usual(actor: Actor, declaration: ObjectType) -> str:
    """Stages or the field of the board, else a choice among the columns, else a date."""
    known = {each.key: each for each in groupable(actor, declaration)}
    if declaration.board in known:
        return declaration.board
    shown = [known[key] for key in declaration.columns if key in known]
    found = next((each for each in shown if each.kind not in DATED), None)
    found = found or next(iter(shown), None) or next(iter(known.values()), None)
    return found.key if found else ""
