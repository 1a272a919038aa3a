"""Records through the API, as owner, colleague, outsider and reader."""

from typing import Any

import pytest

from aperto.kernel import changes
from tests.api.conftest import Callers
from tests.company import Staff
from tests.snapshot import unchanged

PERSON = {"first_name": "Marieke", "last_name": "van Dijk", "emails": [{"address": "m@vandijk.example"}]}


@pytest.fixture
def made(staff: Staff) -> Any:
    return changes.create(staff.owner, "contact", PERSON, via="test")


def test_create_answers_the_record_with_its_address_and_version(ask: Callers) -> None:
    answer = ask("owner").post("/contact", PERSON)

    assert answer.status_code == 201
    assert answer["Location"] == f"/api/v1/contact/{answer.json()['id']}"
    assert answer["ETag"] == '"1"'
    assert answer.json()["title"] == "Marieke van Dijk"


def test_create_names_each_wrong_field(ask: Callers) -> None:
    caller = ask("owner")

    with unchanged():
        answer = caller.post("/contact", {"birthday": "?", "nonsense": 1})

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert set(answer.json()["errors"]) == {"birthday", "nonsense", "first_name"}


def test_list_filters_sorts_pages_and_counts(ask: Callers) -> None:
    caller = ask("owner")
    for name in ("Bakker", "Visser", "Smit"):
        caller.post("/contact", {"last_name": name})

    first = caller.get("/contact?fields=last_name&sort=last_name&limit=2&count=1").json()
    rest = caller.get(f"/contact?fields=last_name&sort=last_name&limit=2&cursor={first['next']}").json()
    found = caller.get('/contact?fields=last_name&filter=last_name ~ "iss"').json()

    assert [row["last_name"] for row in first["data"] + rest["data"]] == ["Bakker", "Smit", "Visser"]
    assert first["count"] == {"number": 3, "exact": True}
    assert rest["next"] is None
    assert [row["last_name"] for row in found["data"]] == ["Visser"]


def test_list_includes_titles_of_references(ask: Callers) -> None:
    caller = ask("owner")
    company = caller.post("/company", {"name": "Van Dijk Logistiek"}).json()["id"]
    caller.post("/contact", PERSON | {"company": company})

    answer = caller.get("/contact?fields=company&include=company").json()

    assert answer["included"] == {company: {"object": "company", "title": "Van Dijk Logistiek"}}


@pytest.mark.parametrize(
    "query",
    [
        "filter=nonsense = 1",
        "filter=last_name ~",
        "filter=owner.password ~ a",
        "sort=nonsense",
        "fields=nonsense",
        "include=last_name",
        "limit=0",
        "limit=1e3",
        "cursor=garbage",
        "count=maybe",
        "limit=1&limit=2",
    ],
)
def test_bad_parameters_are_told(ask: Callers, query: str) -> None:
    answer = ask("owner").get(f"/contact?{query}")

    assert answer.status_code == 400
    assert answer.json()["title"]


def test_change_with_the_seen_version(ask: Callers, made: Any) -> None:
    caller = ask("owner")

    answer = caller.patch(f"/contact/{made.pk}", {"job_title": "Buyer"}, If_Match='"1"')

    assert (answer.status_code, answer["ETag"]) == (200, '"2"')


def test_change_with_an_old_version_is_refused(ask: Callers, made: Any) -> None:
    caller = ask("owner")
    caller.patch(f"/contact/{made.pk}", {"job_title": "Buyer"})

    with unchanged():
        answer = caller.patch(f"/contact/{made.pk}", {"department": "B"}, If_Match='"1"')

    assert answer.status_code == 412
    assert answer.json()["version"] == 2


@pytest.mark.parametrize("seen", ['"abc"', '"1", "2"', '"²"', "0" * 40])
def test_version_that_no_record_has_is_an_old_one(ask: Callers, made: Any, seen: str) -> None:
    caller = ask("owner")
    caller.get("/contact")

    with unchanged():
        answer = caller.patch(f"/contact/{made.pk}", {"department": "B"}, If_Match=seen)
        unreadable = caller.patch(f"/contact/{made.pk}", [], If_Match=seen)

    assert (answer.status_code, answer.json()["version"]) == (412, 1)
    assert unreadable.status_code == 400


def test_read_again_is_not_modified(ask: Callers, made: Any) -> None:
    assert ask("owner").get(f"/contact/{made.pk}", If_None_Match='"1"').status_code == 304


