"""Invented people for forms and files, unlike anybody who was seeded."""

import csv
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.fields.base import Ref
from bench.seeding.names import local_part, tongues

COLUMNS = (
    "First name", "Last name", "E-mail", "Mobile", "Company", "Job title", "Status", "Source", "City",
    "Country",
)  # fmt: skip
KNOWN = 0.03  # of the rows of a file: people whose e-mail a record has already


class People:
    """A stream of people; the same one each time."""

    def __init__(self, seed: int) -> None:
        self.chance, self.number = Random(seed), seed * 1_000_000

    def next(self) -> dict[str, str]:
        self.number += 1
        speaks = self.chance.choice(tongues())
        first, last = speaks.person(self.chance)
        return {
            "first_name": first,
            "last_name": last,
            "job_title": self.chance.choice(speaks.words.job_titles),
            "email": f"{local_part(first, last)}.{self.number}@new.example",
            "phone": f"+316{self.chance.randrange(10**7, 6 * 10**7):08d}",
            "city": self.chance.choice(speaks.words.places).city,
            "country": self.chance.choice(speaks.words.places).country,
        }


def some(actor: Actor, object_key: str, columns: tuple[str, ...], count: int) -> list[Any]:
    """The first records that the actor sees."""
    return list(records.visible(actor, object_key).page(columns=columns, limit=count).rows)


def unmistakable(actor: Actor) -> list[str]:
    """Names of companies that only one of those has whom the actor sees: a file says no more of them."""
    named = Counter(row.title for row in records.visible(actor, "company").iterate(("title",)))
    return [name for name, count in named.items() if count == 1][:200]


def write_file(path: Path, actor: Actor, rows: int) -> None:
    """A file as another system would export it, with some people who are here already."""
    people = People(7)
    companies = unmistakable(actor)
    known = [row.values["emails"] for row in some(actor, "contact", ("emails",), 200) if row.values["emails"]]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for _row in range(rows):
            each = people.next()
            if people.chance.random() < KNOWN:
                each["email"] = people.chance.choice(known)[0]["address"]
            writer.writerow(
                [each["first_name"], each["last_name"], each["email"], each["phone"],
                 people.chance.choice(companies), each["job_title"], "prospect", "web", each["city"],
                 each["country"]]
            )  # fmt: skip


def contact_form(person: dict[str, str], company: Ref) -> dict[str, str]:
    """What the short form of a new contact sends."""
    return {
        "first_name": person["first_name"],
        "last_name": person["last_name"],
        "company": str(company.id),
        "job_title": person["job_title"],
        "emails.0.address": person["email"],
        "phones.0.number": person["phone"],
    }
