"""View as: what an administrator sees through another person's eyes, and that they only look."""

import pytest
from django.test import Client
from django.urls import reverse

from aperto.kernel.access import people, roles, sign_in_rules, tokens
from aperto.kernel.access.models import User
from aperto.kernel.changes.models import Change
from aperto.kernel.objects.record import Record
from tests import firm
from tests.kernel.access.test_people import snapshot
from tests.web.office import Office

BANNER = "You see what Otto sees"


@pytest.fixture
def company(office: Office) -> Record:
    return office.make("company", name="Veldkamp")


@pytest.fixture
def looking(office: Office) -> Client:
    """The administrator, who looks through the outsider's eyes."""
    client = office.client(office.admin)
    client.post(reverse("view_as", args=[office.outsider.pk]))
    return client


def noted(user: User) -> list[str]:
    rows = Change.objects.filter(object="user", record=user.pk).order_by("pk")
    return [row.verb for row in rows if row.verb.startswith("view")]


def test_administrator_sees_what_the_person_sees(office: Office, company: Record, looking: Client) -> None:
    theirs = office.make("company", office.outsider, name="Otto's own")

    assert looking.get(f"/company/{company.pk}").status_code == 404
    assert BANNER in looking.get(f"/company/{theirs.pk}").content.decode()
    assert looking.get(reverse("users")).status_code == 404


@pytest.mark.parametrize("address", ["/", "/company", "/deal/board", "/help", "/bin"])
def test_banner_stands_on_every_page(looking: Client, address: str) -> None:
    assert BANNER in looking.get(address).content.decode()


def test_ending_is_one_click_and_both_ends_are_history(office: Office, looking: Client) -> None:
    answer = looking.post(reverse("end_viewing"))

    assert answer["Location"] == reverse("user", args=[office.outsider.pk])
    assert BANNER not in looking.get("/").content.decode()
    assert looking.get(reverse("users")).status_code == 200
    assert noted(office.outsider) == ["viewed_as", "view_ended"]


def test_signing_out_ends_it_too(office: Office, looking: Client) -> None:
    looking.post(reverse("account_logout"))

    assert noted(office.outsider) == ["viewed_as", "view_ended"]


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize("part", ["edit", "delete", "share", "private", "field/name"])
def test_nothing_is_written(office: Office, looking: Client, part: str, htmx: bool) -> None:
    theirs = office.make("company", office.outsider, name="Otto's own")
    before = snapshot()
    headers = {"HX-Request": "true"} if htmx else {}

    answer = looking.post(f"/company/{theirs.pk}/{part}", {"name": "Mine"}, headers=headers)

    assert answer.status_code == 403
    assert snapshot() == before


@pytest.mark.parametrize("name", ["profile", "security", "tokens", "account_change_password"])
def test_own_pages_are_shut_meanwhile(looking: Client, name: str) -> None:
    assert looking.get(reverse(name)).status_code == 403
    assert looking.post(reverse(name)).status_code == 403


def test_it_never_nests(office: Office, looking: Client) -> None:
    answer = looking.post(reverse("view_as", args=[office.owner.pk]))

    assert answer.status_code == 403
    assert BANNER in looking.get("/").content.decode()
    assert noted(office.owner) == []


def test_it_ends_when_the_administrator_is_one_no_more(office: Office, looking: Client) -> None:
    firm.user("second@nordwijk.example", "administrator")
    people.set_roles(firm.SYSTEM, office.admin, [roles.ensure_ready_roles()["user"].pk], via="test")

    assert BANNER not in looking.get("/").content.decode()
    assert noted(office.outsider) == ["viewed_as", "view_ended"]


def test_it_ends_when_the_person_is_deactivated(office: Office, looking: Client) -> None:
    people.deactivate(firm.SYSTEM, office.outsider, via="test")

    assert looking.get(reverse("users")).status_code == 200


def test_nobody_looks_through_their_own_eyes(office: Office) -> None:
    client = office.client(office.admin)

    client.post(reverse("view_as", args=[office.admin.pk]))

    assert "You see what" not in client.get("/").content.decode()
    assert "View as this person" not in client.get(reverse("user", args=[office.admin.pk])).content.decode()


@pytest.mark.parametrize("who", ["owner", "colleague", "reader"])
def test_others_look_through_nobody(office: Office, who: str) -> None:
    client = office.client(getattr(office, who))
    before = snapshot()

    assert client.post(reverse("view_as", args=[office.outsider.pk])).status_code == 404
    assert snapshot() == before


def test_token_is_not_concerned(office: Office, company: Record, looking: Client) -> None:
    admin = office.actor(office.admin)
    _token, secret = tokens.create(admin, name="x", scopes=["*:*"], expires_at=None)
    headers = {"Authorization": f"Bearer {secret}"}

    assert looking.get(f"/api/v1/company/{company.pk}", headers=headers).status_code == 200


def test_rules_of_the_administrators_own_role_hold_meanwhile(office: Office, looking: Client) -> None:
    role = roles.ensure_ready_roles()["administrator"]
    actor = office.actor(office.admin)
    sign_in_rules.set_rule(actor, role, address="127.0.0.1", second_factor=True, networks="")

    assert looking.get("/company")["Location"] == reverse("require_factor")
