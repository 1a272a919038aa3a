"""History, undo and the record as it was."""

from aperto.kernel import changes, records
from aperto.kernel.changes.models import Change
from aperto.web.records.entries import who
from tests.web.office import Office

HTMX = {"HX-Request": "true"}


def test_history_shows_old_and_new_and_undoes(office: Office) -> None:
    deal = office.make("deal", name="Robots")
    change = changes.save(office.actor(), deal, {"name": "Arms"}, via="page").change
    assert change is not None

    page = office.client().get(f"/deal/{deal.pk}/history").content.decode()
    answer = office.client().post(f"/undo/{change.id}", headers=HTMX)

    assert "<del>Robots</del>" in page
    assert "<ins>Arms</ins>" in page
    assert f'hx-post="/undo/{change.id}"' in page
    assert answer.status_code < 300
    assert records.visible(office.actor(), "deal").get(deal.pk).name == "Robots"


def test_undone_change_says_so(office: Office) -> None:
    deal = office.make("deal", name="Robots")
    change = changes.save(office.actor(), deal, {"name": "Arms"}, via="page").change
    assert change is not None
    changes.undo(office.actor(), change, via="page")

    page = office.client().get(f"/deal/{deal.pk}/history").content.decode()

    assert "undone" in page
    assert f"/undo/{change.id}" not in page


def test_reader_may_look_but_not_undo(office: Office) -> None:
    deal = office.make("deal", name="Robots")
    changes.save(office.actor(), deal, {"name": "Arms"}, via="page")

    page = office.client(office.reader).get(f"/deal/{deal.pk}/history").content.decode()

    assert "<del>Robots</del>" in page
    assert "/undo/" not in page


def test_outsider_sees_no_history(office: Office) -> None:
    deal = office.make("deal", name="Robots")
    change = Change.objects.get(record=deal.pk)

    assert office.client(office.outsider).get(f"/deal/{deal.pk}/history").status_code == 404
    assert office.client(office.outsider).get(f"/deal/{deal.pk}/history/{change.id}").status_code == 404


def test_record_as_it_was(office: Office) -> None:
    deal = office.make("deal", name="Robots", next_step="Call")
    first = Change.objects.get(record=deal.pk)
    changes.save(office.actor(), deal, {"name": "Arms", "next_step": "Write"}, via="page")
    changes.save(office.actor(), deal, {"name": "Legs"}, via="page")

    page = office.client().get(f"/deal/{deal.pk}/history/{first.id}").content.decode()

    assert "<ins>Robots</ins>" in page
    assert "<ins>Call</ins>" in page
    assert "Legs</ins>" not in page


def test_foreign_change_is_no_moment_of_this_record(office: Office) -> None:
    deal, other = office.make("deal", name="Robots"), office.make("deal", name="Other")
    change = Change.objects.get(record=other.pk)

    assert office.client().get(f"/deal/{deal.pk}/history/{change.id}").status_code == 404
    assert office.client().get(f"/deal/{deal.pk}/history", {"before": "rubbish"}).status_code == 404


def test_long_history_loads_on(office: Office) -> None:
    deal = office.make("deal", name="Robots")
    for number in range(60):
        changes.save(office.actor(), deal, {"next_step": f"Step {number}"}, via="page")

    page = office.client().get(f"/deal/{deal.pk}/history").content.decode()
    following = page.split('data-next="')[1].split('"')[0]
    rest = office.client().get(following).content.decode()

    assert "created this record" not in page
    assert "created this record" in rest


def test_what_the_product_made_is_told_in_the_readers_language() -> None:
    assert who("set-up") == "<b>Set-up</b>"
    assert who("<Ana>") == "<b>&lt;Ana&gt;</b>"
