"""Files dropped on a record: kept together, undone together, refused without a trace; versions by name."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from aperto.kernel import records
from aperto.kernel.files import limits
from aperto.kernel.files.models import StoredFile
from tests.web.files.attic import HTMX, drop, left
from tests.web.office import Office

FIRST, SECOND = b"first words", b"second words"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def held(office: Office) -> list[tuple[str, str]]:
    rows = records.visible(office.actor(), "file").page(columns=["name", "content"], sort="name").rows
    return [(row.values["name"], row.values["content"].title) for row in rows]


def body(client: Any, url: str) -> bytes:
    answer = client.get(url)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_files_dropped_together_are_undone_together(office: Office) -> None:
    contact = office.make("contact", last_name="Dijk")

    first = drop(office, contact, "a.txt", FIRST)
    second = drop(office, contact, "b.txt", SECOND, batch=first.headers["Aperto-Batch"])
    foreign = drop(office, contact, "c.txt", FIRST, office.colleague, first.headers["Aperto-Batch"])

    assert first.headers["Aperto-Undo"] == second.headers["Aperto-Undo"] != foreign.headers["Aperto-Undo"]
    office.client().post(second.headers["Aperto-Undo"], headers=HTMX)
    assert held(office) == [("c.txt", "c.txt")]


def test_same_name_is_a_version_and_the_same_content_is_nothing(office: Office) -> None:
    contact = office.make("contact", last_name="Dijk")
    drop(office, contact, "Plan.txt", FIRST)

    version = drop(office, contact, "plan.TXT", SECOND)
    before = left()
    same = drop(office, contact, "plan.txt", SECOND)

    assert (version.headers["Aperto-File"], same.headers["Aperto-File"]) == ("version", "same")
    assert "Aperto-Undo" not in same.headers
    assert left()[::2] == before[::2]
    assert held(office) == [("Plan.txt", "plan.TXT")]


def test_versions_are_listed_sent_and_brought_back(office: Office) -> None:
    contact = office.make("contact", last_name="Dijk")
    drop(office, contact, "plan.txt", FIRST)
    drop(office, contact, "plan.txt", SECOND)
    [row] = records.visible(office.actor(), "file").page().rows
    url = f"/file/{row.id}/file/content"
    page = office.client(office.colleague).get(url).content.decode()
    old = page.split(f'href="{url}/versions/')[2].split('"')[0]

    assert body(office.client(office.colleague), f"{url}/versions/{old}") == FIRST
    assert office.client(office.outsider).get(f"{url}/versions/{old}").status_code == 404
    assert office.client(office.reader).post(f"{url}/versions/{old}/restore").status_code == 403
    done = office.client(office.colleague).post(f"{url}/versions/{old}/restore", headers=HTMX)
    assert done.status_code == 204
    newest = office.client().get(url).content.decode().split('href="/files/')[1].split('"')[0]
    assert body(office.client(), f"/files/{newest}") == FIRST
    assert "3 versions" in office.client().get(url).content.decode()


def test_file_of_another_record_is_no_version_of_this_one(office: Office) -> None:
    """History opens what this record held, not what any did."""
    one, other = (office.make("contact", last_name=name) for name in ("Dijk", "Berg"))
    drop(office, one, "mine.txt", FIRST)
    drop(office, other, "other.txt", SECOND)
    rows = {row.title: row.id for row in records.visible(office.actor(), "file").page().rows}
    page = office.client().get(f"/file/{rows['other.txt']}/file/content").content.decode()
    change = page.split("/file/content/versions/")[1].split('"')[0]

    assert office.client().get(f"/file/{rows['mine.txt']}/file/content/versions/{change}").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.txt", b"", "empty"),
        ("big.txt", b"x" * (2 << 20), "too large"),
        ("tool.exe", b"MZ\0\1", "not kept here"),
        ("room.txt", b"y" * (1 << 20), "room for files is full"),
    ],
)
def test_refused_file_leaves_nothing(office: Office, name: str, content: bytes, why: str) -> None:
    contact = office.make("contact", last_name="Dijk")
    limits.write({"largest_mb": 2 if "room" in name else 1, "person_mb": 1, "kinds": ["text"]})
    drop(office, contact, "kept.txt", FIRST)
    before = left()

    answer = drop(office, contact, name, content)

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert left() == before
    assert held(office) == [("kept.txt", "kept.txt")]


@pytest.mark.parametrize(("who", "status"), [("outsider", 404), ("reader", 403)])
def test_nobody_drops_without_the_right(office: Office, who: str, status: int) -> None:
    contact = office.make("contact", last_name="Dijk")
    before = left()

    assert drop(office, contact, "a.txt", FIRST, getattr(office, who)).status_code == status
    assert left() == before


def test_record_that_takes_no_files_says_so(office: Office) -> None:
    note = office.make("note", body="Nothing")

    assert drop(office, note, "a.txt", FIRST).status_code == 404
    assert not StoredFile.objects.exists()


def test_broken_storage_leaves_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    contact = office.make("contact", last_name="Dijk")

    def full(*_args: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)

    answer = drop(office, contact, "a.txt", FIRST)

    assert (answer.status_code, left()) == (422, (0, 0, []))


def test_undo_of_a_version_by_a_colleague(office: Office) -> None:
    contact = office.make("contact", last_name="Dijk")
    drop(office, contact, "plan.txt", FIRST)
    version = drop(office, contact, "plan.txt", SECOND)

    office.client(office.colleague).post(version.headers["Aperto-Undo"], headers=HTMX)

    [row] = records.visible(office.actor(), "file").page(columns=["content"]).rows
    assert body(office.client(), f"/files/{row.values['content'].id}") == FIRST


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("\u202egpj.exe", "gpj.exe"),
        ("a\0b.txt", "ab.txt"),
        ("../../etc/passwd", "passwd"),
        ("é" * 300 + ".txt", "é" * 187 + ".txt"),
    ],
)
def test_hostile_names_are_tidied(office: Office, given: str, kept: str) -> None:
    contact = office.make("contact", last_name="Dijk")

    drop(office, contact, given, FIRST)

    assert held(office) == [(kept, kept)]
