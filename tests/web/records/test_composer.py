"""Writing on a record: an activity and its next step, both or neither."""

import json
from datetime import UTC, datetime

import pytest
import time_machine

from aperto.kernel import records
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import FieldError
from aperto.kernel.viewer import Viewer
from aperto.web.records import when
from tests.web.office import Office

HTMX = {"HX-Request": "true"}
SUNDAY = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


def test_call_with_a_task_for_thursday(office: Office) -> None:
    contact = office.make("contact", last_name="van Dijk")
    typed = {"call.body": "Agreed the window", "follow.what": "Send the quote", "follow.when": "thu"}

    with time_machine.travel(SUNDAY, tick=False):
        client = office.client()
        answer = client.post(f"/contact/{contact.pk}/compose/call", typed, headers=HTMX)

    assert answer.status_code == 200
    actor = office.actor()
    [call] = records.visible(actor, "call").page(columns=["body", "done", "about"]).rows
    [task] = records.visible(actor, "task").page(columns=["subject", "due", "about"]).rows
    assert (call.values["body"], call.values["done"]) == ("Agreed the window", True)
    assert [ref.id for ref in call.values["about"]] == [contact.pk]
    assert task.values["due"] == datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
    batch = Change.objects.filter(object="task").latest("id").batch
    assert json.loads(answer.headers["HX-Trigger"])["toast"]["undo"] == f"/undo/batch/{batch}"


def test_what_is_said_to_a_person_is_said_to_their_firm(office: Office) -> None:
    company = office.make("company", name="Van Dijk")
    contact = office.make("contact", last_name="van Dijk", company=company.pk)

    office.client().post(f"/contact/{contact.pk}/compose/note", {"note.body": "Hello there"})

    assert b"Hello there" in office.client().get(f"/company/{company.pk}/timeline").content


def test_activity_gets_the_team_of_its_record(office: Office) -> None:
    contact = office.make("contact", last_name="van Dijk")

    office.client(office.colleague).post(f"/contact/{contact.pk}/compose/note", {"note.body": "Hello"})

    [note] = records.visible(office.actor(), "note").page(columns=["team", "owner"]).rows
    assert note.values["team"].id == office.team
    assert note.values["owner"].id == office.colleague.pk


def test_refused_note_writes_nothing_and_keeps_the_rest(office: Office) -> None:
    contact = office.make("contact", last_name="van Dijk")
    typed = {"note.body": "  "}

    answer = office.client().post(f"/contact/{contact.pk}/compose/note", typed, headers=HTMX)

    assert answer.status_code == 422
    assert b"This field is required." in answer.content
    assert not records.visible(office.actor(), "note").exists()


def test_refused_next_step_takes_the_call_back(office: Office) -> None:
    contact = office.make("contact", last_name="van Dijk")
    typed = {"call.body": "Long <i>talk</i>", "follow.what": "Send", "follow.when": "some day"}

    answer = office.client().post(f"/contact/{contact.pk}/compose/call", typed, headers=HTMX)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Long &lt;i&gt;talk&lt;/i&gt;" in page
    assert 'value="some day"' in page
    assert not records.visible(office.actor(), "call").exists()
    assert not records.visible(office.actor(), "task").exists()


def test_next_step_needs_words(office: Office) -> None:
    contact = office.make("contact", last_name="van Dijk")

    answer = office.client().post(f"/contact/{contact.pk}/compose/call", {"follow.when": "thu"}, headers=HTMX)

    assert b"Say what the next step is." in answer.content
    assert not records.visible(office.actor(), "call").exists()


@pytest.mark.parametrize(("who", "status"), [("outsider", 404), ("reader", 404)])
def test_refusals_write_nothing(office: Office, who: str, status: int) -> None:
    contact = office.make("contact", last_name="van Dijk")
    before = Change.objects.count()

    answer = office.client(getattr(office, who)).post(
        f"/contact/{contact.pk}/compose/note", {"note.body": "x"}
    )

    assert answer.status_code == status
    assert Change.objects.count() == before


@pytest.mark.parametrize("activity", ["file", "deal", "nothing"])
def test_what_is_no_composed_activity_is_404(office: Office, activity: str) -> None:
    contact = office.make("contact", last_name="van Dijk")

    assert office.client().get(f"/contact/{contact.pk}/compose/{activity}").status_code == 404


def test_dialog_closes_itself(office: Office) -> None:
    contact = office.make("contact", last_name="van Dijk")
    url = f"/contact/{contact.pk}/compose/note"

    form = office.client().get(url, headers=HTMX)
    answer = office.client().post(url, {"in_dialog": "1", "note.body": "Hello"}, headers=HTMX)

    assert b"<dialog" in form.content
    assert answer.status_code == 204
    assert json.loads(answer.headers["HX-Trigger"])["dialog:close"] is True


def test_finishing_ticks_the_box_and_offers_undo(office: Office) -> None:
    contact = office.make("contact", last_name="van Dijk")
    task = office.make("task", subject="Send it", about=[f"contact:{contact.pk}"])
    page = office.client().get(f"/contact/{contact.pk}").content.decode()

    answer = office.client().post(f"/task/{task.pk}/finish", headers=HTMX)

    assert f'hx-post="/task/{task.pk}/finish"' in page
    assert answer.status_code == 204
    assert records.visible(office.actor(), "task").get(task.pk).done is True
    assert "/undo/" in json.loads(answer.headers["HX-Trigger"])["toast"]["undo"]
    assert b"/finish" not in office.client().get(f"/contact/{contact.pk}/next").content


def test_finishing_is_refused_to_others(office: Office) -> None:
    task = office.make("task", subject="Send it")

    assert office.client(office.outsider).post(f"/task/{task.pk}/finish").status_code == 404
    assert office.client(office.reader).post(f"/task/{task.pk}/finish").status_code == 403
    assert office.client().get(f"/task/{task.pk}/finish").status_code == 405
    assert records.visible(office.actor(), "task").get(task.pk).done is False


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("thu", "2026-11-26 09:00"),
        ("Thursday", "2026-11-26 09:00"),
        ("sun", "2026-11-29 09:00"),
        ("tomorrow", "2026-11-23 09:00"),
        ("thu 15:30", "2026-11-26 15:30"),
        ("+3d", "2026-11-25 09:00"),
        ("next week", "2026-11-23 09:00"),
        ("2026-12-24", "2026-12-24 09:00"),
        ("24/12/2026 10:15", "2026-12-24 10:15"),
        ("", None),
    ],
)
def test_days_as_one_says_them(said: str, expected: str | None) -> None:
    viewer = Viewer()
    with time_machine.travel(SUNDAY, tick=False):
        moment = when.read(said, viewer)

    assert (moment and moment.astimezone(viewer.zone).strftime("%Y-%m-%d %H:%M")) == expected


@pytest.mark.parametrize("said", ["some day", "thu 99:99", "\x00", "9" * 500])
def test_what_is_no_day_is_told(said: str) -> None:
    with pytest.raises(FieldError):
        when.read(said, Viewer())
