"""Cards between lanes, by pointer and by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.behaviours.pages import Workshop

pytestmark = pytest.mark.browser


def lift(page: Page, name: str, *keys: str) -> None:
    page.locator(f"#card-{name}").focus()
    for key in ("Space", *keys):
        page.keyboard.press(key)


def test_card_is_moved_by_keyboard_and_sums_follow(board: Page, workshop: Workshop) -> None:
    lift(board, "a", "ArrowRight")
    expect(board.locator("#announce")).to_have_text("Card a over doing, position 1 of 2")
    with board.expect_response("**/card/a"):
        board.keyboard.press("Space")

    expect(board.locator("#doing")).to_have_text("2")
    assert workshop.lanes == {"todo": ["b"], "doing": ["a", "c"], "won": []}


def test_escape_puts_the_card_back(board: Page, workshop: Workshop) -> None:
    lift(board, "a", "ArrowRight", "Escape")

    expect(board.locator("[data-lane=todo] #card-a")).to_be_focused()
    assert workshop.lanes["todo"] == ["a", "b"]


def test_card_is_dragged(board: Page, workshop: Workshop) -> None:
    with board.expect_response("**/card/b"):
        board.locator("#card-b").drag_to(board.locator("#card-c"))

    assert "b" in workshop.lanes["doing"]


def test_lane_that_asks_gets_an_answer_or_gives_the_card_back(board: Page, workshop: Workshop) -> None:
    lift(board, "a", "ArrowRight", "ArrowRight", "Space")
    expect(board.get_by_label("Reason", exact=True).last).to_be_focused()
    board.keyboard.press("Escape")
    expect(board.locator("[data-lane=todo] #card-a")).to_be_visible()

    lift(board, "a", "ArrowRight", "ArrowRight", "Space")
    board.locator("#reason").fill("it works")
    board.keyboard.press("Enter")

    expect(board.locator("#won")).to_have_text("1")
    assert workshop.lanes["won"] == ["a"]
