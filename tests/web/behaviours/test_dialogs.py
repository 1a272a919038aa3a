"""Dialogs, pickers, the palette, toasts, and rows of a form."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.behaviours.pages import Workshop

pytestmark = pytest.mark.browser


def build(page: Page) -> None:
    page.get_by_role("link", name="Build").click()
    expect(page.get_by_label("Name")).to_be_focused()


def test_refused_dialog_stays_and_an_accepted_one_offers_undo(board: Page, workshop: Workshop) -> None:
    build(board)
    board.keyboard.press("Control+Enter")
    expect(board.get_by_text("A robot needs a name.")).to_be_visible()
    expect(board.get_by_label("Name")).to_be_focused()

    board.keyboard.type("Rosa")
    board.keyboard.press("Control+Enter")

    expect(board.get_by_text("Rosa was built")).to_be_visible()
    expect(board.locator("dialog[open]")).to_have_count(0)
    with board.expect_response("**/sent"):
        board.get_by_role("button", name="Undo").click()
    expect(board.get_by_text("Undone")).to_be_visible()


def test_typing_survives_a_dialog_closed_by_mistake(board: Page) -> None:
    build(board)
    board.keyboard.type("Rosa")
    board.keyboard.press("Escape")
    expect(board.locator("dialog[open]")).to_have_count(0)

    board.get_by_role("button", name="Reopen").click()

    expect(board.get_by_label("Name")).to_have_value("Rosa")


def test_picker_finds_and_picks(board: Page) -> None:
    board.get_by_label("Chief").fill("042")
    expect(board.get_by_role("option", name="Robot 042")).to_have_attribute("aria-selected", "true")
    board.keyboard.press("Enter")

    expect(board.get_by_label("Chief")).to_have_value("Robot 042")
    assert board.evaluate("new FormData(document.querySelector('#pickers')).get('chief')") == "Robot 042"


def test_picker_makes_what_is_missing(board: Page) -> None:
    board.get_by_label("Chief").fill("Zoe")
    board.get_by_role("option", name="Create “Zoe”").click()
    expect(board.get_by_label("Name")).to_have_value("Zoe")
    board.get_by_role("button", name="Save").click()

    expect(board.get_by_label("Chief")).to_have_value("Zoe")
    assert board.evaluate("new FormData(document.querySelector('#pickers')).get('chief')") == "7"


def test_palette_opens_finds_and_goes(board: Page) -> None:
    board.keyboard.press("Control+k")
    board.keyboard.type("Robot 03")
    expect(board.get_by_role("contentinfo").get_by_text("3 results")).to_be_visible()
    expect(board.get_by_role("option", name="Robot 030")).to_be_visible()
    board.keyboard.press("ArrowDown")
    board.keyboard.press("Enter")

    board.wait_for_url("**/board#031")


def test_letters_go_create_and_help(robots: Page) -> None:
    robots.keyboard.press("?")
    expect(robots.get_by_role("heading", name="Keyboard")).to_be_visible()
    robots.keyboard.press("Escape")
    robots.keyboard.press("c")
    expect(robots.get_by_role("menuitem", name="Robot")).to_be_focused()
    robots.keyboard.press("Escape")
    robots.keyboard.press("g")
    robots.keyboard.press("b")

    robots.wait_for_url("**/board")


def test_rows_are_added_and_removed(board: Page) -> None:
    build(board)
    board.get_by_role("button", name="Add arm").click()
    board.get_by_role("button", name="Add arm").click()
    assert board.get_by_label("Arm", exact=True).last.get_attribute("name") == "arm-1"

    board.get_by_role("button", name="Remove arm").first.click()

    expect(board.get_by_label("Arm", exact=True)).to_have_count(1)
    expect(board.get_by_role("button", name="Remove arm")).to_be_focused()


def test_theme_changes_at_once_and_is_kept(board: Page, workshop: Workshop) -> None:
    board.get_by_role("button", name="Ada Lund").click()
    with board.expect_response("**/profile/appearance"):
        board.get_by_role("button", name="Dark").click()

    assert board.locator("html").get_attribute("data-theme") == "dark"
    assert workshop.sent == [{"theme": ["dark"]}]
