"""What is seen and read in a file, and what is not even tried."""

from pathlib import Path

import pytest
from PIL import Image

from aperto.kernel.inspection.__main__ import judged
from aperto.kernel.inspection.report import Seen
from tests.kernel.files import samples


def seen(folder: Path, kind: str, content: bytes, office: str = "") -> Seen:
    (folder / "made").mkdir()
    (folder / "file").write_bytes(content)
    return judged(kind, folder / "file", folder / "made", office)


def test_picture_is_drawn_upright_and_without_what_it_tells(tmp_path: Path) -> None:
    found = seen(tmp_path, "image/jpeg", samples.picture())

    with Image.open(tmp_path / "made/1.webp") as drawn:
        assert (drawn.size, dict(drawn.getexif())) == ((40, 60), {})
    assert b"Secretcam" not in (tmp_path / "made/1.webp").read_bytes()
    assert (found.preview, found.pages) == ("made", 1)


def test_pdf_is_drawn_and_read(tmp_path: Path) -> None:
    found = seen(tmp_path, "application/pdf", samples.pdf_that_says("Walrus in the harbour"))

    assert (found.preview, found.pages, found.text) == ("made", 1, "Walrus in the harbour")


def test_first_pages_only(tmp_path: Path) -> None:
    assert seen(tmp_path, "application/pdf", samples.pdf(9)).pages == 5


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        (
            samples.WORD,
            {"word__document_xml": "<d><p><r><t>Wal</t></r><r><t>rus</t></r></p><p><t>bay</t></p></d>"},
        ),
        (samples.SHEET, {"xl__sharedStrings_xml": "<sst><si><t>Walrus</t></si><si><t>bay</t></si></sst>"}),
        (samples.SLIDES, {"ppt__slides__slide1_xml": "<s><p><t>Walrus</t></p><p><t>bay</t></p></s>"}),
        (samples.TEXT_DOCUMENT, {"content_xml": "<d><p>Wal<b>r</b>us</p><p>bay</p></d>"}),
    ],
)
def test_office_documents_are_read(tmp_path: Path, kind: str, members: dict[str, str]) -> None:
    assert seen(tmp_path, kind, samples.archive(**members)).text == "Walrus bay"


@pytest.mark.parametrize(
    ("kind", "content", "text"),
    [
        ("text/plain", "één\0, twee".encode(), "één, twee"),
        ("text/plain", b"caf\xe9", "café"),
        ("text/html", b"<title>x</title><script>no()</script><p>Wal&amp;rus<p>bay", "Wal&rus bay"),
        ("image/svg+xml", b"<svg><script>no()</script><text>bay</text></svg>", "bay"),
    ],
)
def test_text_is_read_and_never_drawn(tmp_path: Path, kind: str, content: bytes, text: str) -> None:
    found = seen(tmp_path, kind, content)

    assert (found.text, found.preview, found.pages) == (text, "text", 0)


@pytest.mark.parametrize(
    ("kind", "content", "preview"),
    [
        ("image/png", samples.huge_picture(), "large"),
        ("image/png", b"\x89PNG\r\n\x1a\n nothing", "broken"),
        ("image/jpeg", samples.pdf(), "broken"),
        ("application/pdf", b"%PDF-1.7 nothing", "broken"),
        (samples.WORD, b"PK\x03\x04 nothing", "broken"),
        (samples.WORD, samples.archive(word__document_xml=samples.BOMB), "broken"),
        (samples.WORD, samples.archive(word__document_xml=" " * (41 << 20)), "large"),
        (samples.WORD, samples.archive(**{f"m{n}": "" for n in range(5_001)}), "large"),
        ("application/octet-stream", b"\0\1", "none"),
    ],
)
def test_bombs_and_rubbish_are_told(tmp_path: Path, kind: str, content: bytes, preview: str) -> None:
    found = seen(tmp_path, kind, content)

    assert (found.preview, found.pages, found.text) == (preview, 0, "")


def test_office_program_draws_where_there_is_one(tmp_path: Path) -> None:
    """Its profile is its own, and gone with the folder; the words are read by us."""
    (tmp_path / "answer.pdf").write_bytes(samples.pdf(2))
    program = tmp_path / "soffice"
    program.write_text(
        f'#!/bin/sh\ncase "$1" in *made/profile) cp {tmp_path}/answer.pdf "$9/file.pdf";; esac\n'
    )
    program.chmod(0o700)
    content = samples.archive(word__document_xml="<d><p><t>Walrus</t></p></d>")

    found = seen(tmp_path, samples.WORD, content, str(program))

    assert (found.pages, found.text, found.preview) == (2, "Walrus", "made")


def test_without_an_office_program_its_absence_is_told(tmp_path: Path) -> None:
    assert seen(tmp_path, "application/rtf", b"{\\rtf1 walrus}").preview == "absent"
