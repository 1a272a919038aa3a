"""Formatted text as it is written: bold, a link, a record behind #, saving; nothing that is refused."""

import pytest
from playwright.sync_api import Page, expect

from aperto.kernel import records
from tests.browser.conftest import Firm

# The editor hears of keys a moment after they were pressed: nobody types as fast as a test.
UNTIL = "async (editor, wanted) => {{ while (!({})) await new Promise((go) => setTimeout(go, 20)); }}"
SELECTED = UNTIL.format(
    "editor.editor.getSelectedRange()[1] - editor.editor.getSelectedRange()[0] === wanted"
)
WRITTEN = UNTIL.format("editor.getDocument().toString().includes(wanted)")
BOLD = UNTIL.format("editor.attributeIsActive('bold') === wanted")

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_note_is_written_with_bold_a_link_and_a_record(desk: Page, firm: Firm) -> None:
    said: list[str] = []
    desk.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    desk.goto(f"/company/{firm.company.pk}")
    desk.get_by_role("tab", name="Note").click()
    write = desk.locator("trix-editor:visible")
    expect(write).to_be_focused()
    keys = desk.keyboard

    keys.type("Wants ", delay=30)
    write.evaluate(WRITTEN, "Wants ")
    keys.press("Control+b")
    write.evaluate(BOLD, True)
    keys.type("three", delay=30)
    write.evaluate(WRITTEN, "three")
    keys.press("Control+b")
    write.evaluate(BOLD, False)
    keys.type(" see #marieke", delay=30)
    expect(desk.locator(".options:popover-open [role=option]").first).to_contain_text("Marieke")
    keys.press("Enter")
    keys.type("site", delay=30)
    write.evaluate(WRITTEN, "site")
    for _letter in "site":
        keys.press("Shift+ArrowLeft")
    write.evaluate(SELECTED, 4)
    keys.press("Control+k")
    desk.locator("[data-trix-input]:visible").fill("https://robots.example")
    keys.press("Enter")
    write.press("Control+Enter")
    desk.get_by_text("Note saved").wait_for()

    [note] = [row.values["body"] for row in records.visible(firm.staff.admin, "note").iterate(["body"])]
    assert "<strong>three</strong>" in note and ">Marieke van Dijk</a>" in note and 'href="/contact/' in note
    assert '<a href="https://robots.example" rel="noopener noreferrer">site</a>' in note
    expect(desk.locator(".event .rich strong")).to_have_text("three")
    assert said == []
