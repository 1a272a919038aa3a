"""About, exchange rates and pipelines: for administrators, and what they change."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from aperto.kernel.changes.models import Change
from aperto.kernel.money import rates
from tests.company import Staff, staffed
from tests.snapshot import unchanged


@pytest.fixture
def staff(db: None) -> Staff:
    return staffed()


def browser(staff: Staff, who: str) -> Client:
    client = Client()
    client.force_login(staff.users[who], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_about_tells_the_version_to_all_and_the_parts_to_administrators(staff: Staff) -> None:
    whole = browser(staff, "admin").get("/settings/about").content.decode()
    part = browser(staff, "owner").get("/settings/about").content.decode()

    assert "Django" in whole
    assert "MPL-2.0" in part
    assert "psycopg" not in part


def test_own_rate_is_used_from_its_day(staff: Staff) -> None:
    answer = browser(staff, "admin").post(
        "/settings/rates", {"currency": "usd", "day": "2026-02-01", "rate": "2.0"}
    )

    assert answer.status_code == 302
    assert rates.per_euro("USD", date(2026, 1, 20)) == Decimal("1.08")
    assert rates.per_euro("USD", date(2026, 3, 1)) == Decimal(2)
    assert Change.objects.filter(object="rate").count() == 1


@pytest.mark.parametrize(
    "given",
    [
        {"currency": "XX", "day": "2026-02-01", "rate": "2"},
        {"currency": "ABC", "day": "2026-02-01", "rate": "2"},
        {"currency": "USD", "day": "31 Feb", "rate": "2"},
        {"currency": "USD", "day": "2026-02-01", "rate": "0"},
        {"currency": "USD", "day": "2026-02-01", "rate": "NaN"},
    ],
)
def test_bad_rates_are_refused(staff: Staff, given: dict[str, str]) -> None:
    client = browser(staff, "admin")

    with unchanged():
        assert client.post("/settings/rates", given).status_code == 422


def test_pipelines_show_their_stages(staff: Staff) -> None:
    text = browser(staff, "admin").get("/settings/pipelines").content.decode()

    assert "Negotiation" in text
    assert "Renewals" in text


@pytest.mark.parametrize("page", ["rates", "pipelines", "pipelines/new"])
def test_others_find_no_such_page(staff: Staff, page: str) -> None:
    assert browser(staff, "manager").get(f"/settings/{page}").status_code == 404


@pytest.mark.parametrize("page", ["/bin", "/jobs", "/profile", "/settings/rates", "/stage"])
def test_navigation_marks_the_settings(staff: Staff, page: str) -> None:
    text = browser(staff, "admin").get(page).content.decode()
    elsewhere = browser(staff, "admin").get("/deal").content.decode()

    assert '<a href="/settings" data-go="s" aria-current="page">' in text
    assert '<a href="/settings" data-go="s">' in elsewhere


def test_bin_and_jobs_stand_in_the_navigation_of_the_settings(staff: Staff) -> None:
    for page in ("/bin", "/jobs"):
        text = browser(staff, "owner").get(page).content.decode()
        assert f'<a href="{page}" aria-current="page">' in text
