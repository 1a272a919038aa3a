"""No page writes for a request that another site made the browser send."""

import pytest
from django.test import Client

from tests.conformance.test_matrix import address_of
from tests.conformance.test_pages import PAGES, WALKED
from tests.conformance.world import World, made
from tests.snapshot import unchanged

# The provider's answer comes from its own site; it is signed and counts once. A mail program ends mails by
# one click from its own, too, and the signed link that it was sent is the proof.
OPEN = {"saml_answer", "unsubscribe"}


@pytest.fixture
def world(db: None) -> World:
    return made()


def test_only_what_another_site_must_send_goes_without_a_token() -> None:
    exempt = {name for name, route in PAGES.items() if getattr(route.callback, "csrf_exempt", False)}

    assert exempt == OPEN


def test_every_page_refuses_a_forged_request(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.staff.users["admin"])

    with unchanged():
        codes = {name: client.post(address_of(world, name)).status_code for name in WALKED}

    assert {name: code for name, code in codes.items() if code != 403 and name not in OPEN} == {}
