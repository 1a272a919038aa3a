"""Deleting, the recycle bin, and bringing back."""

import pytest

from aperto.kernel import changes, records
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Missing
from tests.web.office import Office

HTMX = {"HX-Request": "true"}


def test_deleting_goes_to_the_list_and_offers_undo(office: Office) -> None:
    deal = office.make("deal", name="Robots")

    answer = office.client().post(f"/deal/{deal.pk}/delete", headers=HTMX)

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/deal")
    with pytest.raises(Missing):
        records.visible(office.actor(), "deal").get(deal.pk)


@pytest.mark.parametrize(("who", "status"), [("colleague", 403), ("outsider", 404), ("reader", 403)])
@pytest.mark.parametrize("verb", ["delete", "restore"])
def test_refusals_leave_it_where_it_is(office: Office, who: str, status: int, verb: str) -> None:
    deal = office.make("deal", name="Robots")
    if verb == "restore":
        changes.delete(office.actor(), deal, via="test")
    before = Change.objects.count()

    answer = office.client(getattr(office, who)).post(f"/deal/{deal.pk}/{verb}")

    assert answer.status_code == status
    assert Change.objects.count() == before


def test_a_get_deletes_nothing(office: Office) -> None:
    deal = office.make("deal", name="Robots")

    assert office.client().get(f"/deal/{deal.pk}/delete").status_code == 405
    assert records.visible(office.actor(), "deal").get(deal.pk).title == "Robots"


def test_bin_lists_and_restores(office: Office) -> None:
    deal = office.make("deal", name="Robots <b>")
    changes.delete(office.actor(), deal, via="test")

    page = office.client().get("/bin").content.decode()
    answer = office.client().post(f"/deal/{deal.pk}/restore")

    assert "Robots &lt;b&gt;" in page
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/deal/{deal.pk}")
    assert records.visible(office.actor(), "deal").get(deal.pk).title == "Robots <b>"


def test_bin_shows_only_what_one_may_see(office: Office) -> None:
    deal = office.make("deal", name="Canary")
    changes.delete(office.actor(), deal, via="test")

    assert b"Canary" not in office.client(office.outsider).get("/bin").content
    assert b"Canary" not in office.client().get("/bin?object=contact").content
    assert b"/restore" not in office.client(office.reader).get("/bin").content


def test_restoring_what_is_not_deleted_is_404(office: Office) -> None:
    deal = office.make("deal", name="Robots")

    assert office.client().post(f"/deal/{deal.pk}/restore").status_code == 404


def test_taken_unique_value_is_told(office: Office) -> None:
    first = office.make("contact", last_name="One", external_id="X-1")
    changes.delete(office.actor(), first, via="test")
    office.make("contact", last_name="Two", external_id="X-1")

    answer = office.client().post(f"/contact/{first.pk}/restore", headers=HTMX)

    assert "Another record has this value already." in answer.headers["HX-Trigger"]
    assert records.deleted(office.actor(), "contact").exists()
