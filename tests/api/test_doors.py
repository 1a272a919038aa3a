"""Tokens, idempotency, bulk, feed, search, metadata and the document."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from aperto.kernel.access.models import ApiToken
from aperto.kernel.changes.models import Change
from tests.api.conftest import Callers
from tests.company import Staff
from tests.snapshot import unchanged


def test_without_token_nothing_answers(staff: Staff) -> None:
    for headers in ({}, {"Authorization": "Bearer apt_nonsense"}, {"Authorization": "Basic YTpi"}):
        answer = Client().get("/api/v1/contact", headers=headers)
        assert answer.status_code == 401
        assert "Bearer" in answer["WWW-Authenticate"]


def test_session_is_no_way_in(staff: Staff) -> None:
    client = Client()
    client.force_login(staff.users["admin"], backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.get("/api/v1/contact").status_code == 401


@pytest.mark.parametrize(
    "field", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now() - timedelta(1)}]
)
def test_revoked_and_late_tokens_are_refused(ask: Callers, field: dict[str, Any]) -> None:
    caller = ask("owner")
    ApiToken.objects.update(**field)

    assert caller.get("/contact").status_code == 401


def test_token_of_a_former_colleague_is_refused(ask: Callers, staff: Staff) -> None:
    caller = ask("owner")
    staff.users["owner"].is_active = False
    staff.users["owner"].save()

    assert caller.get("/contact").status_code == 401


def test_scopes_cut_what_the_user_may(ask: Callers) -> None:
    caller = ask("owner", "contact:read")

    assert caller.get("/contact").status_code == 200
    assert caller.post("/contact", {"last_name": "A"}).status_code == 403
    assert caller.get("/deal").status_code == 403
    assert caller.get("/search?q=anything").json()["data"] == []


def test_rate_limit_is_told_and_kept(ask: Callers) -> None:
    caller = ask("owner")
    ApiToken.objects.update(rate_limit=2)

    answers = [caller.get("/me") for _call in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0


def test_key_makes_a_repetition_harmless(ask: Callers) -> None:
    caller = ask("owner")

    first = caller.post("/contact", {"last_name": "Once"}, Idempotency_Key="k-1")
    again = caller.post("/contact", {"last_name": "Once"}, Idempotency_Key="k-1")
    other = caller.post("/contact", {"last_name": "Twice"}, Idempotency_Key="k-1")

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.json() == first.json()
    assert again["Idempotency-Replayed"] == "true"
    assert Change.objects.filter(object="contact").count() == 1


def test_upsert_creates_changes_and_tells(ask: Callers) -> None:
    caller = ask("owner")
    rows = [{"external_id": "A", "last_name": "One"}, {"external_id": "B"}, {"last_name": "No key"}]

    first = caller.post("/contact/upsert", {"match": "external_id", "records": rows}).json()
    second = caller.post(
        "/contact/upsert",
        {"match": "external_id", "records": [rows[0], {"external_id": "a", "last_name": "Uno"}]},
    ).json()

    assert first["counts"] == {"created": 1, "updated": 0, "unchanged": 0, "failed": 2}
    assert [row["outcome"] for row in second["data"]] == ["unchanged", "updated"]


def test_upsert_does_not_reach_what_the_caller_cannot_see(ask: Callers) -> None:
    ask("outsider").post("/contact", {"last_name": "Secret", "external_id": "A"})
    caller = ask("owner")

    with unchanged():
        answer = caller.post(
            "/contact/upsert",
            {"match": "external_id", "records": [{"external_id": "A", "last_name": "Mine"}]},
        )

    assert answer.json()["counts"]["failed"] == 1


def test_feed_goes_on_where_it_stopped(ask: Callers) -> None:
    caller = ask("owner")
    start = caller.get("/changes?since=0").json()["next"]
    made = caller.post("/contact", {"last_name": "News"}).json()["id"]

    page = caller.get(f"/changes?since={start}").json()

    assert [(row["record"], row["verb"]) for row in page["data"]] == [(made, "created")]
    assert caller.get(f"/changes?since={page['next']}").json()["data"] == []


def test_feed_is_silent_about_foreign_records(ask: Callers) -> None:
    ask("outsider").post("/contact", {"last_name": "Secret"})

    rows = ask("owner").get("/changes?since=0&limit=500").json()["data"]

    assert not any(row["object"] == "contact" for row in rows)


def test_search_finds_own_and_not_foreign(ask: Callers) -> None:
    ask("outsider").post("/contact", {"last_name": "Nogueira", "first_name": "Foreign"})
    caller = ask("owner")
    caller.post("/contact", {"last_name": "Nogueira", "first_name": "Paulo"})

    titles = [hit["title"] for hit in caller.get("/search?q=nogeira").json()["data"]]

    assert titles == ["Paulo Nogueira"]


def test_metadata_tells_fields_and_rights(ask: Callers) -> None:
    answer = ask("reader").get("/objects/deal").json()

    assert answer["rights"]["read"] == "all"
    assert answer["rights"]["edit"] == "none"
    assert {field["key"] for field in answer["fields"]} >= {"name", "amount", "stage"}
    assert [step["name"] for step in answer["stages"]][:2] == ["Qualify", "Discovery"]


def test_document_names_every_object_and_is_public(staff: Staff) -> None:
    document = Client().get("/api/openapi.json").json()

    assert document["openapi"] == "3.1.0"
    assert {"/contact", "/deal/{id}", "/lead/{id}/actions/lead.convert", "/changes"} <= set(document["paths"])


def test_reference_page_is_readable(staff: Staff) -> None:
    assert b"/api/v1/contact" in Client().get("/api/").content
