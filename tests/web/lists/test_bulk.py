"""Many records at once, and taking it back."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from aperto.kernel import changes, jobs
from aperto.kernel.access.actor import Actor
from aperto.kernel.jobs import State, worker
from aperto.kernel.jobs.interruptions import Cancelled
from aperto.kernel.jobs.lease import Lease
from aperto.kernel.records import deleted, visible
from tests.company import Staff
from tests.web.lists.conftest import HTMX, Browse, contact


def post(client: Client, url: str, sent: dict[str, Any]) -> Any:
    return client.post(url, sent, headers=HTMX)


def toast(answer: HttpResponse) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer.headers["HX-Trigger"])["toast"]
    return found


def statuses(actor: Actor) -> list[str]:
    return sorted(
        row.values["status"] for row in visible(actor, "contact").page(columns=["status"], limit=500).rows
    )


@pytest.fixture
def three(staff: Staff) -> list[str]:
    return [str(contact(staff.owner, f"Person {n}", status="prospect").pk) for n in range(3)]


def test_the_dialog_asks_for_a_field_and_its_value(browse: Browse, three: list[str]) -> None:
    client = browse("owner")

    html = post(client, "/contact/bulk/edit", {"id": three}).content.decode()

    assert "In 3 records" in html
    assert html.count('name="id"') == 3
    assert 'name="field"' in html
    assert "select" in client.get("/contact/bulk/editor?field=status").content.decode()
    assert client.get("/contact/bulk/editor?field=title").status_code == 404


def test_selected_rows_change_as_one_batch_and_back(staff: Staff, browse: Browse, three: list[str]) -> None:
    client = browse("colleague")

    answer = post(client, "/contact/bulk/edit", {"id": three[:2], "field": "status", "status": "customer"})

    assert toast(answer)["text"] == "2 records changed."
    assert statuses(staff.owner) == ["customer", "customer", "prospect"]

    undone = post(client, toast(answer)["undo"], {})

    assert toast(undone)["text"] == "2 changes undone."
    assert statuses(staff.owner) == ["prospect"] * 3


def test_undo_keeps_what_changed_since(staff: Staff, browse: Browse, three: list[str]) -> None:
    client = browse("owner")
    answer = post(client, "/contact/bulk/edit", {"id": three, "field": "status", "status": "customer"})
    record = visible(staff.owner, "contact").get(three[0])
    changes.save(staff.owner, record, {"status": "partner"}, via="test")

    undone = post(client, toast(answer)["undo"], {})

    assert toast(undone)["text"] == "2 changes undone. 1 record stays as it is, because it changed since."
    assert statuses(staff.owner) == ["partner", "prospect", "prospect"]


def test_deleting_is_undone_too(staff: Staff, browse: Browse, three: list[str]) -> None:
    client = browse("owner")

    answer = post(client, "/contact/bulk/delete", {"id": three})

    assert visible(staff.owner, "contact").count().number == 0
    assert deleted(staff.owner, "contact").count().number == 3

    post(client, toast(answer)["undo"], {})

    assert visible(staff.owner, "contact").count().number == 3


def test_assigning_follows_the_rights_of_assigning(staff: Staff, browse: Browse, three: list[str]) -> None:
    client = browse("owner")
    colleague, outsider = staff.users["colleague"].pk, staff.users["outsider"].pk

    answer = post(client, "/contact/bulk/assign", {"id": three, "field": "owner", "owner": str(outsider)})
    assert "3 refused" in toast(answer)["text"]
    assert toast(answer)["tone"] == "bad"

    answer = post(client, "/contact/bulk/assign", {"id": three, "field": "owner", "owner": str(colleague)})
    assert toast(answer)["text"] == "3 records changed."
    rows = visible(staff.owner, "contact").page(columns=["owner"]).rows
    assert {row.values["owner"].id for row in rows} == {colleague}


@pytest.mark.parametrize("act", ["edit", "delete"])
def test_an_outsider_reaches_nothing(staff: Staff, browse: Browse, three: list[str], act: str) -> None:
    sent = {"id": three, "field": "status", "status": "customer"}

    answer = post(browse("outsider"), f"/contact/bulk/{act}", sent)

    assert "0 records" in toast(answer)["text"]
    assert "undo" not in toast(answer)
    assert statuses(staff.owner) == ["prospect"] * 3


@pytest.mark.parametrize("act", ["edit", "assign", "delete"])
def test_a_reader_may_do_none_of_it(staff: Staff, browse: Browse, three: list[str], act: str) -> None:
    assert post(browse("reader"), f"/contact/bulk/{act}", {"id": three}).status_code == 403
    assert statuses(staff.owner) == ["prospect"] * 3


def test_a_wrong_value_is_asked_again(staff: Staff, browse: Browse, three: list[str]) -> None:
    sent = {"id": three, "field": "birthday", "birthday": "the day before"}

    answer = post(browse("owner"), "/contact/bulk/edit", sent)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "field-error" in html and "the day before" in html
    assert html.count('name="id"') == 3
    assert visible(staff.owner, "contact").get(three[0]).version == 1


def test_nonsense_instead_of_keys_is_nothing(staff: Staff, browse: Browse) -> None:
    answer = post(browse("owner"), "/contact/bulk/delete", {"id": ["nonsense", "", "1"]})

    assert toast(answer)["text"] == "0 records deleted."


# -- all rows of the filter --------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_all_rows_of_the_filter_change_in_the_background(staff: Staff, browse: Browse) -> None:
    for n in range(230):
        contact(staff.owner, f"Person {n}", status="prospect" if n % 2 else "lead")
    contact(staff.actor("outsider"), "Theirs", status="lead")
    client = browse("owner")

    answer = post(
        client, "/contact/bulk/edit?q=status=lead", {"all": "1", "field": "status", "status": "customer"}
    )
    assert 'hx-trigger="every 1s"' in answer.content.decode()
    worker.run_pending()

    job = jobs.find(staff.users["owner"].pk).get()
    assert job.state == State.DONE, job.error
    assert job.result["counts"] == {"changed": 115}
    assert statuses(staff.owner) == ["customer"] * 115 + ["prospect"] * 115
    assert statuses(staff.actor("outsider")) == ["lead"]
    page = client.get(f"/jobs/{job.pk}", headers=HTMX)
    assert "every 1s" not in page.content.decode()
    assert "rows-changed" in page.headers["HX-Trigger"]

    post(client, f"/undo/batch/{job.result['batch']}?many=1", {})
    worker.run_pending()

    assert statuses(staff.owner) == ["lead"] * 115 + ["prospect"] * 115


@pytest.mark.django_db(transaction=True)
def test_background_work_has_the_rights_of_the_moment(staff: Staff, browse: Browse, three: list[str]) -> None:
    from aperto.kernel.access import people, roles

    post(browse("owner"), "/contact/bulk/delete", {"all": "1"})
    reader = roles.ensure_ready_roles()["read_only"]
    people.set_roles(staff.admin, staff.users["owner"], [reader.pk])
    worker.run_pending()

    job = jobs.find(staff.users["owner"].pk).get()
    assert job.result["counts"] == {"changed": 0, "refused": 3}
    assert visible(staff.admin, "contact").count().number == 3


# -- one change --------------------------------------------------------------------------------------


def changed(staff: Staff, record: str) -> Any:
    return changes.save(
        staff.owner, visible(staff.owner, "contact").get(record), {"status": "customer"}, via="test"
    ).change


def test_one_change_is_undone(staff: Staff, browse: Browse, three: list[str]) -> None:
    change = changed(staff, three[0])

    answer = post(browse("colleague"), f"/undo/{change.pk}", {})

    assert toast(answer)["text"] == "Undone."
    assert statuses(staff.owner) == ["prospect"] * 3
    assert post(browse("colleague"), f"/undo/{change.pk}", {}).status_code == 404


def test_a_change_that_was_changed_again_stays(staff: Staff, browse: Browse, three: list[str]) -> None:
    change = changed(staff, three[0])
    record = visible(staff.owner, "contact").get(three[0])
    changes.save(staff.owner, record, {"status": "partner"}, via="test")

    answer = post(browse("owner"), f"/undo/{change.pk}", {})

    assert toast(answer)["tone"] == "bad"
    assert "partner" in statuses(staff.owner)


@pytest.mark.parametrize(("who", "status"), [("outsider", 404), ("reader", 204), ("anonymous", 401)])
def test_others_undo_nothing(staff: Staff, browse: Browse, three: list[str], who: str, status: int) -> None:
    change = changed(staff, three[0])

    answer = post(browse(who), f"/undo/{change.pk}", {})

    assert answer.status_code == status
    if status == 204:
        assert toast(answer)["tone"] == "bad"
    assert "customer" in statuses(staff.owner)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verb", ["edit", "delete"])
def test_what_a_stopped_job_had_done_is_undone_by_one_click(
    staff: Staff, browse: Browse, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    monkeypatch.setattr("aperto.web.lists.selection.STEP", 2)
    for n in range(5):
        contact(staff.owner, f"Person {n}", status="lead")
    client, checks = browse("owner"), iter([False, False, False, True])
    post(client, f"/contact/bulk/{verb}", {"all": "1", "field": "status", "status": "customer"})
    monkeypatch.setattr(Lease, "check", lambda lease: stop() if next(checks) else None)

    worker.run_pending()

    job = jobs.find(staff.users["owner"].pk).get()
    assert (job.state, job.result["counts"]) == (State.CANCELLED, {"changed": 4})
    monkeypatch.undo()
    page = client.get(f"/jobs/{job.pk}").content.decode()
    assert "It was stopped." in page
    assert f'action="/undo/batch/{job.result["batch"]}?many=1"' in page
    post(client, f"/undo/batch/{job.result['batch']}?many=1", {})
    worker.run_pending()
    assert statuses(staff.owner) == ["lead"] * 5


def stop() -> None:
    raise Cancelled
