"""Imports and exports by programs."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from aperto.kernel import changes, records
from aperto.kernel.access import tokens
from aperto.kernel.jobs import worker
from tests.api.conftest import Callers
from tests.company import Staff
from tests.snapshot import unchanged

PEOPLE = b"First name,Last name,E-mail\nAna,Silva,ana@x.example\nBram,Bos,no address\n"


def send(staff: Staff, who: str, content: bytes = PEOPLE, query: str = "", *scopes: str) -> Any:
    secret = tokens.create(staff.actor(who), name=who, scopes=scopes or ("*:*",), expires_at=None)[1]
    return Client().post(
        f"/api/v1/contact/import{query}",
        {"file": SimpleUploadedFile("people.csv", content)},
        headers={"Authorization": f"Bearer {secret}"},
    )


def number(staff: Staff) -> int:
    return records.visible(staff.admin, "contact").count().number


def test_file_is_imported_and_taken_back(staff: Staff, ask: Callers) -> None:
    begun = send(staff, "owner")
    worker.run_pending()
    run = ask("owner").get(f"/imports/{begun.json()['id']}").json()

    assert (begun.status_code, run["state"], run["counts"]["created"]) == (202, "done", 1)
    assert [each["row"] for each in run["refused"]] == [3]
    assert ask("colleague").get(f"/imports/{run['id']}").status_code == 404
    assert ask("owner").post(f"/imports/{run['id']}/undo").status_code == 202
    worker.run_pending()
    assert number(staff) == 0


def test_trial_writes_no_record(staff: Staff, ask: Callers) -> None:
    begun = send(staff, "owner", PEOPLE, "?trial=yes")
    worker.run_pending()

    run = ask("owner").get(f"/imports/{begun.json()['id']}").json()
    assert (run["state"], run["trial"]["created"], number(staff)) == ("draft", 1, 0)


def test_refused_files_leave_nothing(staff: Staff) -> None:
    for content, query in (
        (b"PK\x03\x04", ""),
        (b"a,b\n\x01,\x02\n", ""),
        (PEOPLE, "?mode=rubbish"),
        (PEOPLE, "?match=x"),
    ):
        secret = tokens.create(staff.owner, name="x", scopes=("*:*",), expires_at=None)[1]
        with unchanged():
            answer = Client().post(
                f"/api/v1/contact/import{query}",
                {"file": SimpleUploadedFile("x.csv", content)},
                headers={"Authorization": f"Bearer {secret}"},
            )
        assert answer.status_code in {400, 422}, answer.content


def test_narrow_token_reaches_no_further_through_a_file(staff: Staff) -> None:
    scopes = ("contact:read", "contact:create", "contact:import")
    content = b"Last name,Company\nBos,Acme\nVos,\n"

    run = send(staff, "owner", content, "", *scopes).json()

    assert (run["state"], records.visible(staff.admin, "company").count().number) == ("done", 0)
    assert run["counts"]["created"] == 2 or run["refused"]


def test_records_leave_in_each_format(staff: Staff, ask: Callers) -> None:
    changes.create(staff.owner, "contact", {"last_name": "Bos", "job_title": "=1"}, via="test")
    caller = ask("owner")

    def body(query: str) -> bytes:
        return b"".join(caller.get(f"/contact/export?{query}").streaming_content)

    assert json.loads(body("format=json&fields=last_name,job_title"))["job_title"] == "=1"
    assert body("fields=job_title").decode("utf-8-sig").splitlines()[1].endswith(",'=1")
    assert b"N:Bos" in body("format=vcard") and body("format=xlsx").startswith(b"PK")
    assert caller.get("/contact/export?format=rubbish").status_code == 400
    assert caller.get("/contact/export?fields=rubbish").status_code == 400
    assert ask("reader").get("/contact/export").status_code == 403


def test_many_records_are_written_by_a_job(staff: Staff, ask: Callers) -> None:
    changes.create(staff.owner, "contact", {"last_name": "Bos"}, via="test")
    caller = ask("owner")
    begun = caller.post("/contact/export?format=json")
    address = f"/exports/{begun.json()['id']}"
    assert caller.get(f"{address}/file").status_code == 409
    worker.run_pending()

    assert (begun.status_code, caller.get(address).json()["state"]) == (202, "done")
    assert b"Bos" in b"".join(caller.get(f"{address}/file").streaming_content)
    assert ask("admin").get(f"{address}/file").status_code == 404
