"""Trials and remembered mappings in the pages of an import."""

from aperto.kernel.jobs import worker
from aperto.transfer.models import SavedMapping
from tests.web.office import Office
from tests.web.transfers.test_wizard import form_of, page, send, titles


def test_trial_tells_in_the_page_what_would_come(office: Office) -> None:
    client = office.client()
    run = send(client)

    client.post(f"/imports/{run.pk}/try", form_of(run))
    assert "Trying the import" in page(client, f"/imports/{run.pk}")
    worker.run_pending()

    shown = page(client, f"/imports/{run.pk}/trial")
    assert "Nothing was written." in shown and "2 + 0 + 0 + 0 + 2 = 4 rows" in shown
    assert titles(office) == []
    client.post(f"/imports/{run.pk}/choices", form_of(run, mode="update"))
    assert "Nothing was written." not in page(client, f"/imports/{run.pk}")


def test_mapping_is_remembered_chosen_and_forgotten(office: Office) -> None:
    client = office.client()
    run = send(client)
    changed = form_of(run, **{"target-2": "emails.home", "name": "Fair"})

    client.post(f"/imports/{run.pk}/remember", changed)
    again = send(client)
    client.post(f"/imports/{again.pk}/choices", form_of(again, **{"target-2": "emails"}))
    again.refresh_from_db()
    assert again.choices["mapping"]["2"] == "emails"
    mapping = SavedMapping.objects.get()
    client.post(f"/imports/{again.pk}/choices", form_of(again, use=str(mapping.pk), used=""))

    again.refresh_from_db()
    assert again.choices["mapping"]["2"] == "emails.home"
    assert "Fair" in page(client, "/contact/import")
    assert office.client(office.colleague).post(f"/imports/mappings/{mapping.pk}/forget").status_code == 404
    client.post(f"/imports/mappings/{mapping.pk}/forget")
    assert not SavedMapping.objects.exists()
