import pytest
from playwright.sync_api import Page
from pytest_django import Settings

from tests.web.behaviours import pages


@pytest.fixture
def workshop(settings: Settings, monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> pages.Workshop:
    settings.ROOT_URLCONF = "tests.web.behaviours.pages"
    made = pages.Workshop()
    monkeypatch.setattr(pages, "workshop", made)
    return made


@pytest.fixture
def robots(workshop: pages.Workshop, page: Page) -> Page:
    page.goto("/list")
    page.wait_for_selector("td[tabindex='0']")
    return page


@pytest.fixture
def board(workshop: pages.Workshop, page: Page) -> Page:
    page.goto("/board")
    page.wait_for_load_state("networkidle")
    return page