def test_delete_and_restore(ask: Callers, made: Any) -> None:
    caller = ask("owner")

    assert caller.delete(f"/contact/{made.pk}").status_code == 204
    assert caller.get(f"/contact/{made.pk}").status_code == 404
    assert caller.post(f"/contact/{made.pk}/restore").status_code == 200
    assert caller.get(f"/contact/{made.pk}").status_code == 200


def test_history_and_undo(ask: Callers, made: Any) -> None:
    caller = ask("owner")
    caller.patch(f"/contact/{made.pk}", {"job_title": "Buyer"})

    newest = caller.get(f"/contact/{made.pk}/history").json()["data"][0]
    answer = caller.post(f"/changes/{newest['id']}/undo")

    assert newest["changes"] == {"job_title": {"from": None, "to": "Buyer"}}
    assert answer.status_code == 200
    assert caller.get(f"/contact/{made.pk}").json()["job_title"] is None


@pytest.mark.parametrize(("who", "status"), [("outsider", 404), ("reader", 403), ("colleague", 200)])
def test_change_by_others(ask: Callers, made: Any, who: str, status: int) -> None:
    answer = ask(who).patch(f"/contact/{made.pk}", {"job_title": "Buyer"})

    assert answer.status_code == status


@pytest.mark.parametrize(
    "key", ["0", "1 OR 1=1", "'", "..%2f..", "x" * 2000, "%00", "01890000-0000-7000-8000-000000000000"]
)
def test_rubbish_keys_are_not_found(ask: Callers, key: str) -> None:
    for method in ("GET", "PATCH", "DELETE"):
        assert ask("owner").send(method, f"/contact/{key}", {}).status_code == 404


def test_unknown_method_and_media_type(ask: Callers, made: Any) -> None:
    caller = ask("owner")

    assert caller.send("PUT", "/contact").status_code == 405
    answer = caller.client.generic(
        "POST", "/api/v1/contact", b"<x/>", content_type="text/xml", headers=caller.headers
    )
    assert answer.status_code == 415


@pytest.mark.parametrize("body", [b"[", b"[]", b"nul", b'"text"', b"\xff\xfe", b"{" * 5_000])
def test_what_is_no_json_object_is_refused(ask: Callers, body: bytes) -> None:
    caller = ask("owner")

    answer = caller.client.generic(
        "POST", "/api/v1/contact", body, content_type="application/json", headers=caller.headers
    )

    assert answer.status_code == 400


def test_verb_is_carried_out_and_can_be_undone(ask: Callers) -> None:
    caller = ask("owner")
    lead = caller.post("/lead", {"last_name": "Nogueira", "company_name": "Alvorada"}).json()["id"]

    answer = caller.post(f"/lead/{lead}/actions/lead.convert", {"deal_name": "Pilot"})

    assert answer.status_code == 200
    assert caller.get(f"/deal/{answer.json()['record']}").json()["name"] == "Pilot"


def test_verb_refuses_unknown_answers(ask: Callers) -> None:
    caller = ask("owner")
    lead = caller.post("/lead", {"last_name": "Nogueira"}).json()["id"]

    with unchanged():
        answer = caller.post(f"/lead/{lead}/actions/lead.convert", {"nonsense": 1})

    assert answer.status_code == 422


def test_groups_count_and_add_up(ask: Callers, staff: Staff) -> None:
    for amount, day in (("10", "2026-03-01"), ("30", "2026-03-31"), ("5.50", "2026-04-01")):
        values = {"name": "Deal", "amount": {"amount": amount, "currency": "EUR"}, "close_date": day}
        changes.create(staff.owner, "deal", values, via="test")

    answer = ask("owner").get("/deal/groups?by=close_date:month&totals=amount:sum,amount:median").json()
    whole = ask("owner").get("/deal/groups?totals=amount:max").json()

    assert [(each["value"], each["count"], each["totals"]["amount:sum"]) for each in answer["data"]] == [
        ("2026-03-01", 2, "40.0000"),
        ("2026-04-01", 1, "5.5000"),
    ]
    assert answer["data"][0]["totals"]["amount:median"] == "20.0000" and answer["next"] is None
    assert whole["data"][0]["totals"] == {"amount:max": "30.0000"}
    assert ask("outsider").get("/deal/groups?by=stage").json()["data"] == []
    assert ask("owner").get("/deal/groups?by=name").status_code == 400
