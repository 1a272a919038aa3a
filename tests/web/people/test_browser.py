"""What only a browser can show: passkeys under the strict content policy, and the first run's guesses."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from aperto.kernel.access import factors, links, organisation, sign_ins
from aperto.kernel.access.models import User
from tests import firm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ada(transactional_db: None) -> Iterator[User]:
    firm.found()
    yield firm.user("ada@nordwijk.example", "administrator", name="Ada Lund")
    organisation.forget()


def plug_in_authenticator(page: Page) -> None:
    """A device in software that keeps passkeys and always finds that it is you."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(page: Page, user: User) -> None:
    page.goto("/account/login/?next=/profile/security")
    page.locator("[name=login]").fill(user.email)
    page.locator("[name=password]").fill(firm.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/profile/security")


def test_passkey_is_added_and_signs_in(page: Page, ada: User) -> None:
    plug_in_authenticator(page)
    sign_in(page, ada)
    page.get_by_role("link", name="Add a passkey").click()
    page.locator("[name=name]").fill("Laptop")
    page.get_by_role("button", name="Add it").click()
    page.get_by_text("I have kept them").click()
    assert page.get_by_text("Laptop").is_visible()

    page.context.clear_cookies()
    page.goto("/account/login/?next=/profile/security")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("last used").wait_for()

    [key] = factors.of_user(ada).passkeys
    assert key.name == "Laptop"
    assert key.last_used_at is not None
    assert sign_ins.latest(ada)[0].way == "Passkey"


def test_passkey_is_a_second_factor_after_the_password(page: Page, ada: User) -> None:
    plug_in_authenticator(page)
    sign_in(page, ada)
    page.goto("/account/security/passkeys/add/")
    page.get_by_label("Sign in with it alone").uncheck()
    page.get_by_role("button", name="Add it").click()
    page.get_by_text("I have kept them").wait_for()

    page.context.clear_cookies()
    page.goto("/account/login/?next=/profile/security")
    page.locator("[name=login]").fill(ada.email)
    page.locator("[name=password]").fill(firm.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Use a passkey").click()

    page.wait_for_url("**/profile/security")


def test_browser_without_a_passkey_says_so(page: Page, ada: User) -> None:
    plug_in_authenticator(page)
    page.goto("/account/login/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    page.get_by_text("No passkey was chosen").wait_for()


def test_first_run_guesses_and_signs_in(chromium: object, live_server: LiveServer, page: Page) -> None:
    context = page.context.browser.new_context(  # type: ignore[union-attr]
        base_url=live_server.url, locale="pt-BR", timezone_id="America/Sao_Paulo"
    )
    fresh = context.new_page()
    fresh.goto("/")
    guessed = [fresh.locator(f"[name={name}]").input_value() for name in ("country", "currency", "zone")]
    fresh.locator("[name=country]").select_option("GB")
    currency = fresh.locator("[name=currency]").input_value()
    context.close()

    assert guessed == ["BR", "BRL", "America/Sao_Paulo"]
    assert currency == "GBP"


def test_one_time_link_signs_in_by_its_button(page: Page, ada: User) -> None:
    page.goto(f"/sign-in/link/{links.make(ada)}")

    page.get_by_role("button", name="Sign in").click()

    page.wait_for_url("**/")
    assert page.locator("#user-menu").count() == 1


def test_profile_saves_what_is_chosen(page: Page, ada: User) -> None:
    sign_in(page, ada)
    page.goto("/profile")

    page.locator("[name=name]").fill("Ada Lovelace")
    page.locator("[name=name]").press("Tab")
    page.locator(".toast", has_text="Saved").wait_for()
    page.locator("[name=name]").fill("")
    page.locator("[name=name]").press("Tab")
    page.locator("#profile-form .field-error").wait_for()
    with page.expect_response("**/profile/appearance"):
        page.locator("main [data-set-theme=dark]").click()

    ada.refresh_from_db()
    assert (ada.name, ada.theme) == ("Ada Lovelace", "dark")


PAGES = [
    "/profile",
    "/profile/security",
    "/profile/tokens",
    "/profile/tokens/new",
    "/settings/organisation",
    "/settings/users",
    "/settings/users/new",
    "/settings/teams",
    "/settings/teams/new",
    "/settings/roles",
    "/settings/roles/new",
    "/account/security/app/activate/",
    "/account/password/change/",
]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, ada: User, theme: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    found = {}
    for address in ("/account/login/", "/account/login/code/", "/account/password/reset/"):
        page.goto(address)
        found[address] = Axe().run(page).response["violations"]
    sign_in(page, ada)
    for address in PAGES:
        page.goto(address)
        found[address] = Axe().run(page).response["violations"]

    wrong = {
        address: [(v["id"], v["nodes"][0]["html"][:200]) for v in vs] for address, vs in found.items() if vs
    }
    assert wrong == {}
