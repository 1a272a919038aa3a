"""How much of what there is for a number of contacts, and over which time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

YEARS = timedelta(days=3 * 365)


@dataclass(frozen=True)
class Shape:
    """The proportions are those of the issue: 100,000 contacts bring 300,000 activities."""

    contacts: int
    now: datetime
    owners: int = 50
    teams: int = 8

    @property
    def companies(self) -> int:
        return max(self.contacts // 5, 10)

    @property
    def deals(self) -> int:
        return max(self.contacts // 5, 10)

    @property
    def activities(self) -> int:
        return self.contacts * 3

    @property
    def start(self) -> datetime:
        return self.now - YEARS
