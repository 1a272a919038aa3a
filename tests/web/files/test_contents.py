"""What is drawn, read and found of a file; what a scanner holds back; what administrators limit."""

import socket
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from aperto.kernel import changes, files
from aperto.kernel.access import people, roles
from aperto.kernel.changes.models import Change
from aperto.kernel.files import limits
from aperto.kernel.files.models import FileLimits, StoredFile
from aperto.kernel.files.scanning import Away
from aperto.kernel.jobs import worker
from aperto.kernel.query import search
from aperto.kernel.query.search.models import SearchContent
from tests.kernel.files import samples
from tests.web.files.attic import HTMX, drop, left, looked_into
from tests.web.office import Office

EVERYTHING = {"*": dict.fromkeys(("read", "create", "edit"), "all")}


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def found(office: Office, words: str, who: Any = None) -> list[tuple[str, str]]:
    return [(hit.title, hit.subtitle) for hit in search.find(office.actor(who), words)]


def test_file_is_found_by_its_words_by_whoever_may_see_it(office: Office) -> None:
    drop(office, office.make("contact", last_name="Dijk"), "Offer.pdf", samples.pdf_that_says("Walrus pier"))
    assert found(office, "walrus") == []

    looked_into("Offer.pdf")

    for who in (office.owner, office.colleague):
        [(title, subtitle)] = found(office, "pier WALRUS", who)
        assert (title, "Dijk" in subtitle) == ("Offer.pdf", True)
    assert found(office, "walrus", office.outsider) == []


def test_words_of_a_hidden_field_find_nothing(office: Office) -> None:
    admin = office.actor(office.admin)
    own = {"name": "Passport", "kind": "file", "of_object": "contact", "searchable": True}
    changes.create(admin, "custom_field", own, via="test")
    stored = files.store(office.actor(), SimpleUploadedFile("a.txt", b"walrus"))
    office.make("contact", last_name="Dijk", passport=str(stored.pk))
    looked_into("a.txt")
    half = roles.create(admin, "Half", EVERYTHING, field_rights={"contact": {"passport": "hidden"}})
    people.set_roles(admin, office.colleague, [half.pk])
    office.colleague.refresh_from_db()

    assert found(office, "walrus", office.colleague) == []
    assert len(found(office, "walrus")) == 1


def test_newest_version_is_what_is_found(office: Office) -> None:
    contact = office.make("contact", last_name="Dijk")
    drop(office, contact, "a.txt", b"walrus")
    looked_into("a.txt")
    version = drop(office, contact, "a.txt", b"penguin")
    looked_into("a.txt")
    assert (found(office, "walrus"), len(found(office, "penguin"))) == ([], 1)

    office.client().post(version.headers["Aperto-Undo"], headers=HTMX)

    assert (len(found(office, "walrus")), found(office, "penguin")) == (1, [])


def test_pages_are_sent_as_pictures_of_ours(office: Office) -> None:
    drop(office, office.make("contact", last_name="Dijk"), "a.jpg", samples.picture())
    stored = looked_into("a.jpg")

    for number in (0, 1):
        answer = office.client(office.colleague).get(f"/files/{stored.pk}/page/{number}")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/webp")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")
        assert b"".join(answer.streaming_content)[8:12] == b"WEBP"  # type: ignore[attr-defined]
    assert office.client().get(f"/files/{stored.pk}/page/2").status_code == 404
    assert office.client(office.outsider).get(f"/files/{stored.pk}/page/0").status_code == 404


def test_removed_file_takes_its_pages_and_words_along(office: Office) -> None:
    drop(office, office.make("contact", last_name="Dijk"), "a.pdf", samples.pdf_that_says("Walrus"))
    stored = looked_into("a.pdf")
    assert (len(left()[2]), SearchContent.objects.count()) == (4, 1)

    files.discard(stored)

    assert (left()[2], SearchContent.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("a.csv", b"Name;Price\n<b>x</b>;3\n", "<td>&lt;b&gt;x&lt;/b&gt;</td><td>3</td>"),
        ("a.html", b"<script>alert(1)</script><p>Hello <b>bay", "<pre>Hello bay</pre>"),
        ("a.txt", b"x <script>alert(1)</script>", "<pre>x &lt;script&gt;"),
        ("b.html", b"<script>alert(1)</script>", "There is no preview"),
        ("a.bin", b"\0\1\2", "There is no preview"),
        ("a.png", samples.huge_picture(), "too large to be drawn"),
    ],
)
def test_viewer_shows_words_escaped_or_why_not(office: Office, name: str, content: bytes, shown: str) -> None:
    drop(office, office.make("contact", last_name="Dijk"), name, content)
    looked_into(name)
    row = search.find(office.actor(), name)[0].id

    page = office.client().get(f"/file/{row}/file/content").content.decode()

    assert shown in page
    assert "<script>alert" not in page


