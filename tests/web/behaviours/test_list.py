"""The list: moving, editing, selecting, columns and endless rows."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.behaviours.pages import Workshop

pytestmark = pytest.mark.browser


def place(page: Page) -> str:
    """The record and column that have the focus."""
    focused = "(cell => `${cell.parentNode.dataset.id},${cell.cellIndex}`)(document.activeElement)"
    return str(page.evaluate(focused))


def role(page: Page, number: int) -> str:
    return str(page.locator(f"tr[data-id='{number}'] td").nth(2).inner_text())


def open_editor(page: Page) -> None:
    page.locator("tr[data-id='0'] td").nth(2).click()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Role")).to_be_focused()


def test_rows_are_walked_by_letters_and_cells_by_arrows(robots: Page) -> None:
    robots.keyboard.press("j")
    robots.keyboard.press("j")
    robots.keyboard.press("ArrowRight")
    assert place(robots) == "1,1"

    robots.keyboard.press("Control+End")
    assert place(robots).endswith(",2")


def test_enter_edits_saves_and_goes_down(robots: Page, workshop: Workshop) -> None:
    open_editor(robots)
    robots.keyboard.type("welder")
    robots.keyboard.press("Enter")

    expect(robots.locator("tr[data-id='0'] td").nth(2)).to_have_text("welder")
    expect(robots.locator("tr[data-id='1'] td").nth(2)).to_be_focused()
    assert workshop.roles == {0: "welder"}


def test_typing_opens_the_editor_and_escape_gives_up(robots: Page, workshop: Workshop) -> None:
    robots.locator("tr[data-id='0'] td").nth(2).click()
    robots.keyboard.press("x")
    expect(robots.get_by_label("Role")).to_have_value("x")

    robots.keyboard.press("Escape")

    assert (role(robots, 0), place(robots), workshop.roles) == ("helper", "0,2", {})


def test_refused_value_stays_with_its_message(robots: Page, workshop: Workshop) -> None:
    open_editor(robots)
    robots.keyboard.type("king")
    robots.keyboard.press("Tab")

    expect(robots.locator(".editing .field-error")).to_be_visible()
    expect(robots.get_by_label("Role")).to_have_value("king")
    expect(robots.get_by_label("Role")).to_have_attribute("aria-invalid", "true")
    assert workshop.roles == {}


def test_going_elsewhere_saves(robots: Page) -> None:
    open_editor(robots)
    robots.keyboard.type("painter")
    robots.locator("tr[data-id='5'] td").nth(2).click()

    expect(robots.locator("tr[data-id='0'] td").nth(2)).to_have_text("painter")


def test_shift_selects_a_range_for_the_bar(robots: Page, workshop: Workshop) -> None:
    robots.get_by_label("Select Robot 002").click()
    robots.get_by_label("Select Robot 004").click(modifiers=["Shift"])
    expect(robots.locator("[data-bulk-count]")).to_have_text("3 selected")

    with robots.expect_response("**/sent"):
        robots.get_by_role("button", name="Scrap").click()

    assert workshop.sent == [{"id": ["2", "3", "4"]}]


def test_columns_change_by_keyboard(robots: Page, workshop: Workshop) -> None:
    robots.get_by_role("link", name="Role").focus()
    with robots.expect_response("**/sent"):
        robots.keyboard.press("Alt+Shift+ArrowRight")
    with robots.expect_response("**/sent"):
        robots.keyboard.press("Alt+ArrowLeft")

    assert [list(sent) for sent in workshop.sent] == [["widths"], ["order"]]
    assert workshop.sent[1] == {"order": ["role,name"]}
    assert robots.locator("tr[data-id='0'] td").nth(1).inner_text() == "helper"


def test_rows_come_as_one_scrolls(robots: Page) -> None:
    for _ in range(3):
        robots.locator(".grid-wrap").evaluate("wrap => wrap.scrollTop = wrap.scrollHeight")
        robots.wait_for_timeout(200)

    expect(robots.locator("tbody tr[data-id]")).to_have_count(120)
    expect(robots.locator("[data-next]")).to_have_count(0)
