"""A list leaves as a file: its rows, its columns, its order, and no more than the actor may take."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from python_calamine import load_workbook

from aperto.kernel.jobs import Job, worker
from aperto.transfer import export_run
from aperto.transfer.models import ExportRun
from tests.snapshot import unchanged
from tests.web.office import Office


def rows_of(client: Client, address: str, delimiter: str = ",") -> list[list[str]]:
    answer: Any = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Contacts.csv"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


@pytest.fixture
def peopled(office: Office) -> Office:
    for last, first, user in (
        ("Silva", "Ana", "owner"),
        ("Bos", "Dirk", "colleague"),
        ("Zee", "Jan", "outsider"),
    ):
        office.make("contact", getattr(office, user), first_name=first, last_name=last, job_title="=1+1")
    return office


def test_page_says_what_will_be_in_the_file(peopled: Office) -> None:
    shown = peopled.client().get("/contact/export").content.decode()

    assert "2 records, in the order of the list." in shown
    assert "Address book (vCard)" in shown
    assert "A page to print" in shown


def test_file_holds_the_filtered_rows_in_the_order_of_the_list(peopled: Office) -> None:
    client = peopled.client()

    both = rows_of(client, "/contact/export?sort=last_name&download=1")
    one = rows_of(client, "/contact/export?q=last_name = Silva&download=1")

    assert [row[1] for row in both[1:]] == ["Dirk Bos", "Ana Silva"]
    assert [row[1] for row in one[1:]] == ["Ana Silva"]


def test_columns_are_those_of_the_list_or_all(peopled: Office) -> None:
    client = peopled.client()

    shown, everything = (
        rows_of(client, f"/contact/export?columns={which}&download=1")[0] for which in ("shown", "all")
    )

    assert shown[:3] == ["Id", "Name", "Company"] or shown[0] == "Id"
    assert len(everything) > len(shown)
    assert "External id" in everything


def test_selected_rows_alone(peopled: Office) -> None:
    client = peopled.client()
    [_head, first, _second] = rows_of(client, "/contact/export?download=1")

    assert rows_of(client, f"/contact/export?id={first[0]}&download=1")[1:] == [first]
    assert rows_of(client, "/contact/export?id=rubbish&download=1")[1:] == []


def test_semicolon_between_the_columns(peopled: Office) -> None:
    rows = rows_of(peopled.client(), "/contact/export?delimiter=semicolon&download=1", ";")

    assert len(rows[0]) > 2


def test_formulas_are_harmless(peopled: Office) -> None:
    rows = rows_of(peopled.client(), "/contact/export?columns=all&download=1")

    assert {row[rows[0].index("Job title")] for row in rows[1:]} == {"'=1+1"}


def test_rows_are_those_that_the_actor_sees(peopled: Office) -> None:
    seen = {
        name: len(rows_of(peopled.client(getattr(peopled, name)), "/contact/export?download=1")) - 1
        for name in ("owner", "colleague", "outsider", "admin")
    }

    assert seen == {"owner": 2, "colleague": 2, "outsider": 1, "admin": 3}


def test_export_without_its_right_is_refused(peopled: Office) -> None:
    client = peopled.client(peopled.reader)

    with unchanged():
        statuses = {
            client.get(address).status_code for address in ("/contact/export", "/contact/export?download=1")
        }

    assert statuses == {403}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/contact/export?q=((&download=1", 422),
        ("/contact/export?sort=nothing&download=1", 422),
        ("/contact/export?view=rubbish", 404),
        ("/nothing/export", 404),
    ],
)
def test_rubbish_in_the_address_is_answered_kindly(address: str, status: int, peopled: Office) -> None:
    assert peopled.client().get(address).status_code == status


def body_of(client: Client, address: str) -> bytes:
    answer: Any = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_workbook_holds_the_same_rows_and_no_formula(peopled: Office) -> None:
    book = load_workbook(
        io.BytesIO(body_of(peopled.client(), "/contact/export?columns=all&format=xlsx&download=1"))
    )
    head, *rows = book.get_sheet_by_index(0).to_python()

    assert book.sheet_names == ["Contacts"]
    assert {row[head.index("Job title")] for row in rows} == {"'=1+1"}


def test_lines_of_json_hold_the_values(peopled: Office) -> None:
    body = body_of(peopled.client(), "/contact/export?format=json&columns=all&sort=last_name&download=1")

    assert [json.loads(line)["last_name"] for line in body.splitlines()] == ["Bos", "Silva"]


def test_cards_name_the_people(peopled: Office) -> None:
    body = body_of(peopled.client(), "/contact/export?format=vcard&sort=last_name&download=1")

    assert body.count(b"BEGIN:VCARD\r\n") == 2
    assert b"N:Bos;Dirk;;;\r\nFN:Dirk Bos\r\n" in body


def test_companies_are_no_address_book(peopled: Office) -> None:
    assert peopled.client().get("/company/export?format=vcard&download=1").status_code == 404


def test_page_to_print_shows_the_list(peopled: Office) -> None:
    shown = page = peopled.client().get("/contact/export?format=print&download=1").content.decode()

    assert "Dirk Bos" in shown and "Jan Zee" not in page


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_run, "AT_ONCE", 1)


def test_many_records_are_written_by_a_job(peopled: Office, few_at_once: None) -> None:
    client = peopled.client()
    assert "Write the file" in client.get("/contact/export?download=1").content.decode()

    place = client.post("/contact/export?q=last_name != Zee", {"format": "csv"}).headers["Location"]
    assert "Writing the file" in client.get(place).content.decode()
    worker.run_pending()

    assert ExportRun.objects.get().rows == 2
    assert "2 records" in client.get(place).content.decode()
    assert b"Dirk Bos" in body_of(client, f"{place}/file")
    assert peopled.client(peopled.colleague).get(f"{place}/file").status_code == 404
    assert export_run.forget_old() == 0


def test_export_can_be_given_up(peopled: Office, few_at_once: None) -> None:
    client = peopled.client()
    place = client.post("/contact/export", {"format": "xlsx"}).headers["Location"]

    client.post(f"{place}/cancel")
    worker.run_pending()

    assert "This export was stopped" in client.get(place).content.decode()
    assert client.get(f"{place}/file").status_code == 404
    assert ExportRun.objects.get().place == ""


def test_many_records_without_the_right_are_refused(peopled: Office) -> None:
    with unchanged():
        assert peopled.client(peopled.reader).post("/contact/export").status_code == 403
    assert not Job.objects.exists()
