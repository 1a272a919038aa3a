"""An import in the browser: from the file to the corrected rows."""

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from aperto.kernel import records
from aperto.kernel.jobs import worker
from aperto.transfer.models import ImportRun
from tests.web.office import Office

PEOPLE = """First name,Last name,E-mail,Phone
Ana,Silva,ana@silva.example,+351 21 555 0101
Bram,de Vries,not an address,+31 10 555 0142
Chloé,,chloe@lyon.example,
Dirk,Bos,dirk@bos.example,
"""


def send(client: Client, text: str = PEOPLE, object_key: str = "contact") -> ImportRun:
    file = SimpleUploadedFile("people.csv", text.encode(), "text/csv")
    answer = client.post(f"/{object_key}/import", {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    return ImportRun.objects.get(pk=answer.headers["Location"].rpartition("/")[2])


def page(client: Client, address: str, **headers: Any) -> str:
    answer = client.get(address, **headers)
    assert answer.status_code == 200
    return answer.content.decode()


def carry_out(client: Client, run: ImportRun) -> ImportRun:
    client.post(f"/imports/{run.pk}/start")
    worker.run_pending()
    run.refresh_from_db()
    return run


def test_file_is_shown_before_anything_is_written(office: Office) -> None:
    client = office.client()

    run = send(client)
    shown = page(client, f"/imports/{run.pk}")

    assert "Import 4 rows" in shown
    assert "“not an address” is not an e-mail address" in shown
    assert records.visible(office.actor(), "contact").count().number == 0


def test_import_and_correction_of_refused_rows(office: Office) -> None:
    client = office.client()
    run = carry_out(client, send(client))
    shown = page(client, f"/imports/{run.pk}")
    assert (run.created, run.failed, run.state) == (2, 2, "done")
    assert "2 rows were refused" in shown

    names = re.findall(r'name="(cell-\d+-\d+)" value="([^"]*)"', shown)
    typed = dict(names) | {"cell-3-2": "bram@devries.example", "cell-4-1": "Martin"}
    answer = client.post(f"/imports/{run.pk}/correct", typed)
    worker.run_pending()

    second = ImportRun.objects.get(pk=answer.headers["Location"].rpartition("/")[2])
    assert (second.created, second.failed, second.corrects) == (2, 0, run.pk)
    titles = sorted(row.title for row in records.visible(office.actor(), "contact").iterate(("title",)))
    assert titles == ["Ana Silva", "Bram de Vries", "Chloé Martin", "Dirk Bos"]
