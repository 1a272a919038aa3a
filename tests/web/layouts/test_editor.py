"""The editor of layouts: what it begins with, keeps, refuses, shows beforehand and takes back."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils.translation import override

from aperto.kernel import changes, records
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.access.models import Role
from aperto.kernel.fields.base import text_of
from aperto.kernel.layouts.arrangement import PLACES
from aperto.kernel.objects.registry import registry
from tests.snapshot import unchanged
from tests.web.office import Office

DEAL = "/settings/layouts/deal/"
COLUMNS = {"fields": ["name", "amount"]}


def post(office: Office, path: str, arrangement: Any, user: Any = None) -> Any:
    client = office.client(user or office.admin)
    return client.post(DEAL + path, {"arrangement": json.dumps(arrangement)})


def seen(office: Office, who: str = "owner") -> tuple[str, ...]:
    return for_actor(office.actor(getattr(office, who)), registry.get("deal")).columns


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("filled", [True, False])
def test_every_place_opens_and_is_drawn(office: Office, place: str, filled: bool) -> None:
    if filled:
        office.make("deal", name="Harbour crane", amount="250", stage=office.stage("deal", "Qualify"))
    usual = registry.get("deal")

    page = office.client(office.admin).get(DEAL + place).content.decode()
    given: dict[str, Any] = {"panels": [{"title": "Money", "fields": ["amount"], "columns": 2}]}
    drawn = post(office, f"{place}/preview", given if place == "page" else COLUMNS)

    assert all(f'data-key="{key}"' in page for key in usual.quick if key != usual.path)
    assert (drawn.status_code, "Amount" in drawn.content.decode() or place == "card") == (200, True)


@pytest.mark.parametrize("object_key", sorted(key for key in registry.declared))
def test_every_object_can_be_arranged(office: Office, object_key: str) -> None:
    client = office.client(office.admin)
    wanted = 404 if registry.get(object_key).administered else 200

    codes = {client.get(f"/settings/layouts/{object_key}/{place}").status_code for place in PLACES}

    assert codes == {wanted}


def test_saved_layout_holds_until_it_is_reset(office: Office) -> None:
    usual = seen(office)

    post(office, "columns", COLUMNS)
    assert seen(office) == ("name", "amount")

    post(office, "columns", {"fields": ["amount"]})
    assert seen(office) == ("amount",)
    assert records.visible(office.actor(office.admin), "layout").count().number == 1

    office.client(office.admin).post(DEAL + "columns/reset")
    assert seen(office) == usual


def test_layout_of_a_role_in_a_team_begins_with_that_of_everybody(office: Office) -> None:
    post(office, "columns", COLUMNS)
    role = Role.objects.get(key="user").pk
    for_them = f"columns?role={role}&team={office.team}"

    page = office.client(office.admin).get(DEAL + for_them).content.decode()
    shown = page[page.index("data-zones") : page.index("data-shelf")]
    post(office, for_them, {"fields": ["stage"]})

    assert [key for key in ("name", "amount", "stage") if f'data-key="{key}"' in shown] == ["name", "amount"]
    assert [seen(office, who) for who in ("owner", "outsider")] == [("stage",), ("name", "amount")]


def test_refused_arrangement_stays_on_the_canvas(office: Office) -> None:
    with unchanged():
        answer: HttpResponse = post(office, "page", {"panels": [], "subtitle": ["stage"]})
        unknown = post(office, "columns", {"fields": ["name", "nonsense"]})
        empty = office.client(office.admin).post(DEAL + "columns")

    assert (answer.status_code, unknown.status_code, empty.status_code) == (422, 422, 422)
    assert "There is no field “nonsense”." in unknown.content.decode()


def test_title_of_the_code_stays_that_of_every_language(office: Office) -> None:
    office.admin.language = "nl"
    office.admin.save(update_fields=["language"])

    with override("nl"):  # what the request switches to ends with it
        title = text_of(registry.get("deal").details[-1].title)
        post(office, "page", {"panels": [{"title": title, "fields": ["name"]}]})

    [row] = records.visible(office.actor(office.admin), "layout").page(columns=("arrangement",)).rows
    assert row.values["arrangement"]["panels"][0]["title"] == "About"


def test_history_and_record_page_of_a_layout_open(office: Office) -> None:
    made = changes.create(
        office.actor(office.admin),
        "layout",
        {"of_object": "deal", "place": "columns", "arrangement": COLUMNS},
        via="test",
    )
    client = office.client(office.admin)

    assert client.get(f"/layout/{made.pk}/history").status_code == 200
    assert made.title in client.get(f"/layout/{made.pk}").content.decode()
    assert f"/layout/{made.pk}/history" in client.get(DEAL + "columns").content.decode()
