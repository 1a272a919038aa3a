"""What a board shows: the lanes, their first cards and their sums."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.safestring import SafeString

from aperto.kernel.fields.base import Field
from aperto.kernel.fields.formats.numbers import write_number
from aperto.kernel.query.aggregates import Lane as LaneTotals
from aperto.kernel.query.ast import Condition
from aperto.kernel.query.lane_heads import SORT, lane_heads
from aperto.kernel.query.readable import readable
from aperto.kernel.records import Page, Selection
from aperto.web.boards.cards import SINCE, CardDrawer
from aperto.web.boards.lanes import Lane, Lanes, key_of, lanes_of
from aperto.web.lists.listing import Listing
from aperto.web.lists.totals import OF_NUMBERS, offered
from aperto.web.records.about import follow_up

NO_TOTAL = "-"
FIRST = 20  # cards of a lane that come with the page, and with each look further down


@dataclass(frozen=True)
class Shown:
    """A lane as the page shows it; count and sum come after the page."""

    lane: Lane
    cards: SafeString
    next: str | None
    count: str = ""
    sum: str = ""


@dataclass(frozen=True)
class Summary:
    """`weighted` is what the open lanes are worth by their probability, `total` what they hold."""

    weighted: str
    total: str


@dataclass(frozen=True)
class Board:
    listing: Listing

    @cached_property
    def lanes(self) -> Lanes:
        arrangement = self.listing.arrangement
        key = arrangement.lanes if arrangement.lanes in self.listing.declaration.fields else ""
        return lanes_of(
            self.listing.actor,
            self.listing.declaration,
            key or self.listing.declaration.board,
            self.listing.given.get("pipeline", ""),
        )

    @property
    def field(self) -> Field:
        return self.lanes.field

    @cached_property
    def drawer(self) -> CardDrawer:
        fields = [field for field in self.card_fields if field is not self.field]
        actor, declaration = self.listing.actor, self.listing.declaration
        following = follow_up(actor, declaration.key)
        return CardDrawer(declaration, fields, actor.viewer, following.key if following else "")

    @cached_property
    def card_fields(self) -> list[Field]:
        known = readable(self.listing.actor, self.listing.declaration)
        keys = self.listing.declaration.card or self.listing.declaration.columns[1:5]
        return [known[key] for key in keys if key in known]

    @property
    def columns(self) -> list[str]:
        """What is read for cards: what they show, and since when they stand in their lane."""
        since = [SINCE] if SINCE in self.listing.declaration.fields else []
        return list(dict.fromkeys([*(field.key for field in self.drawer.fields), *since]))

    # -- cards ---------------------------------------------------------------------------------------

    def shown(self) -> list[Shown]:
        """Every lane with its first cards: as many statements for thirty lanes as for one."""
        values = [lane.value for lane in self.lanes.lanes]
        heads = lane_heads(self.listing.selection.source, self.field.key, values, self.columns, FIRST)
        return [self._shown(lane, heads[lane.value]) for lane in self.lanes.lanes]

    def _shown(self, lane: Lane, page: Page) -> Shown:
        return Shown(lane, self.drawer.cards(page.rows, lane), page.next and self.more_url(lane, page.next))

    def more(self, lane: Lane, after: str) -> Shown:
        """The cards of a lane after a cursor."""
        page = self.in_lanes([lane]).page(columns=self.columns, sort=SORT, after=after, limit=FIRST)
        return self._shown(lane, page)

    def more_url(self, lane: Lane, cursor: str) -> str:
        return self.listing.url("/board/lane", lane=lane.key, cursor=cursor)

    def in_lanes(self, lanes: Sequence[Lane]) -> Selection:
        keys = tuple(lane.key for lane in lanes)
        return self.listing.selection.matching(Condition((self.field.key,), "any_of", keys))

    # -- numbers -------------------------------------------------------------------------------------

    @cached_property
    def total(self) -> tuple[Field, str] | None:
        """What lanes add up, and how: as chosen, else the sum of the first field that declares one."""
        choices = {f"{field.key}:{name}": (field, name) for field, name in total_choices(self.listing)}
        chosen = self.listing.arrangement.lane_total
        usual = next((key for key, (field, _name) in choices.items() if field.total), "")
        return choices.get(chosen if chosen in (NO_TOTAL, *choices) else usual)

    def totals(self, lanes: Sequence[Lane]) -> dict[str, LaneTotals]:
        wanted = [(self.total[0].key, self.total[1])] if self.total else []
        found = self.in_lanes(lanes).lanes(self.field.key, wanted)
        return {key_of(value): each for value, each in found.items()}

    def numbered(self, lanes: Sequence[Lane], totals: Mapping[str, LaneTotals]) -> list[Shown]:
        """The heads of these lanes."""
        viewer = self.listing.actor.viewer
        heads = []
        for lane in lanes:
            held = totals.get(lane.key, LaneTotals(0))
            heads.append(Shown(lane, SafeString(), None, write_number(held.count, viewer), self._sum(held)))
        return heads

    def _sum(self, held: LaneTotals) -> str:
        if self.total is None:
            return ""
        field, name = self.total
        raw = held.totals.get((field.key, name))
        if raw is None and name == "sum":
            raw = Decimal(0)
        return str(field.aggregate_text(name, raw, self.listing.actor.viewer))

    def summary(self, totals: Mapping[str, LaneTotals]) -> Summary | None:
        """What the open lanes are worth; None where no sum is shown or nothing is probable."""
        viewer = self.listing.actor.viewer
        field = self.total[0] if self.total and self.total[1] == "sum" else None
        lanes = [lane for lane in self.lanes.lanes if lane.is_open and lane.probability is not None]
        if field is None or not lanes:
            return None
        weighted = total = Decimal(0)
        for lane in lanes:
            held = totals[lane.key].totals.get((field.key, "sum")) if lane.key in totals else None
            amount = Decimal(str(held or 0))
            total += amount
            weighted += amount * (lane.probability or 0) / 100
        return Summary(
            field.aggregate_text("sum", weighted, viewer), field.aggregate_text("sum", total, viewer)
        )


def total_choices(listing: Listing) -> list[tuple[Field, str]]:
    """The numbers that a lane can add up, with each way to do it."""
    fields = readable(listing.actor, listing.declaration).values()
    numbers = [field for field in fields if "mean" in field.aggregates and field.label]
    return [(field, name) for field in numbers for name in offered(field) if name in OF_NUMBERS]
