"""Moving a record along its path."""

import json
from decimal import Decimal

from aperto.kernel import records
from aperto.kernel.changes.models import Change
from tests.web.office import Office

HTMX = {"HX-Request": "true"}


def test_click_moves_and_offers_undo(office: Office) -> None:
    deal = office.make("deal", name="Robots")
    discovery = office.stage("deal", "Discovery")

    answer = office.client().post(f"/deal/{deal.pk}/stage/{discovery}", headers=HTMX)

    assert answer.status_code == 200
    change = Change.objects.filter(record=deal.pk).latest("id")
    assert json.loads(answer.headers["HX-Trigger"])["toast"]["undo"] == f"/undo/{change.id}"
    assert records.visible(office.actor(), "deal").get(deal.pk).stage == discovery
    assert 'id="record-head" hx-swap-oob="true"' in answer.content.decode()


def test_required_fields_are_asked(office: Office) -> None:
    deal = office.make("deal", name="Robots")
    proposal = office.stage("deal", "Proposal")

    asked = office.client().get(f"/deal/{deal.pk}/stage/{proposal}", headers=HTMX)
    refused = office.client().post(f"/deal/{deal.pk}/stage/{proposal}", headers=HTMX)

    assert b"<dialog" in asked.content
    assert b'name="amount"' in asked.content
    assert refused.status_code == 422
    assert refused.headers["HX-Retarget"] == "#dialogs"
    assert records.visible(office.actor(), "deal").get(deal.pk).stage == office.stage("deal", "Qualify")


def test_answer_moves_and_fills(office: Office) -> None:
    deal = office.make("deal", name="Robots")
    proposal = office.stage("deal", "Proposal")
    typed = {"in_dialog": "1", "amount": "1500", "amount.currency": "EUR"}

    answer = office.client().post(f"/deal/{deal.pk}/stage/{proposal}", typed, headers=HTMX)

    assert answer.status_code == 200
    moved = records.visible(office.actor(), "deal").get(deal.pk)
    assert (moved.stage, moved.amount) == (proposal, Decimal(1500))


def test_lost_asks_why(office: Office) -> None:
    deal = office.make("deal", name="Robots")
    lost = office.stage("deal", "Lost")

    page = office.client().get(f"/deal/{deal.pk}").content.decode()
    answer = office.client().post(f"/deal/{deal.pk}/stage/{lost}", {"lost_reason": "price"}, headers=HTMX)

    assert f'href="/deal/{deal.pk}/stage/{lost}" data-dialog' in page
    assert answer.status_code == 200
    assert records.visible(office.actor(), "deal").get(deal.pk).lost_reason == "price"


def test_refusals_move_nothing(office: Office) -> None:
    deal = office.make("deal", name="Robots")
    discovery = office.stage("deal", "Discovery")

    assert office.client(office.outsider).post(f"/deal/{deal.pk}/stage/{discovery}").status_code == 404
    assert office.client(office.reader).post(f"/deal/{deal.pk}/stage/{discovery}").status_code == 403
    assert office.client().post(f"/deal/{deal.pk}/stage/{deal.pk}").status_code == 404
    assert office.client().post(f"/contact/{deal.pk}/stage/{discovery}").status_code == 404
    assert records.visible(office.actor(), "deal").get(deal.pk).stage == office.stage("deal", "Qualify")


def test_without_scripts_the_page_comes_back(office: Office) -> None:
    deal = office.make("deal", name="Robots")

    answer = office.client().post(f"/deal/{deal.pk}/stage/{office.stage('deal', 'Discovery')}")

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/deal/{deal.pk}")
