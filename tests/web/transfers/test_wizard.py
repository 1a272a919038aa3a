"""An import in the browser's requests: from the file to the corrected rows, and who may see which run."""

import csv
import io
import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aperto.kernel import records
from aperto.kernel.access import roles
from aperto.kernel.jobs import worker
from aperto.transfer.models import ImportRun
from tests.snapshot import unchanged
from tests.web.office import Office

PEOPLE = """First name,Last name,E-mail,Phone
Ana,Silva,ana@silva.example,+351 21 555 0101
Bram,de Vries,not an address,+31 10 555 0142
,,,+33 4 72 10 30 30
Dirk,Bos,dirk@bos.example,
"""
ADDRESSES = ("", "/refused.csv")
ACTS = ("/choices", "/start", "/discard", "/cancel", "/undo", "/correct")


def send(client: Client, text: str | bytes = PEOPLE, object_key: str = "contact") -> ImportRun:
    content = text.encode() if isinstance(text, str) else text
    file = SimpleUploadedFile("people.csv", content, "text/csv")
    answer = client.post(f"/{object_key}/import", {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    return run_at(answer.headers["Location"])


def run_at(address: str) -> ImportRun:
    return ImportRun.objects.get(pk=address.rpartition("/")[2])


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def carry_out(client: Client, run: ImportRun) -> ImportRun:
    client.post(f"/imports/{run.pk}/start")
    worker.run_pending()
    run.refresh_from_db()
    return run


def form_of(run: ImportRun, **changes: Any) -> dict[str, Any]:
    """What the mapping page sends, with changes."""
    mapping = {f"target-{place}": target for place, target in run.choices["mapping"].items()}
    layout = {"encoding": run.layout["encoding"], "delimiter": run.layout["delimiter"], "header": "1"}
    return mapping | layout | {"matching": "1", "mode": "skip", "match": run.choices["match"]} | changes


def titles(office: Office) -> list[str]:
    return sorted(row.title for row in records.visible(office.actor(), "contact").iterate(("title",)))


# -- the steps ---------------------------------------------------------------------------------------


def test_file_is_shown_before_anything_is_written(office: Office) -> None:
    client = office.client()

    run = send(client)
    shown = page(client, f"/imports/{run.pk}")

    assert "Import 4 rows" in shown
    assert "“not an address” is not an e-mail address" in shown
    assert titles(office) == []


def test_pasted_rows_are_as_good_as_a_file(office: Office) -> None:
    answer = office.client().post("/contact/import", {"text": "First name\tLast name\nAna\tSilva\n"})

    assert carry_out(office.client(), run_at(answer.headers["Location"])).created == 1


def test_script_that_sends_a_file_is_told_where_to_go(office: Office) -> None:
    file = SimpleUploadedFile("people.csv", PEOPLE.encode(), "text/csv")

    answer = office.client().post("/contact/import", {"file": file}, headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"].startswith("/imports/")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Choose a file, or paste some rows."),
        (b"  \n", "The file is empty."),
        (b"PK\x03\x04", "This is a file of the kind ZIP."),
        (b"name\n", "The file has a header and no rows."),
        (b",".join([b"c"] * 10_000) + b"\n1\n", "The file has 10000 columns"),
    ],
)
def test_what_is_no_table_is_refused_and_leaves_nothing(
    content: bytes, sentence: str, office: Office
) -> None:
    file = SimpleUploadedFile("people.csv", content, "text/csv")
    client = office.client()

    with unchanged():
        answer = client.post("/contact/import", {"file": file} if content else {})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_mapping_page_costs_the_same_for_any_number_of_rows(office: Office) -> None:
    client = office.client()

    def cost(rows: int) -> int:
        lines = "".join(f"Name {n},n{n}@x.example,Firm {n}\n" for n in range(rows))
        run = send(client, f"Last name,E-mail,Company\n{lines}")
        with CaptureQueriesContext(connection) as captured:
            page(client, f"/imports/{run.pk}")
        return len(captured.captured_queries)

    cost(2)
    assert cost(3) == cost(300)


