"""Pinned views: whose they are, in which order, and how much is in them."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from aperto.kernel.access.models import User
from aperto.kernel.ids import uuid7
from aperto.kernel.query.json import to_json
from aperto.kernel.query.parse import parse
from aperto.kernel.query.pins import MOST, Pin
from aperto.kernel.query.views import SavedView, delete_view, save_view
from tests.queries import counted
from tests.web.office import Office

HTMX = {"HX-Request": "true"}


def view(office: Office, name: str, who: User | None = None, filter: str = "", **more: Any) -> SavedView:
    parsed = to_json(parse(filter)) if filter else None
    made = SavedView(id=uuid7(), object="contact", name=name, filter=parsed, **more)
    return save_view(office.actor(who), made)


def pin(office: Office, *views: SavedView, who: User | None = None) -> None:
    for each in views:
        assert office.client(who).post(f"/pins/{each.pk}", headers=HTMX).status_code == 204


def nav(office: Office, who: User | None = None) -> str:
    answer = office.client(who).get("/pins")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, max-age=30"
    assert "Cookie" in answer["Vary"]
    return answer.content.decode()


def test_pins_show_their_views_with_counts(office: Office) -> None:
    for name in ("Dijk", "Dijkstra", "Visser"):
        office.make("contact", last_name=name)
    office.make("contact", office.outsider, last_name="Dijkman")
    held = view(office, "Dikes <b>", filter="last_name contains dijk")

    pin(office, held)

    page = nav(office)
    assert f'href="/contact?view={held.pk}"' in page
    assert "Dikes &lt;b&gt;" in page
    assert '<span class="count">2</span>' in page
    assert "Dikes" not in nav(office, office.colleague)
    assert 'data-pins="/pins"' in office.client().get("/contact").content.decode()


def test_pins_are_put_in_order_and_taken_off_with_undo(office: Office) -> None:
    one, two, three = (view(office, name) for name in ("One", "Two", "Three"))
    pin(office, one, two, three)
    client = office.client()

    order = f"{three.pk},x,{uuid4()},{one.pk}"
    assert client.post("/pins/order", {"order": order}, headers=HTMX).status_code == 204
    answer = client.post(f"/pins/{one.pk}/remove", headers=HTMX)

    told = json.loads(answer["HX-Trigger"])
    assert told["pins-changed"]
    assert [name for name in ("Three", "One", "Two") if f">{name}<" in nav(office)] == ["Three", "Two"]
    assert nav(office).index("Three") < nav(office).index("Two")
    client.post(told["toast"]["undo"], headers=HTMX)
    page = nav(office)
    assert page.index("Three") < page.index("One") < page.index("Two")


def test_a_view_that_is_not_seen_is_not_pinned_nor_shown(office: Office) -> None:
    theirs = view(office, "Zzyzx", office.colleague)
    shared = view(office, "Shared", office.colleague, share="team", team=office.team)
    pin(office, shared)

    assert office.client().post(f"/pins/{theirs.pk}", headers=HTMX).status_code == 404
    Pin.objects.create(user=office.owner.pk, view=theirs.pk)
    assert "Zzyzx" not in nav(office)
    delete_view(office.actor(office.colleague), shared)
    assert "Shared" not in nav(office)


def test_the_same_twice_and_too_many_are_refused(office: Office) -> None:
    held = [view(office, f"View {n}") for n in range(MOST + 1)]
    pin(office, *held, held[0])

    assert Pin.objects.filter(user=office.owner.pk).count() == MOST
    delete_view(office.actor(), held[0])
    pin(office, held[-1])
    assert ">View 12<" in nav(office)


@pytest.mark.parametrize("order", ["", "x", "\x00", "," * 5_000])
def test_rubbish_changes_no_order(office: Office, order: str) -> None:
    pin(office, view(office, "One"), view(office, "Two"))
    before: list[UUID] = list(Pin.objects.order_by("position").values_list("view", flat=True))

    assert office.client().post("/pins/order", {"order": order}, headers=HTMX).status_code == 204
    assert list(Pin.objects.order_by("position").values_list("view", flat=True)) == before


def test_counts_are_bounded_and_remembered(office: Office) -> None:
    pin(office, view(office, "One"), view(office, "Two", filter="last_name = Dijk"))
    client = office.client()
    client.get("/pins")

    with counted("pins again"):
        client.get("/pins")
