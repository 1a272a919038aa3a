"""Takes the pictures of the README from a fresh demo: `python -m tools.screenshots`.

Each runs in the product as it is: a new data folder, the demo company, the one-time link, a headless browser.
"""

import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page
from tests.chromium import browser

from tools import source

FOLDER = source.ROOT / "docs" / "screenshots"
LINK = re.compile(r"http://\S+/sign-in/link/\S+")
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SHOTS = {
    "list": ("/contact", WIDE, "light"),
    "board": ("/deal/board", WIDE, "light"),
    "board-dark": ("/deal/board", WIDE, "dark"),
    "home": ("/", WIDE, "light"),
    "list-phone": ("/contact", PHONE, "light"),
}


@contextmanager
def demo() -> Iterator[str]:
    """The one-time link of a demo company that runs until the pictures are taken."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    with tempfile.TemporaryDirectory() as data:
        command = [
            sys.executable,
            "-m",
            "aperto.config.command",
            "up",
            "--demo",
            "--data",
            data,
            "--port",
            port,
        ]
        process = subprocess.Popen(command, cwd=source.ROOT, stdout=subprocess.PIPE, text=True)
        try:
            yield link_of(process)
        finally:
            process.terminate()
            process.wait()


def link_of(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    for line in process.stdout:
        if found := LINK.search(line):
            return found.group()
    raise SystemExit("The demo did not start.")


def take(page: Page, name: str, path: str, size: dict[str, int], theme: str) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=FOLDER / f"{name}.png")
    print(f"{name}: {path}")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo() as link, browser() as chromium:
        page = chromium.new_context(base_url=link.partition("/sign-in")[0]).new_page()
        page.goto(link)
        if page.get_by_role("button").count() and "/sign-in" in page.url:
            page.get_by_role("button").first.click()
            page.wait_for_load_state("networkidle")
        for name, (path, size, theme) in SHOTS.items():
            take(page, name, path, size, theme)
        page.goto("/deal")
        record = page.locator("main td a[href^='/deal/0']").first.get_attribute("href") or ""
        take(page, "record", record, WIDE, "light")


if __name__ == "__main__":
    main()
