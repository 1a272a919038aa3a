"""Companies, their people, their deals and what was done with them: drafts in the order of their time.

Everything comes from one generator with a fixed seed, keys and moments too, so that two runs on one day write
the same business.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from aperto.crm.demo.vocabulary import Place
from aperto.kernel.changes import Draft
from aperto.kernel.fields.base import Ref
from aperto.kernel.folding import fold
from aperto.kernel.pipelines.stages import Step
from bench.seeding.firm import Owner
from bench.seeding.names import local_part
from bench.seeding.shape import Shape

INDUSTRIES = ("manufacturing", "transport", "energy", "food", "health", "construction", "retail", "services")
SOURCES = ("web", "referral", "event", "partner", "campaign", "call")
# Of a whole number with its + and country.
LENGTHS = {"GB": 13, "NL": 12, "FR": 12, "PT": 13, "BE": 11}

type Written = tuple[Owner, Draft]


@dataclass(eq=False, slots=True)
class Known:
    """A record that later ones point at."""

    id: UUID
    owner: Owner
    since: datetime
    company: "Known | None" = None
    domain: str = ""
    people: list["Known"] = field(default_factory=list)
    place: int = 0
    closed: bool = False


@dataclass
class Story:
    shape: Shape
    owners: Sequence[Owner]
    steps: Sequence[Step]  # of the first pipeline of deals
    chance: Random = field(default_factory=lambda: Random(2026))
    companies: list[Known] = field(default_factory=list)
    contacts: list[Known] = field(default_factory=list)
    deals: list[Known] = field(default_factory=list)

    # -- chance --------------------------------------------------------------------------------------

    def moment(self, after: datetime, before: datetime | None = None) -> datetime:
        """A working hour between the two moments."""
        until = before or self.shape.now
        span = max((until - after).total_seconds(), 3_600)
        chosen = after + timedelta(seconds=self.chance.random() * span)
        hour, minute, second = self.chance.randint(7, 16), *self.chance.choices(range(60), k=2)
        working = chosen.replace(hour=hour, minute=minute, second=second)
        return max(min(working, until), after)

    def key(self, at: datetime) -> UUID:
        """A key as the product would have made it at that moment."""
        stamp = int(at.timestamp() * 1000)
        tail = self.chance.getrandbits(62)
        return UUID(int=stamp << 80 | 0x7 << 76 | self.chance.getrandbits(12) << 64 | 0b10 << 62 | tail)

    def phone(self, place: Place, mobile: bool) -> dict[str, Any]:
        """Within the patterns of the country: the field refuses other numbers."""
        if mobile:
            return {"number": self._mobile(place.country), "type": "mobile"}
        missing = LENGTHS[place.country] - len(place.phone)
        return {"number": place.phone + "".join(self.chance.choices("0123456789", k=missing)), "type": "work"}

    def _mobile(self, country: str) -> str:
        match country:
            case "GB":
                return f"+447400{self.chance.randrange(10**6):06d}"
            case "PT":
                return f"+35191{self.chance.randrange(10**7):07d}"
            case "FR":
                return f"+336{self.chance.randrange(10**7, 8 * 10**7):08d}"
            case "BE":
                return f"+32470{self.chance.randrange(10**6):06d}"
            case _:
                return f"+316{self.chance.randrange(10**7, 6 * 10**7):08d}"

    # -- who -----------------------------------------------------------------------------------------

    def write_companies(self) -> Iterator[Written]:
        starts = sorted(
            self.moment(self.shape.start, self.shape.now - timedelta(days=3))
            for _each in range(self.shape.companies)
        )
        for since in starts:
            known = Known(self.key(since), self.chance.choice(self.owners), since)
            self.companies.append(known)
            yield known.owner, Draft(self._company(known), id=known.id, at=since)

    def _company(self, known: Known) -> dict[str, Any]:
        words, name = known.owner.tongue.words, known.owner.tongue.company(self.chance)
        place = self.chance.choice(words.places)
        known.domain = f"{fold(name).replace(' ', '').replace(chr(39), '')}{len(self.companies)}.example"
        return {
            "name": name,
            "website": f"https://{known.domain}",
            "emails": [{"address": f"info@{known.domain}", "type": "work"}],
            "phones": [self.phone(place, mobile=False)],
            "address": {
                "street": f"{self.chance.choice(words.streets)} {self.chance.randint(1, 240)}",
                "postal_code": place.postal_code,
                "city": place.city,
                "country": place.country,
            },
            "industry": self.chance.choice(INDUSTRIES),
            "employees": self.chance.choice((8, 15, 24, 45, 80, 120, 260, 600)),
            "status": self.chance.choice(("prospect", "customer", "customer", "dormant")),
            "source": self.chance.choice(SOURCES),
            "rating": self.chance.randint(2, 5),
        }

    def write_contacts(self) -> Iterator[Written]:
        chosen = [self.chance.choice(self.companies) for _each in range(self.shape.contacts)]
        starts = ((self.moment(each.since, each.since + timedelta(days=300)), each) for each in chosen)
        limit = self.shape.now - timedelta(days=1)
        known_since = ((min(at, limit), each) for at, each in starts)
        for since, company in sorted(known_since, key=lambda each: each[0]):
            known = Known(self.key(since), company.owner, since, company)
            self.contacts.append(known)
            company.people.append(known)
            yield known.owner, Draft(self._contact(company), id=known.id, at=since)

    def _contact(self, company: Known) -> dict[str, Any]:
        tongue = company.owner.tongue
        first, last = tongue.person(self.chance)
        values: dict[str, Any] = {
            "first_name": first,
            "last_name": last,
            "company": Ref("company", company.id),
            "job_title": self.chance.choice(tongue.words.job_titles),
            "status": self.chance.choice(("prospect", "customer", "customer", "lead")),
            "source": self.chance.choice(SOURCES),
        }
        if self.chance.random() < 0.92:
            address = f"{local_part(first, last)}@{company.domain}"
            values["emails"] = [{"address": address, "type": "work"}]
        if self.chance.random() < 0.8:
            place = self.chance.choice(tongue.words.places)
            values["phones"] = [self.phone(place, mobile=True)]
        if self.chance.random() < 0.2:
            values["birthday"] = f"{self.chance.randint(1955, 2003)}-{self.chance.randint(1, 12):02d}-15"
        return values

    # -- what ----------------------------------------------------------------------------------------

    def write_deals(self) -> Iterator[Written]:
        """New deals, all in the first stage; `moves` tells how they went on."""
        peopled = [each for each in self.companies if each.people]
        chosen = [self.chance.choice(peopled) for _each in range(self.shape.deals)]
        limit = self.shape.now - timedelta(days=2)
        starts = ((self.moment(min(each.people[0].since, limit), limit), each) for each in chosen)
        for since, company in sorted(starts, key=lambda each: each[0]):
            there = [each for each in company.people if each.since <= since] or company.people[:1]
            known = Known(self.key(since), company.owner, since, company)
            known.people = self.chance.sample(there, min(len(there), 2))
            self.deals.append(known)
            yield known.owner, Draft(self._deal(known), id=known.id, at=since)

    def _deal(self, deal: Known) -> dict[str, Any]:
        words = deal.owner.tongue.words
        company = deal.company
        assert company is not None
        roles = zip(deal.people, ("decides", "influences"), strict=False)
        close = deal.since + timedelta(days=self.chance.randint(40, 160))
        return {
            "name": f"{self.chance.choice(words.offers)}, {self.chance.choice(words.details)}",
            "company": Ref("company", company.id),
            "contacts": [Ref("contact", each.id, role=role) for each, role in roles],
            "amount": str(self.chance.randrange(4_000, 190_000, 50)),
            "close_date": close.date().isoformat(),
            "stage": Ref("stage", self.steps[0].id),
            "next_step": self.chance.choice(words.next_steps),
            "source": self.chance.choice(SOURCES),
        }

    def moves(self) -> Iterator[list[Written]]:
        """Rounds of stage moves: each deal at most once in a round, so that a round is one write."""
        won = next(place for place, step in enumerate(self.steps) if step.kind == "won")
        moved = {deal.id: deal.since for deal in self.deals}
        for _round in range(won):
            written = []
            for deal in self.deals:
                later = moved[deal.id] + timedelta(days=self.chance.randint(5, 60))
                if not deal.closed and later < self.shape.now - timedelta(hours=2):
                    moved[deal.id] = later
                    written.append((deal.owner, Draft(self._move(deal, won), record=deal.id, at=later)))
            yield written

    def _move(self, deal: Known, won: int) -> dict[str, Any]:
        lost = self.chance.random() < 0.14
        deal.place = won + 1 if lost else deal.place + 1
        deal.closed = deal.place >= won
        values: dict[str, Any] = {"stage": Ref("stage", self.steps[deal.place].id)}
        if lost:
            values["lost_reason"] = self.chance.choice(("price", "competitor", "timing", "no_budget"))
        return values
