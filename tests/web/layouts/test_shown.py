"""Pages, forms, lists and boards show what the layout says."""

from typing import Any

from aperto.kernel import changes
from aperto.kernel.access.models import Role
from aperto.kernel.query.views import SavedView
from tests.web.office import Office

PANELS = [
    {"title": "Money", "titles": {"nl": "Geld"}, "fields": ["amount", "close_date"], "columns": 2},
    {"title": "Names", "fields": ["name"], "columns": 1},
]


def lay(office: Office, place: str, object_key: str = "deal", **values: Any) -> None:
    given = {"of_object": object_key, "place": place} | values
    changes.create(office.actor(office.admin), "layout", given, via="test")


def test_record_page_and_form_follow_the_panels(office: Office) -> None:
    deal = office.make("deal", name="Harbour crane")
    lay(office, "page", arrangement={"panels": PANELS, "subtitle": ["close_date"]})

    page = office.client().get(f"/deal/{deal.pk}").content.decode()
    form = office.client().get(f"/deal/{deal.pk}/edit").content.decode()

    assert page.index("<h2>Money</h2>") < page.index("<h2>Names</h2>") < page.index("<h2>More</h2>")
    assert '<dl class="fields two"><div><dt id="l-amount">' in page
    assert form.index('id="field-f-amount"') < form.index('class="field wide" id="field-f-name"')


def test_related_panels_are_ordered_and_switched_off(office: Office) -> None:
    contact = office.make("contact", last_name="Visser")
    beside = [{"key": "file.about"}, {"key": "contact.reports_to", "shown": False}, {"key": "deal.contacts"}]

    lay(office, "page", "contact", arrangement={"related": beside})
    page = office.client().get(f"/contact/{contact.pk}").content.decode()
    related = page[page.index('aria-label="Related"') :]

    assert related.index(">Files") < related.index(">Deals")
    assert ">Team" not in related


def test_quick_create_asks_what_it_says_and_what_is_needed(office: Office) -> None:
    lay(office, "quick", arrangement={"fields": ["amount"]})

    page = office.client().get("/deal/new", headers={"HX-Request": "true"}).content.decode()

    assert page.index('id="field-f-amount"') < page.index('id="field-f-name"')
    assert 'id="field-f-company"' not in page


def test_list_and_card_follow_and_an_own_view_wins(office: Office) -> None:
    office.make("deal", name="Harbour crane", amount="250", stage=office.stage("deal", "Qualify"))
    lay(office, "columns", arrangement={"fields": ["amount", "name"]})
    lay(office, "card", arrangement={"fields": ["amount"]})
    view = SavedView.objects.create(
        object="deal", name="Mine", owner=office.owner.pk, share="mine", columns=["name", "stage"]
    )

    usual = office.client().get("/deal").content.decode()
    own = office.client().get(f"/deal?view={view.pk}").content.decode()
    board = office.client().get("/deal/board").content.decode()

    assert "Close date" not in usual[usual.index("<thead") : usual.index("</thead")]
    assert "Stage" in own[own.index("<thead") : own.index("</thead")]
    assert "250" in board[board.index("Harbour crane") :][:900]


def test_layout_of_a_role_is_shown_to_that_role_alone(office: Office) -> None:
    deal = office.make("deal", name="Harbour crane")
    role = str(Role.objects.get(key="read_only").pk)
    lay(office, "page", for_role=role, arrangement={"panels": PANELS})

    seen = {
        who: b"<h2>Money</h2>" in office.client(getattr(office, who)).get(f"/deal/{deal.pk}").content
        for who in ("reader", "owner")
    }

    assert seen == {"reader": True, "owner": False}