def test_viewer_steps_through_the_files_of_a_record(office: Office) -> None:
    contact = office.make("contact", last_name="Dijk")
    for name in ("a.txt", "b.txt", "c.txt"):
        drop(office, contact, name, name.encode())
    page = office.client().get(f"/contact/{contact.pk}").content.decode()
    links = [part.split('"')[0] for part in page.split('href="/file/')[1:] if "beside=" in part.split('"')[0]]
    order = list(dict.fromkeys(links))

    middle = office.client().get(f"/file/{order[1]}").content.decode()

    assert f'href="/file/{order[0]}" data-step="before"' in middle
    assert f'href="/file/{order[2]}" data-step="after"' in middle
    assert office.client(office.outsider).get(f"/file/{order[1]}").status_code == 404


class Scanner(threading.Thread):
    """clamd's INSTREAM, which finds the word "eicar"."""

    def __init__(self, path: Path) -> None:
        super().__init__(daemon=True)
        self.listening = socket.socket(socket.AF_UNIX)
        self.listening.bind(str(path))
        self.listening.listen()

    def run(self) -> None:
        connection, _address = self.listening.accept()
        with self.listening, connection, connection.makefile("rb") as sent:
            assert sent.read(10) == b"zINSTREAM\0"
            content = b""
            while size := int.from_bytes(sent.read(4), "big"):
                content += sent.read(size)
            connection.sendall(b"stream: Eicar FOUND\0" if b"eicar" in content else b"stream: OK\0")


def test_file_waits_for_the_scanner(office: Office, settings: Any, tmp_path: Path) -> None:
    settings.FILE_SCANNER = f"clamd://{tmp_path}/clamd"
    drop(office, office.make("contact", last_name="Dijk"), "a.txt", b"harmless")
    stored = StoredFile.objects.get()
    waiting = office.client().get(f"/files/{stored.pk}")
    assert (waiting.status_code, b"being checked" in waiting.content) == (409, True)
    with pytest.raises(Away):
        looked_into("a.txt")

    Scanner(tmp_path / "clamd").start()
    looked_into("a.txt")

    answer = office.client().get(f"/files/{stored.pk}")
    assert b"".join(answer.streaming_content) == b"harmless"  # type: ignore[attr-defined]


def test_what_the_scanner_finds_is_kept_aside_and_told(office: Office, settings: Any, tmp_path: Path) -> None:
    settings.FILE_SCANNER = f"clamd://{tmp_path}/clamd"
    contact = office.make("contact", last_name="Dijk")
    drop(office, contact, "a.txt", b"eicar walrus")
    Scanner(tmp_path / "clamd").start()

    stored = looked_into("a.txt")

    assert (stored.state, stored.finding, stored.place.startswith("aside/")) == ("found", "Eicar", True)
    assert office.client().get(f"/files/{stored.pk}").status_code == 409
    assert found(office, "walrus") == []
    assert "a virus was found" in office.client().get(f"/contact/{contact.pk}").content.decode()
    assert "Eicar" in office.client(office.admin).get("/settings/files").content.decode()
    assert [default_storage.exists(stored.place)] == [True]


def test_command_scans_too(office: Office, settings: Any, tmp_path: Path) -> None:
    program = tmp_path / "scan"
    program.write_text('#!/bin/sh\ngrep -q eicar "$1" && { echo "$1: Eicar FOUND"; exit 1; }\nexit 0\n')
    program.chmod(0o700)
    settings.FILE_SCANNER = f"command:{program}"
    contact = office.make("contact", last_name="Dijk")
    for name, content in (("bad.txt", b"eicar"), ("good.txt", b"fine")):
        drop(office, contact, name, content)

    assert [looked_into(name).state for name in ("bad.txt", "good.txt")] == ["found", "clean"]
    assert looked_into("bad.txt").finding == "Eicar"


def test_administrator_limits_with_undo(office: Office) -> None:
    client = office.client(office.admin)

    bad = client.post("/settings/files", {"largest_mb": "-1", "kinds": ["nonsense"]})
    good = client.post("/settings/files", {"largest_mb": "3", "person_mb": "", "kinds": ["pdf", "pictures"]})

    assert (bad.status_code, good.status_code) == (422, 302)
    row = limits.current()
    assert (row.largest_mb, row.person_mb, row.kinds) == (3, None, ["pictures", "pdf"])
    change = Change.objects.filter(object="file_limits").latest("id")
    client.post(f"/undo/batch/{change.batch}", headers=HTMX)
    row = limits.current()
    assert (row.largest_mb, row.kinds) == (None, [])
    assert office.client().post("/settings/files", {"largest_mb": "9"}).status_code in {403, 404}
    assert FileLimits.objects.get().largest_mb is None


def test_background_does_all_of_it(office: Office) -> None:
    drop(office, office.make("contact", last_name="Dijk"), "a.txt", b"walrus")

    worker.run_pending()

    assert len(found(office, "walrus")) == 1
