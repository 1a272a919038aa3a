"""How a list is arranged: what a saved view holds, or what one person made of the list without a view."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

TABLE, BOARD, CALENDAR = "table", "board", "calendar"


@dataclass(frozen=True)
class Arrangement:
    """`columns` and `sort` are blank where the object's own hold; `pinned` counts the columns that stay in
    sight; `lanes` is the field of a board and `lane_total` what they add up; `group` is what the rows are
    grouped by; `footers` are the totals that were chosen by column; `settings` is what each layout
    was told."""

    view: UUID | None = None
    name: str = ""
    filter: str = ""
    sort: str = ""
    columns: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)
    pinned: int = 1
    layout: str = TABLE
    lanes: str = ""
    lane_total: str = ""
    group: str = ""
    footers: Mapping[str, str] = field(default_factory=dict)
    folded: tuple[str, ...] = ()
    settings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
