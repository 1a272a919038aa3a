"""The way through a provider in a browser, whose policy for forms is the strictest part of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aperto.kernel.access import sign_in_rules, sign_ons
from aperto.kernel.access.sign_on_models import SignOn
from aperto.kernel.access.sign_ons import Access
from tests import firm
from tests.identity.provider import running
from tests.identity.site import CLIENT, SECRET
from tests.web.people.sign_on.conftest import ANN, DOMAIN, SLUG, pk, role

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_button_leads_to_the_provider_and_back(
    page: "Page", live_server: "LiveServer", tmp_path: Path, settings: Any
) -> None:
    settings.REACH_PRIVATE_NETWORK = True
    firm.found()
    firm.user("ada@nordwijk.example", "administrator")
    with running(tmp_path, f"{live_server.url}/sign-on/{SLUG}/callback/") as provider:
        provider.knows(ann=ANN)
        values = {
            "name": "House",
            "enabled": True,
            "issuer": provider.issuer,
            "client_id": CLIENT,
            "secret": SECRET,
        }
        access = Access(domains=(DOMAIN,), groups={"staff": pk("user")})
        sign_ons.create(firm.SYSTEM, "oidc", values, access, via="test")
        SignOn.objects.update(slug=SLUG)
        page.goto(f"{provider.issuer}/enter/ann")

        page.goto("/account/login/?next=/profile")
        page.get_by_role("button", name="Sign in with House").click()

        page.wait_for_url("**/profile")
        assert page.get_by_text(str(ANN["email"])).first.is_visible()


def test_role_that_asks_for_a_factor_leads_to_it(page: "Page", live_server: "LiveServer") -> None:
    firm.found()
    firm.user("ada@nordwijk.example", "administrator")
    ben = firm.user("ben@nordwijk.example")
    sign_in_rules.set_rule(firm.SYSTEM, role("user"), second_factor=True, networks="", address="", via="test")

    page.goto("/account/login/?next=/contact")
    page.fill("[name=login]", ben.email)
    page.fill("[name=password]", firm.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/second-factor")
    page.get_by_role("link", name="Use an authenticator app").click()

    page.wait_for_url("**/security/app/activate/")
