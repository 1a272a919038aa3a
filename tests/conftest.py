"""What every test has: no network but this machine, and a database that `tests.settings` chose."""

import os
import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone, translation

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Response
    from pytest_django.live_server_helper import LiveServer

FILES = {"stylesheet", "script", "image", "font", "manifest"}
LOCAL = {"127.0.0.1", "::1", "localhost", ""}


class NetworkForbidden(OSError):
    """A test tried to reach another machine."""


def refuse(address: object) -> None:
    """Addresses of sockets that leave this machine are pairs or quadruples; Unix sockets have a path."""
    if isinstance(address, tuple) and str(address[0]) not in LOCAL:
        raise NetworkForbidden(f"Tests reach no other machine: {address[0]}:{address[1]}.")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):
        original = getattr(socket.socket, name)

        def guarded(this: socket.socket, address: object, original: object = original) -> object:
            refuse(address)
            return original(this, address)  # type: ignore[operator]

        patch.setattr(socket.socket, name, guarded)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def declared_shape() -> Iterator[None]:
    """Each test begins with the objects as the code declares them, and in nobody's language and zone.

    The database forgets by itself.
    """
    yield
    from aperto.kernel.objects.registry import registry

    registry.take(None)
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """One browser for the run; Playwright's event loop must not keep Django from its database."""
    from tests.chromium import browser

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with browser() as launched:
        yield launched


@pytest.fixture
def page(chromium: "Browser", live_server: "LiveServer") -> Iterator["Page"]:
    """A page of the running product that fails the test for whatever the console calls an error."""
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    complaints = listen(opened)
    yield opened
    context.close()
    assert complaints == []


def listen(page: "Page") -> list[str]:
    """What goes wrong in a page: errors of scripts, refused content, files that are missing.

    An answer such as 404 or 422 to the page itself may be what a test is about, so it is none.
    """
    complaints: list[str] = []

    def heard(message: "ConsoleMessage") -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    def answered(response: "Response") -> None:
        if response.status >= 400 and response.request.resource_type in FILES:
            complaints.append(f"{response.status} {response.url}")

    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", answered)
    return complaints
