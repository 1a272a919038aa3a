"""The journeys that the pages are judged by, counted from the home page.

A click counts as one, a key as one; typing real content counts as nothing. Journey 4 has its own test beside
the imports. Each limit is the one that was set before the pages were made, never what they happen to need.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from aperto.kernel import changes, records
from aperto.kernel.changes import Draft
from aperto.kernel.jobs import worker
from tests.browser.conftest import DEALS, PEOPLE, Firm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass
class Hand:
    """Uses the page, and counts what it does."""

    page: Page
    clicks: int = 0
    keys: int = 0

    def click(self, place: Locator) -> None:
        self.clicks += 1
        place.click()

    def key(self, name: str) -> None:
        self.keys += 1
        self.page.keyboard.press(name)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)


@pytest.fixture
def hand(desk: Page) -> Hand:
    desk.goto("/")
    return Hand(desk)


NOTE, STEP, THURSDAY = "Wants a price for three.", "Send the price", 3


def linked(values: dict[str, Any]) -> set[Any]:
    return {ref.id for ref in values["about"]}


def rows(firm: Firm, object_key: str, *columns: str) -> list[dict[str, Any]]:
    return [row.values for row in records.visible(firm.staff.admin, object_key).iterate(columns)]


def test_1_call_with_a_follow_up_by_a_misspelt_name(hand: Hand, firm: Firm) -> None:
    page = hand.page

    hand.key("Control+k")
    hand.write("call mareike van dijk")
    expect(page.locator("#palette [role=option]").first).to_contain_text("Call: Marieke van Dijk")
    hand.key("Enter")
    expect(page.locator("dialog[open] textarea")).to_be_focused()
    hand.write(NOTE)
    hand.key("Tab")
    hand.write(STEP)
    hand.key("Tab")
    hand.write("thu")
    hand.key("Control+Enter")

    page.get_by_text("Call and next task saved").wait_for()
    assert hand.clicks == 0 and hand.keys <= 6
    [call] = [each for each in rows(firm, "call", "body", "about") if each["body"] == NOTE]
    [task] = [each for each in rows(firm, "task", "subject", "due", "about") if each["subject"] == STEP]
    assert linked(call) >= {firm.contact.pk} and linked(task) >= {firm.contact.pk}
    assert task["due"].weekday() == THURSDAY


def test_2_card_becomes_a_qualified_deal(hand: Hand, firm: Firm) -> None:
    page = hand.page

    hand.click(page.get_by_role("button", name="New", exact=True))
    hand.click(page.get_by_role("menuitem", name="Lead"))
    card = page.locator("dialog[open]")
    card.locator("[name=first_name]").fill("Marieke")
    card.locator("[name=last_name]").fill("van Dijk")
    card.locator("[name=company_name]").fill("Hollandia Robotics")
    card.get_by_label("E-mail address").first.fill("marieke@x0.example")
    hand.click(page.get_by_role("button", name="Save lead"))
    hand.click(page.locator(".toast").get_by_role("link", name="Show"))
    hand.click(page.get_by_role("link", name="Convert"))
    page.locator("dialog[open] form").wait_for()
    hand.click(page.locator("dialog[open]").get_by_role("button", name="Convert"))

    page.wait_for_url("**/deal/*")
    assert hand.clicks <= 6
    assert len(rows(firm, "company", "name")) == 2
    assert len(rows(firm, "contact", "last_name")) == 6


def test_3_five_deals_move_on_the_board(hand: Hand, firm: Firm) -> None:
    page = hand.page
    page.goto("/deal/board")
    lanes = page.locator("[data-lane]")
    before = lanes.nth(1).locator(".sum").inner_text()

    for name in DEALS[1:]:  # nothing is planned for these yet
        hand.clicks = 0
        card = page.locator(".card", has_text=name)
        hand.clicks += 1
        with page.expect_response("**/deal/board/move/*"):
            card.drag_to(lanes.nth(1).locator("[data-cards]"), target_position={"x": 60, "y": 12})
        hand.click(card.get_by_role("link", name="No next step"))
        page.locator("dialog[open] textarea, dialog[open] input[type=text]").first.wait_for()
        hand.write("Send the contract")
        hand.click(page.locator("dialog[open]").get_by_role("button", name="Save task"))
        expect(card.locator(".no-next")).to_have_count(0)
        assert hand.clicks <= 3

    expect(lanes.nth(1).locator(".count")).to_have_text("5")
    expect(lanes.nth(1).locator(".sum")).to_contain_text("6.250,00")
    assert lanes.nth(1).locator(".sum").inner_text() != before
    assert (
        len([each for each in rows(firm, "task", "subject") if each["subject"] == "Send the contract"]) == 5
    )


MANY = 2_000


def test_7_wrong_bulk_edit_of_two_thousand_is_undone(hand: Hand, firm: Firm) -> None:
    page = hand.page
    drafts = [Draft({"last_name": f"Visser {number}"}) for number in range(MANY - len(PEOPLE))]
    changes.save_many(firm.staff.admin, "contact", drafts, via="test")
    page.goto("/contact")
    page.get_by_label("Select all").check()
    page.locator("#matching button").click()
    page.get_by_role("button", name="Edit").click()
    page.locator("dialog[open] select").first.select_option("job_title")
    page.locator("dialog[open] [name=job_title]").fill("Wrong")
    page.locator("dialog[open] .btn.primary").first.click()
    page.locator("dialog[open] .job").wait_for()
    worker.run_pending()
    assert titles(firm) == {"Wrong": MANY}

    hand.click(page.locator("dialog[open] .job").get_by_role("button", name="Undo"))

    page.locator(".toast", has_text="undone in the background").wait_for()
    worker.run_pending()
    assert hand.clicks <= 2
    assert titles(firm) == {None: MANY}


def titles(firm: Firm) -> dict[Any, int]:
    return Counter(values["job_title"] for values in rows(firm, "contact", "job_title"))


def test_8_what_was_sold_and_said(hand: Hand, firm: Firm) -> None:
    page = hand.page

    hand.click(page.get_by_role("link", name="Companies", exact=True))
    hand.click(page.get_by_role("link", name="Hollandia Robotics").first)

    related = page.get_by_role("complementary", name="Related")
    expect(related.get_by_text(DEALS[-1])).to_be_visible()
    expect(page.locator("#timeline, .timeline").first).to_contain_text("Asked for a price")
    assert hand.clicks <= 2


def test_9_telephone_before_a_meeting(hand: Hand, firm: Firm) -> None:
    page = hand.page
    page.set_viewport_size({"width": 390, "height": 844})

    hand.click(page.get_by_role("button", name="Search or jump to"))
    hand.write("marieke")
    hand.click(page.locator("#palette [role=option]", has_text="Marieke van Dijk").first)

    expect(page.get_by_role("heading", name="Marieke van Dijk")).to_be_visible()
    expect(page.get_by_text("Send the offer").first).to_be_in_viewport()
    call = page.locator(".thumb-bar a[href^='tel:']")
    expect(call).to_be_in_viewport()
    assert hand.clicks + 1 <= 4
