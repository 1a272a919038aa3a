"""What one calendar shows: which records, of whom, which days, in which colours; and its own address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from urllib.parse import quote

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.calendar.entries import Found, Lot, between
from aperto.kernel.calendar.free_days import free_days
from aperto.kernel.calendar.working import Working
from aperto.kernel.fields.base import Field
from aperto.web.calendar.marks import OBJECT, Marker, marker
from aperto.web.calendar.period import Period

SAFE = "~()!.,:@=<>*"


@dataclass(frozen=True)
class Scene:
    """`given` are the parameters of the address, without the mode and the day; `tinted` is the field that
    gives the colour, where one does."""

    actor: Actor
    period: Period
    working: Working
    lots: Sequence[Lot]
    address: str
    given: Mapping[str, str] = field(default_factory=dict)
    colour: str = OBJECT
    tinted: Field | None = None

    def url(self, address: str | None = None, **changes: str | None) -> str:
        """This calendar with other parameters; one that is None is left out."""
        asked = {"mode": self.period.mode, "day": self.period.day.isoformat()}
        wanted = {**self.given, **asked, **changes}
        pairs = [f"{key}={quote(value, safe=SAFE)}" for key, value in wanted.items() if value is not None]
        return f"{self.address if address is None else address}?{'&'.join(pairs)}"

    @cached_property
    def found(self) -> Found:
        return between(self.lots, self.period.span)

    @cached_property
    def mark(self) -> Marker:
        return marker(self.colour, self.tinted)

    def may_move(self, lot: Lot) -> bool:
        return lot.axis.movable and self.actor.may(lot.axis.declaration, Verb.EDIT)

    @cached_property
    def holidays(self) -> Mapping[date, str]:
        """What the days of rest of the countries are called."""
        return free_days(self.working.countries, self.period.span)

    def hours_of(self, day: date) -> tuple[int, int] | None:
        """From which minute of the day to which one works; None for a day of rest."""
        free = day in self.holidays or day.weekday() not in self.working.days
        return None if free else (self.working.begins, self.working.ends)
