"""Files: judged by content, reached through a record, never a page of ours."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from aperto.kernel import changes, files, records
from aperto.kernel.errors import Invalid
from aperto.kernel.fields.base import Ref
from aperto.kernel.files.content import type_of
from aperto.kernel.files.models import StoredFile
from aperto.kernel.files.storage import tidy
from tests.web.office import Office

HTMX = {"HX-Request": "true"}
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
PAGES = {
    "page.html": b"<!doctype html><script>alert(1)</script>",
    "picture.png": b"<html><body onload=alert(1)>",
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "feed.xml": b'<?xml version="1.0"?><a/>',
    "bom.txt": b"\xef\xbb\xbf  <html>",
}


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def read(client: Client, url: str) -> tuple[Any, bytes]:
    """The answer and its body, which closes the file."""
    answer = client.get(url)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    for close in answer._resource_closers:  # `answer.close` would close the test's database too
        close()
    return answer, body


def dropped(client: Client, contact: Any, name: str, content: bytes) -> Any:
    linked = [
        each
        for each in contact.declares.fields.values()
        if each.kind == "multi_reference" and each.roles.options
    ]
    places = [*(each.key for each in linked), *(each.object for each in contact.declares.related)]
    panel = places.index("file")
    sent = SimpleUploadedFile(name, content, "image/png")
    return client.post(f"/contact/{contact.pk}/related/{panel}/drop", {"file": sent}, headers=HTMX)


def test_dropped_file_joins_its_record(office: Office) -> None:
    contact = office.make("contact", last_name="Dijk")

    answer = dropped(office.client(), contact, "Plan <1>.png", PNG)

    assert answer.status_code == 200
    stored = StoredFile.objects.get()
    assert (stored.name, stored.size, stored.content_type) == ("Plan <1>.png", len(PNG), "image/png")
    [row] = records.visible(office.actor(), "file").page(columns=["name", "size", "team", "about"]).rows
    assert (row.values["name"], row.values["size"], row.values["team"].id) == (
        "Plan <1>.png",
        len(PNG),
        office.team,
    )
    page = office.client().get(f"/contact/{contact.pk}").content.decode()
    assert f'href="/file/{row.id}/file/content?beside=contact:{contact.pk}" data-dialog' in page
    assert "Plan &lt;1&gt;.png" in page


def test_kept_under_a_random_name_for_the_owner_of_the_process_only(office: Office) -> None:
    dropped(office.client(), office.make("contact", last_name="Dijk"), "../../secret.png", PNG)

    [path] = [each for each in Path(settings.MEDIA_ROOT).rglob("*") if each.is_file()]
    assert "secret" not in str(path)
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    assert StoredFile.objects.get().name == "secret.png"


def test_whoever_sees_a_record_that_holds_it_may_read_it(office: Office) -> None:
    dropped(office.client(), office.make("contact", last_name="Dijk"), "plan.png", PNG)
    url = f"/files/{StoredFile.objects.get().pk}"

    for who in (office.owner, office.colleague, office.reader):
        answer, body = read(office.client(who), url)
        assert (answer.status_code, body) == (200, PNG)
    assert office.client(office.outsider).get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_file_of_a_deleted_record_is_gone(office: Office) -> None:
    dropped(office.client(), office.make("contact", last_name="Dijk"), "plan.png", PNG)
    [row] = records.visible(office.actor(), "file").page().rows
    changes.delete(office.actor(), records.visible(office.actor(), "file").get(row.id), via="test")

    assert office.client().get(f"/files/{StoredFile.objects.get().pk}").status_code == 404
    assert office.client().get(f"/files/{uuid4()}").status_code == 404


@pytest.mark.parametrize("name", list(PAGES))
def test_what_a_browser_would_run_is_only_downloaded(office: Office, name: str) -> None:
    dropped(office.client(), office.make("contact", last_name="Dijk"), name, PAGES[name])

    answer, _body = read(office.client(), f"/files/{StoredFile.objects.get().pk}?show=1")

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.parametrize(("content", "kind"), [(PNG, "image/png"), (PDF, "application/pdf")])
def test_pictures_and_pdf_are_shown_when_asked(office: Office, content: bytes, kind: str) -> None:
    dropped(office.client(), office.make("contact", last_name="Dijk"), "any.html", content)
    url = f"/files/{StoredFile.objects.get().pk}"

    assert read(office.client(), url)[0].headers["Content-Disposition"].startswith("attachment")
    shown, _body = read(office.client(), f"{url}?show=1")
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert shown.headers["Content-Type"] == kind
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "text/plain"),
        (b"plain words", "text/plain"),
        ("é".encode() * 3000, "text/plain"),
        (b"\0\1\2", "application/octet-stream"),
        (b"\xff\xfe\xfd", "application/octet-stream"),
        (b"PK\x03\x04 broken", "application/zip"),
        (b"GIF89a<script>", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        *((content, "text/html") for content in (PAGES["page.html"], PAGES["bom.txt"])),
    ],
)
def test_type_is_judged_by_content(content: bytes, expected: str) -> None:
    assert type_of(BytesIO(content)) == expected


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a.pdf", "a.pdf"),
        ("C:\\temp\\a.pdf", "a.pdf"),
        ("../../etc/passwd", "passwd"),
        ("", "File"),
        ("...", "File"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("x" * 400 + ".pdf", "x" * 187 + ".pdf"),
    ],
)
def test_names_are_tidied(given: str, kept: str) -> None:
    assert tidy(given) == kept


def test_too_large_a_file_is_refused(office: Office, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    answer = dropped(office.client(), office.make("contact", last_name="Dijk"), "big.png", PNG * 10)

    assert answer.status_code == 422
    assert b"too large" in answer.content
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("outsider", 404), ("reader", 403)])
def test_refusals_keep_nothing(office: Office, who: str, status: int) -> None:
    contact = office.make("contact", last_name="Dijk")

    assert dropped(office.client(getattr(office, who)), contact, "plan.png", PNG).status_code == status
    assert not StoredFile.objects.exists()
    assert not records.visible(office.actor(office.admin), "file").exists()


def test_foreign_file_cannot_be_taken_by_its_key(office: Office) -> None:
    """Naming somebody else's file in a record of one's own would open it."""
    dropped(office.client(), office.make("contact", last_name="Dijk"), "canary.png", PNG)
    stored = StoredFile.objects.get()

    with pytest.raises(Invalid):
        changes.create(
            office.actor(office.outsider), "file", {"name": "Mine", "content": str(stored.pk)}, via="test"
        )
    sent = {"name": "Mine", "content": f"{stored.pk} x.png"}
    assert office.client(office.outsider).post("/file/new", sent).status_code == 422
    assert office.client(office.outsider).get(f"/files/{stored.pk}").status_code == 404


def test_form_takes_a_file(office: Office) -> None:
    sent = {"content.sent": SimpleUploadedFile("plan.pdf", PDF), "content": "", "name": ""}

    answer = office.client().post("/file/new", sent)

    assert answer.status_code == 302
    [row] = records.visible(office.actor(), "file").page(columns=["name", "content"]).rows
    assert row.values["name"] == "plan.pdf"
    assert isinstance(row.values["content"], Ref)


def test_file_of_a_refused_form_is_not_lost(office: Office) -> None:
    sent = {
        "content.sent": SimpleUploadedFile("plan.pdf", PDF),
        "content": "",
        "owner": str(office.outsider.pk),
    }

    page = office.client().post("/file/new", sent)

    assert page.status_code == 422
    assert f'name="content" value="{StoredFile.objects.get().pk} plan.pdf"' in page.content.decode()


def test_own_upload_may_be_used_and_read_only_through_a_record(office: Office) -> None:
    stored = files.store(office.actor(), SimpleUploadedFile("plan.pdf", PDF))

    assert office.client().get(f"/files/{stored.pk}").status_code == 404
    changes.create(office.actor(), "file", {"content": str(stored.pk)}, via="test")
    assert read(office.client(), f"/files/{stored.pk}")[0].status_code == 200


def test_answer_tells_the_page(office: Office) -> None:
    answer = dropped(office.client(), office.make("contact", last_name="Dijk"), "plan.png", PNG)

    assert json.loads(answer.headers["HX-Trigger"]) == {"record-changed": True}
    assert 'hx-swap-oob="true"' in answer.content.decode()


@pytest.mark.parametrize("place", ["field", "cell"])
def test_file_field_is_edited_in_place(office: Office, place: str) -> None:
    made = stored_as(office, "plan.pdf", PDF)
    record = office.make("file", name="Plan", content=made)

    answer = office.client().post(
        {"field": f"/file/{record.pk}/field/content", "cell": f"/file/cell/{record.pk}/content"}[place],
        {"content": f"{made.id} plan.pdf", "content.sent": SimpleUploadedFile("new.png", PNG)},
        headers=HTMX,
    )

    row: Any = records.visible(office.actor(), "file").get(record.pk)
    assert answer.status_code == 200
    assert (row.content_name, row.size) == ("new.png", len(PNG))


def stored_as(office: Office, name: str, content: bytes) -> Ref:
    row = files.store(office.actor(), SimpleUploadedFile(name, content))
    return Ref("stored_file", row.pk, name)


PICTURES = [PNG, b"GIF89a....", b"\xff\xd8\xff\xe0", b"RIFF....WEBP"]


def test_picture_field_takes_pictures_only(office: Office) -> None:
    admin = office.actor(office.admin)
    changes.create(
        admin, "custom_field", {"name": "Logo", "kind": "image", "of_object": "company"}, via="test"
    )

    for content in PICTURES:
        logo = stored_as(office, "face.png", content)
        changes.create(office.actor(), "company", {"name": "Firm", "logo": logo}, via="test")
    for content in [PDF, *PAGES.values()]:
        logo = stored_as(office, "face.png", content)
        with pytest.raises(Invalid, match="This is no picture"):
            changes.create(office.actor(), "company", {"name": "Firm", "logo": logo}, via="test")


def test_files_are_not_imported_from_a_table(office: Office) -> None:
    client = office.client(office.admin)

    assert "/file/import" not in client.get("/file").content.decode()
    assert "/contact/import" in client.get("/contact").content.decode()
    assert client.get("/file/import").status_code == 403
