"""Series in pages and by API: the control, the question how far a change reaches, one undo."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from aperto.kernel import records
from tests.snapshot import unchanged
from tests.web.office import Office

HTMX = {"HX-Request": "true"}
START = (datetime.now(UTC) + timedelta(days=7)).replace(hour=9, minute=0, second=0, microsecond=0)
RULE = "FREQ=DAILY;COUNT=4"


def rows(office: Office) -> list[Any]:
    columns = ["subject", "due", "repeats"]
    return list(records.visible(office.actor(), "task").page(columns=columns, sort="due").rows)


@pytest.fixture
def second(office: Office) -> str:
    office.make("task", subject="Water the plants", due=START, repeats=RULE)
    return f"/task/{rows(office)[1].id}"


def test_form_makes_a_series(office: Office) -> None:
    sent = {"subject": "Call round", "due": f"{START:%Y-%m-%dT%H:%M}", "repeats.how": "day"}
    sent |= {"repeats.end": "count", "repeats.times": "3", "repeats.every": "2"}

    answer = office.client().post("/task/new", sent)

    assert (answer.status_code, len(rows(office))) == (302, 3)
    assert rows(office)[2].values["due"] - rows(office)[0].values["due"] == timedelta(days=4)
    assert "Every 2 days, 3 times" in office.client().get(answer.headers["Location"]).text


WRONG = (
    {"how": "custom", "text": "FREQ=SECONDLY"},
    {"how": "day", "every": "x"},
    {"how": "never"},
    {"how": "day", "end": "until", "until": "soon"},
)


@pytest.mark.parametrize("sent", WRONG)
def test_form_says_what_is_wrong_with_a_rule(office: Office, sent: dict[str, str]) -> None:
    form = {"subject": "A", "due": f"{START:%Y-%m-%dT%H:%M}"} | {
        f"repeats.{key}": each for key, each in sent.items()
    }

    with unchanged():
        answer = office.client().post("/task/new", form)

    assert answer.status_code == 422
    assert 'id="err-f-repeats"' in answer.text


def test_sentence_follows_the_choices(office: Office) -> None:
    asked = {"name": "repeats", "repeats.how": "week", "moment": "2026-03-03T10:00"}

    assert office.client().get("/recurrence", asked).text == "Every week on Tuesday"
    assert "99" in office.client().get("/recurrence", asked | {"repeats.every": "400"}).text
    assert office.client().get("/recurrence", {"name": "x" * 5000, "moment": "\0"}).text == ""


def test_edit_reaches_as_far_as_was_said(office: Office, second: str) -> None:
    page = office.client().get(f"{second}/edit").text
    sent = {"subject": "Feed the cat", "has.subject": "1", "reach": "later", "version": "1"}

    answer = office.client().post(f"{second}/edit", sent)

    names = [row.title for row in rows(office)]
    assert 'name="reach"' in page and answer.status_code == 302
    assert names == ["Water the plants", *["Feed the cat"] * 3]


def test_deleting_asks_and_takes_back(office: Office, second: str) -> None:
    client = office.client()

    asked = client.get(f"{second}/occurrences/delete", headers=HTMX)
    answer = client.post(f"{second}/occurrences/delete", {"reach": "later"}, headers=HTMX)

    assert "This and later ones" in asked.text
    assert (answer.status_code, len(rows(office))) == (204, 1)


def test_change_in_place_is_carried_to_the_others(office: Office, second: str) -> None:
    client = office.client()
    answer = client.post(f"{second}/field/subject", {"subject": "Feed the cat"}, headers=HTMX)
    change = answer.headers["HX-Trigger"].partition("/occurrences/carry/")[2].partition('"')[0]

    client.post(f"{second}/occurrences/carry/{change}", {"reach": "all"})

    assert {row.title for row in rows(office)} == {"Feed the cat"}


@pytest.mark.parametrize(("who", "status"), [("reader", 403), ("outsider", 404)])
def test_others_are_refused(office: Office, second: str, who: str, status: int) -> None:
    client = office.client(getattr(office, who))

    answers = [
        client.post(f"{second}/occurrences/delete", {"reach": "all"}),
        client.post(f"{second}/edit", {"subject": "X", "has.subject": "1", "reach": "all"}),
    ]

    assert {each.status_code for each in answers} == {status}
    assert [row.title for row in rows(office)] == ["Water the plants"] * 4


def test_record_that_does_not_repeat_has_no_occurrences(office: Office) -> None:
    task = office.make("task", subject="Once", due=START)

    assert office.client().get(f"/task/{task.pk}/occurrences/delete").status_code == 404
    assert 'name="reach"' not in office.client().get(f"/task/{task.pk}/edit").text
