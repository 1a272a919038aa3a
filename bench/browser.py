"""The first visit and the second, in headless Chromium: what is sent, and when the list can be seen."""

import os
import shutil
import statistics
import time
from dataclasses import dataclass

from bench.office import Office

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
)  # fmt: skip
TIMES = 5
ROW = "table tbody tr"


@dataclass
class Visit:
    requests: int
    kilobytes: float
    seconds: float


def visits(office: Office) -> tuple[Visit, Visit]:
    """The middle of some visits, each first one with an empty cache."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (only this line of the table needs it)

    path = os.environ.get("APERTO_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    firsts, seconds = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        for _time in range(TIMES + 1):
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            address = f"http://127.0.0.1:{office.port}"
            context.add_cookies(
                [{"name": name, "value": value, "url": address} for name, value in office.cookies.items()]
            )
            page = context.new_page()
            firsts.append(_visit(page, context, address))
            seconds.append(_visit(page, context, address))
            context.close()
        browser.close()
    return _middle(firsts[1:]), _middle(seconds[1:])  # the browser's own first page warms it up


def _visit(page, context, address: str) -> Visit:  # type: ignore[no-untyped-def]  # playwright comes late
    sent: list[float] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
    page.goto("about:blank")
    sent.clear()
    began = time.perf_counter()
    page.goto(f"{address}/contact", wait_until="commit")
    page.locator(ROW).first.wait_for(state="visible")
    took = time.perf_counter() - began
    page.wait_for_load_state("networkidle")
    session.detach()
    over_the_wire = [each for each in sent if each]
    return Visit(len(over_the_wire), sum(over_the_wire) / 1024, took)


def _middle(found: list[Visit]) -> Visit:
    return Visit(
        round(statistics.median(each.requests for each in found)),
        statistics.median(each.kilobytes for each in found),
        statistics.median(each.seconds for each in found),
    )
