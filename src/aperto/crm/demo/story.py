"""What happened in two years: made from the vocabulary by a generator with a fixed seed.

Nothing here writes; it says which drafts of which object each colleague wrote, and when.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from aperto.crm.demo.people import Colleague
from aperto.crm.demo.vocabulary import Place, Vocabulary
from aperto.kernel.changes import Draft
from aperto.kernel.fields.base import Ref
from aperto.kernel.folding import fold
from aperto.kernel.ids import uuid7
from aperto.kernel.pipelines.stages import Step

YEARS = timedelta(days=730)
WORKING_HOURS = (8, 17)
INDUSTRIES = ("manufacturing", "transport", "energy", "food", "health", "construction", "retail", "services")


@dataclass(eq=False)
class Known:
    """A record of the story that later ones point at."""

    id: UUID
    owner: Colleague
    since: datetime
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass
class Story:
    words: Vocabulary
    staff: Sequence[Colleague]
    lead_steps: Sequence[Step]
    deal_steps: Sequence[Step]
    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    chance: Random = field(default_factory=lambda: Random(20))  # noqa: S311 - a story, no secret
    companies: list[Known] = field(default_factory=list)
    contacts: list[Known] = field(default_factory=list)
    leads: list[Known] = field(default_factory=list)
    deals: list[Known] = field(default_factory=list)

    # -- chance --------------------------------------------------------------------------------------

    def seller(self) -> Colleague:
        return self.chance.choice(self.staff[:7])

    def moment(self, after: datetime, before: datetime | None = None) -> datetime:
        """A working hour between the two moments."""
        until = min(before or self.now, self.now)
        span = max((until - after).total_seconds(), 3_600)
        chosen = after + timedelta(seconds=self.chance.random() * span)
        hour = self.chance.randint(*WORKING_HOURS)
        return min(chosen.replace(hour=hour, minute=self.chance.randrange(0, 60, 5)), until)

    def phone(self, place: Place, mobile: bool = False) -> dict[str, Any]:
        code = 4 if place.country == "PT" else 3  # "+351" and "+31"
        digits = 9 - (len(place.phone) - code) if place.country in {"NL", "FR", "PT"} else 4
        number = place.phone + "".join(self.chance.choices("0123456789", k=max(digits, 3)))
        return {"number": number, "type": "mobile" if mobile else "work"}

    def address(self, place: Place) -> dict[str, Any]:
        street = f"{self.chance.choice(self.words.streets)} {self.chance.randint(1, 240)}"
        return {
            "street": street,
            "postal_code": place.postal_code,
            "city": place.city,
            "country": place.country,
        }

    # -- who -----------------------------------------------------------------------------------------

    def write_companies(self, count: int) -> Iterator[tuple[Colleague, Draft]]:
        names = [f"{a} {b}" for a in self.words.company_starts for b in self.words.company_ends]
        self.chance.shuffle(names)
        for name in names[:count]:
            owner, place = self.seller(), self.chance.choice(self.words.places)
            known = Known(uuid7(), owner, self.moment(self.now - YEARS, self.now - timedelta(days=20)))
            domain = f"{fold(name).replace(' ', '').replace(chr(39), '')}.example"
            known.extra = {"name": name, "place": place, "domain": domain}
            self.companies.append(known)
            yield (
                owner,
                Draft(
                    {
                        "name": name,
                        "website": f"https://{domain}",
                        "emails": [{"address": f"info@{domain}", "type": "work"}],
                        "phones": [self.phone(place)],
                        "address": self.address(place),
                        "industry": self.chance.choice(INDUSTRIES),
                        "employees": self.chance.choice((8, 15, 24, 45, 80, 120, 260, 600)),
                        "status": self.chance.choice(("prospect", "customer", "customer", "dormant")),
                        "source": self.chance.choice(("web", "referral", "event", "partner")),
                        "rating": self.chance.randint(2, 5),
                    },
                    id=known.id,
                    at=known.since,
                ),
            )

    def write_contacts(self) -> Iterator[tuple[Colleague, Draft]]:
        for company in self.companies:
            for _person in range(self.chance.choice((1, 2, 3, 3, 4, 5))):
                yield self._contact(company)

    def _contact(self, company: Known) -> tuple[Colleague, Draft]:
        first, last = self.chance.choice(self.words.first_names), self.chance.choice(self.words.last_names)
        known = Known(uuid7(), company.owner, self.moment(company.since, company.since + timedelta(days=60)))
        known.extra = {"name": f"{first} {last}", "company": company}
        self.contacts.append(known)
        local = fold(f"{first}.{last}").replace(" ", "").replace("'", "")
        values = {
            "first_name": first,
            "last_name": last,
            "company": Ref("company", company.id),
            "job_title": self.chance.choice(self.words.job_titles),
            "emails": [{"address": f"{local}@{company.extra['domain']}", "type": "work"}],
            "phones": [self.phone(company.extra["place"])],
            "status": self.chance.choice(("prospect", "customer", "customer", "lead")),
            "source": self.chance.choice(("web", "referral", "event")),
        }
        return company.owner, Draft(values, id=known.id, at=known.since)

    def write_leads(self, count: int) -> Iterator[tuple[Colleague, Draft]]:
        for _lead in range(count):
            owner, place = self.seller(), self.chance.choice(self.words.places)
            first, last = (
                self.chance.choice(self.words.first_names),
                self.chance.choice(self.words.last_names),
            )
            words = self.words
            company = f"{self.chance.choice(words.company_starts)} {self.chance.choice(words.company_ends)}"
            known = Known(uuid7(), owner, self.moment(self.now - timedelta(days=120)))
            self.leads.append(known)
            local = fold(f"{first}.{last}").replace(" ", "").replace("'", "")
            step = self.chance.choice(self.lead_steps[:3])
            values = {
                "first_name": first,
                "last_name": last,
                "company_name": company,
                "emails": [{"address": f"{local}@mail.example", "type": "work"}],
                "phones": [self.phone(place)],
                "interest": self.chance.choice(self.words.interests),
                "stage": Ref("stage", step.id),
                "amount": str(self.chance.randrange(2_000, 60_000, 500)),
                "source": self.chance.choice(("web", "event", "campaign", "call")),
                "rating": self.chance.randint(1, 5),
            }
            yield owner, Draft(values, id=known.id, at=known.since)

    # -- what ----------------------------------------------------------------------------------------

    def write_deals(self, count: int) -> Iterator[tuple[Colleague, Draft]]:
        """New deals, all in the first stage; `moves` tells how they went on."""
        for _deal in range(count):
            company = self.chance.choice(self.companies)
            people = [each for each in self.contacts if each.extra["company"] is company]
            start = self.moment(max(company.since, self.now - YEARS), self.now - timedelta(days=2))
            known = Known(uuid7(), company.owner, start, {"company": company, "people": people})
            known.extra["name"] = (
                f"{self.chance.choice(self.words.offers)}, {self.chance.choice(self.words.details)}"
            )
            self.deals.append(known)
            chosen = self.chance.sample(people, min(len(people), 2))
            roles = zip(chosen, ("decides", "influences"), strict=False)
            values = {
                "name": known.extra["name"],
                "company": Ref("company", company.id),
                "contacts": [Ref("contact", each.id, role=role) for each, role in roles],
                "amount": str(self.chance.choice((8, 13, 24, 31, 42, 55, 61, 73, 88, 96, 138, 184)) * 1_000
                              + self.chance.randrange(0, 1_000, 50)),
                "close_date": (start + timedelta(days=self.chance.randint(40, 160))).date().isoformat(),
                "stage": Ref("stage", self.deal_steps[0].id),
                "next_step": self.chance.choice(self.words.next_steps),
                "source": self.chance.choice(("web", "referral", "event", "partner", "existing")),
            }  # fmt: skip
            yield company.owner, Draft(values, id=known.id, at=start)

    def moves(self) -> Iterator[list[tuple[Colleague, Draft]]]:
        """Rounds of stage moves: each deal at most once in a round, so that a round is one write."""
        places = {deal.id: 0 for deal in self.deals}
        moment = {deal.id: deal.since for deal in self.deals}
        won = next(place for place, step in enumerate(self.deal_steps) if step.kind == "won")
        for _round in range(won):
            written = []
            for deal in self.deals:
                later = moment[deal.id] + timedelta(days=self.chance.randint(5, 45))
                if places[deal.id] is None or later > self.now - timedelta(hours=2):
                    continue
                lost = self.chance.random() < 0.14
                place = won + 1 if lost else places[deal.id] + 1
                values: dict[str, Any] = {"stage": Ref("stage", self.deal_steps[place].id)}
                if lost:
                    values["lost_reason"] = self.chance.choice(("price", "competitor", "timing", "no_budget"))
                moment[deal.id] = self.moment(later - timedelta(hours=9), later)
                places[deal.id] = None if place >= won else place  # type: ignore[assignment]
                deal.extra["closed"] = place >= won
                written.append((deal.owner, Draft(values, record=deal.id, at=moment[deal.id])))
            yield written
