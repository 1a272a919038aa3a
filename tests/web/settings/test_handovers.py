"""Which field of a lead goes where: an administrator's table is used, kept with its history, and reset."""

from typing import Any

import pytest
from django.test import Client

from aperto.crm.actions.convert_lead import convert_lead
from aperto.crm.actions.lead_table import DEFAULTS, kept
from aperto.kernel import changes, records
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Invalid
from aperto.kernel.objects import handover
from aperto.kernel.objects.registry import registry
from tests.company import Staff, staffed
from tests.snapshot import unchanged
from tests.web.settings.test_settings import browser

ADDRESS = "/settings/conversion"


@pytest.fixture
def staff(db: None) -> Staff:
    return staffed()


@pytest.fixture
def admin(staff: Staff) -> Client:
    return browser(staff, "admin")


def save(client: Client, **pairs: str) -> Any:
    sent = {name.replace("__", "."): origin for name, origin in pairs.items()}
    return client.post(ADDRESS, {"handover": "lead.convert"} | sent, follow=True)


def test_defaults_are_shown_and_are_valid(admin: Client) -> None:
    page = admin.get(ADDRESS).content.decode()

    assert '<option value="company_name" selected>' in page and "Back to the defaults" not in page
    assert handover.mistakes("lead", DEFAULTS) == []


def test_own_table_is_used_by_the_conversion(staff: Staff, admin: Client) -> None:
    save(admin, deal__next_step="interest", contact__job_title="", company__description="rating")
    values = {"last_name": "Nogueira", "company_name": "Alvorada", "interest": "Fleet", "job_title": "Buyer"}
    lead = changes.create(staff.owner, "lead", values | {"rating": 4}, via="test")

    deal: Any = convert_lead(staff.owner, lead, via="test").record

    [contact] = records.visible(staff.owner, "contact").page(columns=["job_title", "last_name"]).rows
    [company] = records.visible(staff.owner, "company").page(columns=["name", "description"]).rows
    assert deal.next_step == "Fleet"
    assert (contact.values["last_name"], contact.values["job_title"]) == ("Nogueira", None)
    assert (company.values["name"], company.values["description"]) == ("Alvorada", "4")


def test_table_has_a_history_and_can_be_reset(admin: Client) -> None:
    save(admin, deal__next_step="interest")
    page = save(admin, deal__next_step="job_title").content.decode()
    assert kept()["deal"]["next_step"] == "job_title" and "Back to the defaults" in page

    admin.post(ADDRESS, {"handover": "lead.convert", "reset": "1"})

    assert kept() == DEFAULTS
    verbs = Change.objects.filter(object="lead_conversion").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["created", "changed", "deleted"]


@pytest.mark.parametrize(("to", "origin"), [("deal__amount", "interest"), ("deal__next_step", "nonsense")])
def test_fields_that_do_not_fit_are_refused(admin: Client, to: str, origin: str) -> None:
    with unchanged():
        assert "These fields do not fit" in save(admin, **{to: origin}).content.decode()


@pytest.mark.parametrize(
    "table",
    [{"user": {"name": "interest"}}, {"deal": 3}, [], {"deal": {"stage": "stage"}}, {"deal": {"name": []}}],
)
def test_tables_that_are_none_are_refused(staff: Staff, table: Any) -> None:
    with unchanged(), pytest.raises(Invalid):
        changes.create(staff.admin, "lead_conversion", {"name": "X", "table": table}, via="test")


def test_choices_fit_where_all_of_them_exist() -> None:
    lead, contact = registry.get("lead").fields, registry.get("contact").fields

    assert handover.fits(lead["source"], contact["source"])
    assert not handover.fits(lead["stage"], contact["description"])


def test_others_find_no_such_page(staff: Staff) -> None:
    assert browser(staff, "manager").get(ADDRESS).status_code == 404
