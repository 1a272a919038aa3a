"""Files as people send them, and as nobody should: made here, byte by byte."""

import zipfile
from io import BytesIO

from PIL import Image

OFFICE = "application/vnd.openxmlformats-officedocument."
WORD, SHEET = f"{OFFICE}wordprocessingml.document", f"{OFFICE}spreadsheetml.sheet"
SLIDES, TEXT_DOCUMENT = f"{OFFICE}presentationml.presentation", "application/vnd.oasis.opendocument.text"
BOMB = '<!DOCTYPE a [<!ENTITY b "{}"><!ENTITY c "{}">]><a><t>&c;</t></a>'.format("walrus" * 50, "&b;" * 50)


def picture(width: int = 60, height: int = 40) -> bytes:
    """A photograph that says with which camera, lying on its side."""
    image = Image.new("RGB", (width, height), (200, 40, 30))
    exif = image.getexif()
    exif[271], exif[274] = "Secretcam", 6
    return _saved(image, "JPEG", exif=exif)


def _saved(image: Image.Image, form: str, **more: object) -> bytes:
    out = BytesIO()
    image.save(out, form, **more)
    return out.getvalue()


def pdf(pages: int = 1) -> bytes:
    first, *rest = (Image.new("RGB", (60, 80), "white") for _page in range(pages))
    return _saved(first, "PDF", save_all=True, append_images=rest)


def pdf_that_says(words: str) -> bytes:
    stream = f"BT /F1 24 Tf 20 100 Td ({words}) Tj ET".encode()
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    body = b"".join(b"%d 0 obj%s endobj\n" % (number, part) for number, part in enumerate(parts, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


def archive(**members: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in members.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return out.getvalue()


def huge_picture() -> bytes:
    """A picture of 40,000 × 40,000 in a few bytes: only its head says so."""
    small = bytearray(_saved(Image.new("1", (8, 8)), "PNG"))
    head = b"IHDR" + (40_000).to_bytes(4, "big") * 2 + bytes(small[24:29])
    small[12:29] = head
    small[29:33] = __import__("zlib").crc32(head).to_bytes(4, "big")
    return bytes(small)
