"""A telephone: cards that are pushed aside, and pages that stay readable without a connection."""

from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, CDPSession, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from aperto.kernel import records
from tests.browser.conftest import Firm
from tests.conftest import listen

WHILE = "async () => {{ while ({}) await new Promise((go) => setTimeout(go, 50)) }}"
GUARDED = WHILE.format("!navigator.serviceWorker.controller")
KEPT = WHILE.format("!await caches.match(location.href)")

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def telephone(chromium: Browser, live_server: LiveServer, firm: Firm) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    client = Client()
    client.force_login(firm.staff.users["admin"])
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page = context.new_page()
    complaints = listen(page)
    yield page
    context.close()
    assert [each for each in complaints if "ERR_INTERNET_DISCONNECTED" not in each] == []


def push(touch: CDPSession, card: Locator, across: int) -> None:
    """A finger on the card goes `across` pixels, and is lifted."""
    box = card.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + 12
    for step in range(9):
        kind = "touchMove" if step else "touchStart"
        points = [{"x": x + across * step / 8, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def ended(firm: Firm) -> int:
    return len(records.visible(firm.staff.admin, "task").matching("done = yes").ids(9))


def test_card_pushed_to_the_right_ends_its_task(telephone: Page, firm: Firm) -> None:
    telephone.goto("/task")
    card = telephone.locator("tr[data-id]", has_text="Send the offer").first
    expect(card).to_be_visible()
    touch = telephone.context.new_cdp_session(telephone)

    push(touch, card, 40)
    assert ended(firm) == 0
    push(touch, card, 150)

    expect(telephone.locator(".toast")).to_contain_text("is done")
    assert ended(firm) == 1


def test_page_once_seen_is_read_without_a_connection(telephone: Page, firm: Firm) -> None:
    telephone.goto("/")
    telephone.evaluate(GUARDED)
    telephone.goto(f"/contact/{firm.contact.pk}")
    telephone.evaluate(KEPT)

    telephone.context.set_offline(True)
    telephone.goto(f"/contact/{firm.contact.pk}")
    expect(telephone.get_by_role("heading", name="Marieke van Dijk")).to_be_visible()
    expect(telephone.get_by_text("No connection. This is how it was on")).to_be_visible()
    telephone.goto("/deal")
    expect(telephone.get_by_role("link", name="Marieke van Dijk")).to_be_visible()

    telephone.context.set_offline(False)
    expect(telephone.get_by_text("No connection")).to_have_count(0)
    telephone.goto("/account/logout/")
    telephone.locator("form[action='/account/logout/'] button").last.click()
    telephone.wait_for_url("**/account/login/**")
    kept = "caches.open('aperto-pages-1').then((pages) => pages.keys()).then((keys) => keys.length)"
    assert telephone.evaluate(kept) == 0
