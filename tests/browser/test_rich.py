"""Formatted text as it is written: bold, a link, a record behind #, saving; nothing that is refused."""

import pytest
from playwright.sync_api import Page, expect

from aperto.kernel import records
from tests.browser.conftest import Firm

# The editor hears of keys a moment after they were pressed: nobody types as fast as a test.
UNTIL = """async ({{ editor }}, wanted) => {{
  for (let n = 0; n < 300 && !({}); n += 1) await new Promise((go) => setTimeout(go, 20));
}}"""
SELECTED = UNTIL.format("editor.getSelectedRange()[1] - editor.getSelectedRange()[0] === wanted")
WRITTEN = UNTIL.format("editor.getDocument().toString().includes(wanted)")
BOLD = UNTIL.format("editor.attributeIsActive('bold') === wanted")

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Writer:
    """Types into the editor, and waits until it has heard."""

    def __init__(self, page: Page) -> None:
        self.keys, self.editor = page.keyboard, page.locator("trix-editor:visible")
        expect(self.editor).to_be_focused()

    def types(self, words: str) -> None:
        self.keys.type(words, delay=30)
        self.editor.evaluate(WRITTEN, words.strip())

    def bold(self, wanted: bool) -> None:
        self.keys.press("Control+b")
        self.editor.evaluate(BOLD, wanted)

    def selects(self, letters: int) -> None:
        for _letter in range(letters):
            self.keys.press("Shift+ArrowLeft")
        self.editor.evaluate(SELECTED, letters)


def test_a_note_is_written_with_bold_a_link_and_a_record(desk: Page, firm: Firm) -> None:
    said: list[str] = []
    desk.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    desk.goto(f"/company/{firm.company.pk}")
    desk.get_by_role("tab", name="Note").click()
    hand = Writer(desk)

    hand.types("Wants ")
    hand.bold(True)
    hand.types("three")
    hand.bold(False)
    hand.types(" see #marieke")
    expect(desk.locator(".options:popover-open [role=option]").first).to_contain_text("Marieke")
    hand.keys.press("Enter")
    hand.types("site")
    hand.selects(4)
    hand.keys.press("Control+k")
    desk.locator("[data-trix-input]:visible").fill("https://robots.example")
    hand.keys.press("Enter")
    hand.editor.press("Control+Enter")
    desk.get_by_text("Note saved").wait_for()

    [note] = [row.values["body"] for row in records.visible(firm.staff.admin, "note").iterate(["body"])]
    assert "<strong>three</strong>" in note and ">Marieke van Dijk</a>" in note and 'href="/contact/' in note
    assert '<a href="https://robots.example" rel="noopener noreferrer">site</a>' in note
    expect(desk.locator(".event .rich strong")).to_have_text("three")
    assert said == []