def test_change_of_the_form_is_kept_and_shown(office: Office) -> None:
    client = office.client()
    run = send(client)
    changed = form_of(run, **{"target-2": "", "mode": "update", "lenient": "1"})

    shown = client.post(
        f"/imports/{run.pk}/choices", changed, headers={"HX-Request": "true"}
    ).content.decode()

    run.refresh_from_db()
    assert "<html" not in shown
    assert "not an address” is not" not in shown
    assert (run.choices["mode"], run.choices["lenient"], run.choices["match"]) == ("update", True, [])
    assert "2" not in run.choices["mapping"]


def test_target_moves_to_the_column_that_was_changed_last(office: Office) -> None:
    client = office.client()
    run = send(client)

    client.post(f"/imports/{run.pk}/choices", form_of(run, **{"target-3": "emails"}))

    run.refresh_from_db()
    assert run.choices["mapping"] == {"0": "first_name", "1": "last_name", "3": "emails"}


def test_other_layout_is_read_anew(office: Office) -> None:
    client = office.client()
    run = send(client, "Jan;Bos\nAna;Vos\n")
    assert run.header == ["Jan", "Bos"]

    client.post(f"/imports/{run.pk}/choices", form_of(run, header=""))

    run.refresh_from_db()
    assert (run.header, run.rows) == (["Column 1", "Column 2"], 2)


def test_layout_that_does_not_fit_is_refused_with_a_sentence(office: Office) -> None:
    client = office.client()
    run = send(client)

    shown = client.post(f"/imports/{run.pk}/choices", form_of(run, encoding="utf-16")).content.decode()

    run.refresh_from_db()
    assert "cannot be read in this encoding" in shown
    assert run.layout["encoding"] == "utf-8"


@pytest.mark.parametrize("junk", [{"target-0": "nothing", "mode": "?", "match": "x"}, {"target-0": "\0"}, {}])
def test_rubbish_in_the_form_is_left_out(junk: dict[str, str], office: Office) -> None:
    client = office.client()
    run = send(client)

    answer = client.post(f"/imports/{run.pk}/choices", junk)

    assert answer.status_code == 200


def test_import_needs_a_column(office: Office) -> None:
    client = office.client()
    run = send(client, "Foo,Bar\nx,y\n")

    answer = client.post(f"/imports/{run.pk}/start", {"matching": "1"})

    run.refresh_from_db()
    assert "Say where at least one column goes." in answer.content.decode()
    assert run.state == ImportRun.DRAFT


def test_refused_rows_are_corrected_in_the_page(office: Office) -> None:
    client = office.client()
    run = carry_out(client, send(client))
    shown = page(client, f"/imports/{run.pk}")
    assert (run.created, run.failed) == (2, 2)
    assert "2 + 0 + 0 + 0 + 2 = 4 rows" in shown
    assert 'name="cell-3-2" value="not an address" aria-label="E-mail of row 3" aria-invalid="true"' in shown

    typed = dict(re.findall(r'name="(cell-\d+-\d+)" value="([^"]*)"', shown))
    typed |= {"cell-3-2": "bram@devries.example", "cell-4-0": "Chloé", "cell-4-1": "Martin"}
    answer = client.post(f"/imports/{run.pk}/correct", typed)
    worker.run_pending()

    second = run_at(answer.headers["Location"])
    assert (second.created, second.failed, second.corrects) == (2, 0, run.pk)
    assert titles(office) == ["Ana Silva", "Bram de Vries", "Chloé Martin", "Dirk Bos"]


def test_refused_rows_are_corrected_in_a_file(office: Office) -> None:
    client = office.client()
    run = carry_out(client, send(client))
    answer = client.get(f"/imports/{run.pk}/refused.csv")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # a stream
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[0] == ["First name", "Last name", "E-mail", "Phone", "Why it was not imported"]
    assert rows[2][4] == "Fill in one of these: First name, Last name, E-mail."

    corrected = text.replace("not an address", "bram@devries.example").replace(",,,", "Chloé,Martin,,")
    file = SimpleUploadedFile("corrected.csv", corrected.encode(), "text/csv")
    answer = client.post(f"/imports/{run.pk}/correct", {"file": file})
    worker.run_pending()

    second = run_at(answer.headers["Location"])  # type: ignore[attr-defined]  # as above
    assert (second.created, second.failed) == (2, 0)
    assert second.choices["mapping"] == run.choices["mapping"]


