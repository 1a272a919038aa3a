"""Files as they are dropped, looked at, renewed and taken back, without leaving the record."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from aperto.kernel.jobs import worker
from tests.browser.conftest import Firm
from tests.browser.test_axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DROP = """files => {
  const carried = new DataTransfer();
  for (const [name, text] of files) carried.items.add(new File([text], name));
  for (const type of ["dragover", "drop"]) {
    document.querySelector(".event, .record .pane").dispatchEvent(
      new DragEvent(type, { dataTransfer: carried, bubbles: true, cancelable: true }));
  }
}"""


def test_files_are_dropped_looked_at_and_renewed(
    desk: Page, firm: Firm, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    desk.goto(f"/company/{firm.company.pk}")
    desk.evaluate(DROP, [["first.txt", "walrus"], ["second.csv", "Name;Price\nPump;3"], ["empty.txt", ""]])
    expect(desk.locator(".toast", has_text="2 of 3 files were kept")).to_be_visible()
    expect(desk.locator(".toast", has_text="empty.txt was not uploaded: The file is empty.")).to_be_visible()
    worker.run_pending()
    desk.reload()

    desk.locator(".related").get_by_role("link", name="second.csv").click()
    viewer = desk.locator("dialog[open]")
    expect(viewer.get_by_role("cell", name="Pump")).to_be_visible()
    assert list(violations(desk, "viewer")) == []
    forward = viewer.locator("a[data-step=after]").count() == 1
    desk.keyboard.press("ArrowRight" if forward else "ArrowLeft")
    expect(viewer.locator("pre")).to_have_text("walrus")

    sent = {"name": "first.txt", "mimeType": "text/plain", "buffer": b"penguin"}
    viewer.locator("input[type=file]").set_input_files(sent)  # type: ignore[arg-type]  # a dict of these keys
    expect(viewer.get_by_text("2 versions")).to_be_visible()
    viewer.get_by_role("button", name="Restore version 1").click()
    expect(viewer.get_by_text("3 versions")).to_be_visible()
    desk.locator(".toast", has_text="this version is the newest now").get_by_role(
        "button", name="Undo"
    ).click()
    expect(viewer.get_by_text("4 versions")).to_be_visible()
