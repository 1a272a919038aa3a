"""A firm with a little of everything, and a page in which its administrator has signed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from aperto.kernel import changes
from aperto.kernel.access import organisation
from aperto.kernel.objects.record import Record
from aperto.kernel.pipelines import stages
from tests import company
from tests.company import Staff
from tests.keepsake import kept


@dataclass
class Firm:
    """The staff, and records by what they are."""

    staff: Staff
    company: Record
    contact: Record
    lead: Record
    deals: list[Record]

    def make(self, object_key: str, **values: Any) -> Record:
        return changes.create(self.staff.admin, object_key, values, via="test")


def stage_of(object_key: str, kind: str = "open") -> Any:
    return next(step.id for step in stages.of_object(object_key) if step.kind == kind)


@pytest.fixture
def firm(transactional_db: None) -> Iterator[Firm]:
    yield founded()
    organisation.forget()


@kept
def founded() -> Firm:
    """Two companies, a dozen people, six deals, a lead; what was said and what is to be done."""
    staff = company.staffed()

    def make(object_key: str, **values: Any) -> Record:
        return changes.create(staff.admin, object_key, values, via="test")

    firms = [
        make("company", name=name, website=f"https://{name.split()[0]}.example".lower()) for name in FIRMS
    ]
    people = [
        make(
            "contact",
            first_name=first,
            last_name=last,
            company=firms[place % 2].pk,
            emails=[f"{first}@x{place}.example".lower()],
            phones=[f"+3110555{place:04}"],
        )
        for place, (first, last) in enumerate(PEOPLE)
    ]
    stage = stage_of("deal")
    price = {"amount": "1250", "currency": "EUR"}
    deals = [make("deal", name=name, company=firms[0].pk, stage=stage, amount=price) for name in DEALS]
    lead = make("lead", last_name="Post", company_name="Post en Zonen", stage=stage_of("lead"))
    now = datetime.now(UTC)
    for named in (f"contact:{people[0].pk}", f"deal:{deals[0].pk}"):
        about = [named, f"company:{firms[0].pk}"]
        make("call", subject="Asked for a price", at=now - timedelta(days=1), about=about)
        make("task", subject="Send the offer", due=now + timedelta(days=2), about=about)
    changes.delete(staff.admin, make("product", name="Old robot", code="R-0"), via="test")
    return Firm(staff, firms[0], people[0], lead, deals)


FIRMS = ("Hollandia Robotics", "Zuidplas Cooling")
PEOPLE = (
    ("Marieke", "van Dijk"),
    ("Ana", "Silva"),
    ("Daan", "Bos"),
    ("Chloé", "Martin"),
    ("Inês", "Rocha"),
    ("Joost", "Willems"),
)
DEALS = ("Robots, first line", "Robots, second line", "Survey", "Support", "Training", "Spare parts")


@pytest.fixture
def desk(page: Page, live_server: LiveServer, firm: Firm) -> Page:
    """The administrator's page, without anything that moves."""
    client = Client()
    client.force_login(firm.staff.users["admin"])
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.emulate_media(reduced_motion="reduce", color_scheme="light")
    return page