def test_formulas_in_refused_rows_are_harmless(office: Office) -> None:
    client = office.client()
    run = carry_out(client, send(client, "Last name,E-mail\n=1+1,x\n@SUM(1),y\n"))

    answer = client.get(f"/imports/{run.pk}/refused.csv")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # a stream

    assert [row[0] for row in csv.reader(io.StringIO(text))][1:] == ["'=1+1", "'@SUM(1)"]


def test_import_is_undone(office: Office) -> None:
    client = office.client()
    run = carry_out(client, send(client))

    client.post(f"/imports/{run.pk}/undo")
    assert "Undoing the import" in page(client, f"/imports/{run.pk}")
    worker.run_pending()

    assert "2 changes were taken back." in page(client, f"/imports/{run.pk}")
    assert titles(office) == []


def test_waiting_import_is_stopped(office: Office) -> None:
    client = office.client()
    run = send(client)
    client.post(f"/imports/{run.pk}/start")
    assert "Waiting for a free worker" in page(client, f"/imports/{run.pk}")

    client.post(f"/imports/{run.pk}/cancel")
    worker.run_pending()

    assert "This import was stopped." in page(client, f"/imports/{run.pk}")
    assert titles(office) == []


def test_draft_is_discarded_with_its_file(office: Office) -> None:
    client = office.client()
    run = send(client)

    client.post(f"/imports/{run.pk}/discard")

    assert not ImportRun.objects.filter(pk=run.pk).exists()
    assert client.get(f"/imports/{run.pk}").status_code == 404


def test_earlier_imports_are_listed(office: Office) -> None:
    client = office.client()
    carry_out(client, send(client))
    send(client)

    shown = page(client, "/contact/import")

    assert shown.count("people.csv") == 1
    assert "2 refused" in shown


# -- who may -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["colleague", "outsider", "reader"])
def test_run_of_another_is_not_there(name: str, office: Office) -> None:
    run = carry_out(office.client(), send(office.client()))
    client = office.client(getattr(office, name))

    with unchanged():
        seen = [client.get(f"/imports/{run.pk}{address}").status_code for address in ADDRESSES]
        done = [client.post(f"/imports/{run.pk}{act}").status_code for act in ACTS]

    assert {*seen, *done} == {404}


def test_draft_of_another_is_not_there(office: Office) -> None:
    run = send(office.client())
    client = office.client(office.colleague)

    with unchanged():
        assert {client.post(f"/imports/{run.pk}{act}").status_code for act in ACTS} == {404}


def test_administrators_see_runs_and_their_refused_rows(office: Office) -> None:
    run = carry_out(office.client(), send(office.client()))
    client = office.client(office.admin)

    assert "2 rows were refused" in page(client, f"/imports/{run.pk}")
    assert client.get(f"/imports/{run.pk}/refused.csv").status_code == 200


def test_unknown_run_is_not_there(office: Office) -> None:
    client = office.client()

    assert {client.get(f"/imports/{uuid4()}{address}").status_code for address in ADDRESSES} == {404}
    assert client.get("/imports/rubbish").status_code == 404


def test_visitors_are_sent_to_the_sign_in_page(office: Office) -> None:
    run = send(office.client())
    for address in (
        "/contact/import",
        "/contact/export",
        f"/imports/{run.pk}",
        f"/imports/{run.pk}/refused.csv",
    ):
        assert Client().get(address).status_code == 302


def test_import_without_its_right_is_refused(office: Office) -> None:
    client = office.client(office.reader)

    with unchanged():
        seen = client.get("/contact/import").status_code
        sent = client.post("/contact/import", {"text": PEOPLE}).status_code

    assert (seen, sent) == (403, 403)


def test_configuration_is_not_imported(office: Office) -> None:
    assert office.client(office.admin).get("/stage/import").status_code == 403


def test_right_that_was_taken_away_meanwhile_counts(office: Office) -> None:
    client = office.client()
    run = send(client)
    client.post(f"/imports/{run.pk}/start")
    role = roles.ensure_ready_roles()["user"]
    role.grants["*"].pop("import")
    role.save()
    from aperto.kernel.access.actors import rights_changed

    rights_changed()
    worker.run_pending()

    run.refresh_from_db()
    assert run.read == 0
    assert titles(office) == []
