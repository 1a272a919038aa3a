"""Every page in both themes, wide and on a telephone: axe finds nothing, the console says nothing, nothing
scrolls sideways. Each page is loaded once; the theme and the width change under it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import axe_playwright_python.sync_playwright as axe
import pytest
from playwright.sync_api import Page, ViewportSize, expect

from aperto.kernel import changes
from aperto.kernel.jobs import worker
from aperto.kernel.objects.registry import registry
from aperto.kernel.pipelines import stages
from tests.browser.conftest import Firm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE, NARROW = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)
AXE = Path(axe.__file__).with_name("axe.min.js").read_text("utf-8")
COLOURS = {"runOnly": ["color-contrast"]}
REST = {"rules": {"color-contrast": {"enabled": False}}}
# Of the reference of the API, whose entries are drawn alike and have fifteen thousand elements: their colours
# take half a minute.
ALIKE = ".operation:nth-of-type(n+4)"
PARTS = 4  # of the pages, for as many tests: so that two browsers have equally much to do
ADDRESSES = (
    "/",
    "/tasks",
    "/deal?q=amount%20>%201000",
    "/deal?add=amount%20>>",
    "/contact?q=last_name%20=%20Nobody",
    "/deal/board",
    "/deal/chart?by=created_at:month&split=stage",
    "/deal/chart?kind=donut",
    "/deal/timeline?begins=created_at&ends=close_date&colour=owner",
    "/contact/new",
    "/deal/new",
    "/contact/import",
    "/contact/export",
    "/jobs",
    "/bin",
    "/profile",
    "/profile/security",
    "/profile/sign-ins",
    "/profile/tokens",
    "/profile/tokens/new",
    "/settings/organisation",
    "/settings/users",
    "/settings/users/new",
    "/settings/teams",
    "/settings/roles",
    "/settings/sharing",
    "/settings/sharing/new",
    "/settings/territories",
    "/settings/territories/new",
    "/settings/sign-on",
    "/settings/sign-on/new/oidc",
    "/settings/sign-ins",
    "/settings/roles/new",
    "/settings/layouts",
    "/settings/layouts/deal/page",
    "/settings/layouts/deal/columns",
    "/settings/menu",
    "/settings/modules",
    "/settings/pipelines",
    "/settings/pipelines/new",
    "/settings/conversion",
    "/settings/rates",
    "/settings/files",
    "/settings/about",
    "/help",
    "/api/",
    "/nothing-here",
)


def wrong(page: Page) -> Iterator[str]:
    """What is wrong with the page as it stands: wide and light, dark, and narrow."""
    yield from violations(page, "light")
    page.emulate_media(color_scheme="dark")
    yield from violations(page, "dark", COLOURS)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(NARROW)
    yield from violations(page, "narrow")
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > NARROW["width"]:
        yield f"narrow: {width} pixels wide"
    page.set_viewport_size(WIDE)


def violations(page: Page, look: str, *options: dict[str, Any]) -> Iterator[str]:
    """Axe is put into a page once; it says only what is wrong."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    for asked in options or (COLOURS, REST):
        where = {"exclude": [ALIKE]} if asked is COLOURS else {"include": ["html"]}
        wanted = [where, {"resultTypes": ["violations"], **asked}]
        for found in page.evaluate("wanted => axe.run(...wanted)", wanted)["violations"]:
            yield f"{look}: {found['id']} {found['nodes'][0]['html'][:200]}"


def check(page: Page, *addresses: str) -> dict[str, list[str]]:
    found = {}
    for address in addresses:
        page.goto(address)
        expect(page.locator(".htmx-request")).to_have_count(0)
        found[address] = list(wrong(page))
    return {address: lines for address, lines in found.items() if lines}


@pytest.mark.parametrize("part", range(PARTS))
def test_pages(desk: Page, part: int) -> None:
    assert check(desk, *ADDRESSES[part::PARTS]) == {}


def test_lists_of_every_object(desk: Page) -> None:
    assert check(desk, *(f"/{each.key}" for each in registry if each.group)) == {}


def test_pages_of_records(desk: Page, firm: Firm) -> None:
    addresses = [
        f"/{each.declares.key}/{each.pk}" for each in (firm.company, firm.contact, firm.lead, firm.deals[0])
    ]
    deal, company = addresses[3], addresses[0]

    assert check(desk, *addresses, f"{deal}/history", f"{company}/edit", f"/deal/{uuid4()}") == {}


def test_editor_of_pipelines(desk: Page, firm: Firm) -> None:
    step = stages.of_object("deal")[0]
    place = f"/settings/pipelines/stages/{step.id}"

    assert check(desk, f"/settings/pipelines/{step.pipeline}", place, f"{place}/retire") == {}


def test_what_opens_over_a_page(desk: Page, firm: Firm) -> None:
    desk.goto("/contact")
    desk.get_by_role("button", name="New").click()
    new_menu = list(violations(desk, "menu"))
    desk.get_by_role("menuitem", name="Deal").click()
    desk.locator("dialog[open] [name=name]").wait_for()
    quick = list(wrong(desk))
    desk.keyboard.press("Escape")
    desk.keyboard.press("Control+k")
    desk.keyboard.type("mar")
    desk.locator("#palette [role=option]").first.wait_for()
    palette = list(wrong(desk))
    desk.keyboard.press("Escape")
    desk.get_by_role("link", name="Filter", exact=True).click()
    desk.locator("dialog[open] form").wait_for()
    builder = list(wrong(desk))

    assert (new_menu, quick, palette, builder) == ([], [], [], [])


def test_conflict(desk: Page, firm: Firm) -> None:
    address = f"/deal/{firm.deals[1].pk}/edit"
    desk.goto(address)
    changes.save(firm.staff.owner, firm.deals[1], {"name": "Theirs"}, via="test")

    desk.locator("[name=name]").fill("Mine")
    desk.get_by_role("button", name="Save", exact=True).click()

    desk.get_by_text("Theirs").first.wait_for()
    assert list(wrong(desk)) == []


def test_steps_of_an_import(desk: Page) -> None:
    desk.goto("/contact/import")
    desk.get_by_label("Or paste rows").fill("First name\tLast name\tE-mail\nAna\tSilva\tnot an address\n")
    desk.get_by_role("button", name="Continue with these rows").click()
    desk.wait_for_url("**/imports/*")
    columns = list(wrong(desk))
    desk.get_by_role("button", name="Import 1 row").click()
    expect(desk.get_by_role("button", name="Import 1 row")).to_have_count(0)
    worker.run_pending()
    desk.reload()
    desk.get_by_text("1 row was refused").wait_for()

    assert (columns, list(wrong(desk))) == ([], [])


def test_doors_of_strangers(page: Page, firm: Firm) -> None:
    page.emulate_media(reduced_motion="reduce")
    assert check(page, "/account/login/", "/account/login/code/", "/account/password/reset/") == {}


def test_editor_of_a_role(desk: Page, firm: Firm) -> None:
    role = firm.staff.users["owner"].roles.get()
    place = f"/settings/roles/{role.pk}"

    assert check(desk, place, f"{place}/of/deal", f"/settings/roles/new?from={role.pk}") == {}


def test_sharing_of_a_record(desk: Page, firm: Firm) -> None:
    place = f"/company/{firm.company.pk}"

    assert check(desk, f"{place}/share", f"{place}/access") == {}
