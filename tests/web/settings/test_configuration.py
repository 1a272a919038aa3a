"""The configuration as a file: downloaded, reviewed, applied in part, and taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from aperto.kernel.configuration import past
from aperto.kernel.configuration.export import as_yaml
from tests.company import Staff, staffed
from tests.firm import SYSTEM
from tests.snapshot import unchanged
from tests.web.settings.test_settings import browser

FILE = """aperto: 1
team:
- {name: Bergen, description: Rain}
- {name: Oslo}
"""


@pytest.fixture
def staff(db: None) -> Staff:
    return staffed()


@pytest.fixture
def admin(staff: Staff) -> Client:
    return browser(staff, "admin")


def sent(text: str) -> dict[str, object]:
    return {"file": SimpleUploadedFile("shape.yaml", text.encode())}


def test_download_is_what_review_finds_equal(admin: Client) -> None:
    answer = admin.get("/settings/configuration/file")

    assert answer.headers["Content-Disposition"].endswith('.yaml"')
    text = answer.content.decode()
    page = admin.post("/settings/configuration/review", sent(text) | {"remove": "1"}).content.decode()
    assert "Nothing differs" in page


def test_review_shows_and_changes_nothing(admin: Client) -> None:
    with unchanged():
        page = admin.post("/settings/configuration/review", sent(FILE)).content.decode()

    assert "Bergen" in page and "Rain" in page and 'value="team:Oslo"' in page
    assert "Only here, and kept" in page


def test_only_what_is_ticked_is_applied_and_it_goes_back(admin: Client) -> None:
    before = as_yaml(SYSTEM)
    ticked = {"text": FILE, "item": ["team:Oslo"], "source": "shape.yaml"}

    admin.post("/settings/configuration/apply", ticked)
    [applied] = past.lately(SYSTEM)

    after = as_yaml(SYSTEM)
    assert "Oslo" in after and "Bergen" not in after
    assert "shape.yaml" in admin.get("/settings/configuration").content.decode()
    admin.post(f"/settings/configuration/undo/{applied.batch}")
    assert as_yaml(SYSTEM) == before


@pytest.mark.parametrize("text", ["aperto: 1\nteem: []\n", "a: &a [*a]", "aperto: 1\nstage:\n- {name: x}\n"])
def test_mistake_is_told(admin: Client, text: str) -> None:
    with unchanged():
        answer = admin.post("/settings/configuration/apply", {"text": text, "item": ["stage:x"]})

    assert answer.status_code == 422
    assert "This cannot be applied as it is" in answer.content.decode()


def test_file_that_is_no_text_is_told(admin: Client) -> None:
    answer = admin.post(
        "/settings/configuration/review", {"file": SimpleUploadedFile("a.yaml", b"\xff\xfe\0")}
    )

    assert answer.status_code == 422


def test_pack_is_previewed_and_applied(admin: Client) -> None:
    page = admin.get("/settings/configuration/packs/real-estate").content.decode()
    assert "property / Properties / On the market" in page

    admin.post(
        "/settings/configuration/apply",
        {"pack": "real-estate", "item": ["custom_object:property", "custom_field:property / price"]},
    )

    assert admin.get("/property").status_code == 200
    assert admin.get("/settings/configuration/packs/nonsense").status_code == 404


def test_others_do_not_find_it(staff: Staff) -> None:
    colleague = browser(staff, "colleague")
    with unchanged():
        for address in ("", "/file", "/packs/real-estate"):
            assert colleague.get(f"/settings/configuration{address}").status_code == 404
        assert colleague.post("/settings/configuration/apply", {"text": FILE}).status_code == 404
