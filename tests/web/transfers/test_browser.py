"""Journey 4: somebody brings in a stranger's file of 500 people, corrects ten bad rows, and adds those."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from aperto.kernel.jobs import worker
from tests.transfer.imports import text_of
from tests.web import office as offices
from tests.web.office import Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def busy_office(transactional_db: None) -> Iterator[Office]:
    """An office with a worker."""
    office = offices.found()
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    yield office
    stop.set()
    thread.join(20)


def sign_in(page: Page, live_server: LiveServer, office: Office) -> None:
    cookie = office.client().cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def strangers(folder: Path) -> Path:
    """500 people under foreign names of columns; ten of them have no address that works."""
    rows = [
        [
            f"Voornaam {n}",
            f"Achternaam {n}",
            "geen" if n % 50 == 7 else f"n{n}@x.example",
            f"Bedrijf {n % 60}",
        ]
        for n in range(500)
    ]
    path = folder / "relaties.csv"
    table = [["Voornaam", "Achternaam", "E-mailadres", "Bedrijf"], *rows]
    path.write_text(text_of(table, ";"), encoding="cp1252")
    return path


def clean(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_journey_of_a_strangers_file(
    page: Page, live_server: LiveServer, busy_office: Office, tmp_path: Path
) -> None:
    sign_in(page, live_server, busy_office)
    page.goto("/")
    page.get_by_role("link", name="Contacts").first.click()
    page.get_by_role("link", name="Import").first.click()
    clean(page)
    page.get_by_label("File to import").set_input_files(strangers(tmp_path))

    page.wait_for_url("**/imports/*")
    expect(page.get_by_label("Where the column Voornaam goes")).to_have_value("first_name")
    expect(page.get_by_label("Where the column Bedrijf goes")).to_have_value("company")
    clean(page)
    page.get_by_role("button", name="Import 500 rows").click()

    page.get_by_text("10 rows were refused").wait_for(timeout=60_000)
    clean(page)
    for cell in page.locator("input[name^=cell-][name$='-2']").all():
        cell.fill(f"{cell.get_attribute('name')}@x.example")
    page.get_by_role("button", name="Import the corrected rows").click()

    page.get_by_text("10 + 0 + 0 + 0 + 0 = 10 rows").wait_for(timeout=60_000)


def test_change_of_a_column_shows_what_follows(
    page: Page, live_server: LiveServer, busy_office: Office, tmp_path: Path
) -> None:
    sign_in(page, live_server, busy_office)
    page.goto("/contact/import")
    page.get_by_label("File to import").set_input_files(strangers(tmp_path))
    page.wait_for_url("**/imports/*")

    page.get_by_label("Where the column Bedrijf goes").select_option("department")

    expect(page.locator(".preview .cell-new")).to_have_count(0)
    page.get_by_label("Update existing records").check()
    expect(page.get_by_text("Empty cells empty the field")).to_be_visible()


def test_import_is_undone(page: Page, live_server: LiveServer, busy_office: Office) -> None:
    sign_in(page, live_server, busy_office)
    page.goto("/contact/import")
    page.get_by_label("Or paste rows").fill("First name\tLast name\nAna\tSilva\n")
    page.get_by_role("button", name="Continue with these rows").click()
    page.get_by_role("button", name="Import 1 row").click()
    page.get_by_text("1 + 0 + 0 + 0 + 0 = 1 rows").wait_for(timeout=60_000)

    page.get_by_role("button", name="Undo import").click()

    page.get_by_text("1 change was taken back.").wait_for(timeout=60_000)
