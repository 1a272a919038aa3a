"""What is ended in one process is ended in every other within five seconds: sessions, tokens and streams."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import requests
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from aperto.kernel.access import oversight, people, sessions, sign_in_rules, tokens
from aperto.kernel.access.models import User
from tests import firm
from tests.web.people.sign_on.conftest import role

pytestmark = pytest.mark.django_db(transaction=True)
LONGEST = 5.0  # seconds


@pytest.fixture
def other(transactional_db: None) -> Iterator[str]:
    """The address of another web process on the same database."""
    environment = os.environ | {
        "SECOND_PROCESS_DATABASE": str(connection.settings_dict["NAME"]),
        "APERTO_SECRET_KEY": settings.SECRET_KEY,  # one installation, whatever the number of its processes
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, "-m", "tests.web.people.sign_on.second_process"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    try:
        port = process.stdout.readline().strip()
        assert port.isdigit(), "the other process did not start"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


@pytest.fixture
def ben(transactional_db: None) -> User:
    firm.found()
    firm.user("ada@nordwijk.example", "administrator")
    return firm.user("ben@nordwijk.example")


@pytest.fixture
def browser(ben: User) -> Iterator[requests.Session]:
    """Signed in here; the other process gets the same cookie."""
    client = Client()
    answer = client.post("/account/login/", {"login": ben.email, "password": firm.PASSWORD})
    assert answer.status_code == 302
    with requests.Session() as opened:
        opened.cookies.set("sessionid", client.cookies["sessionid"].value)
        yield opened


@pytest.fixture
def secret(ben: User) -> str:
    until = timezone.now() + timedelta(days=1)
    return tokens.create(firm.actor(ben), name="Feed", scopes=["*:read"], expires_at=until)[1]


def until(condition: Callable[[], bool]) -> float:
    """How long it took, at most twice what is allowed."""
    began = time.monotonic()
    while not condition() and time.monotonic() - began < 2 * LONGEST:
        time.sleep(0.05)
    return time.monotonic() - began


def test_deactivation_ends_session_token_and_stream_elsewhere(
    ben: User, other: str, browser: requests.Session, secret: str
) -> None:
    bearer = {"Authorization": f"Bearer {secret}"}
    page, feed = f"{other}/profile", f"{other}/api/v1/contact"
    before = [
        browser.get(page, allow_redirects=False).status_code,
        requests.get(feed, headers=bearer).status_code,
    ]
    ended = _reading(browser, f"{other}/endless")

    people.deactivate(firm.SYSTEM, ben, via="test")

    took = until(
        lambda: (
            browser.get(page, allow_redirects=False).status_code == 302
            and requests.get(feed, headers=bearer).status_code == 401
            and ended.is_set()
        )
    )
    assert before == [200, 200]
    assert took < LONGEST


def _reading(browser: requests.Session, address: str) -> threading.Event:
    """Reads a stream in a thread of its own; set when the other side ended it."""
    begun, ended = threading.Event(), threading.Event()

    def read() -> None:
        try:
            with requests.get(address, cookies=browser.cookies, stream=True, timeout=30) as answer:
                for _part in answer.iter_content(8):
                    begun.set()
        except requests.RequestException:
            pass
        ended.set()

    threading.Thread(target=read, daemon=True).start()
    assert begun.wait(10)
    return ended


def test_session_ended_by_an_administrator_is_ended_elsewhere(
    ben: User, other: str, browser: requests.Session
) -> None:
    known = browser.get(f"{other}/profile", allow_redirects=False).status_code
    [found] = sessions.of_user(ben, None)

    oversight.end_session(firm.SYSTEM, ben, found.id)

    took = until(lambda: browser.get(f"{other}/profile", allow_redirects=False).status_code == 302)
    assert known == 200
    assert took < LONGEST


def test_rule_of_a_role_counts_elsewhere_at_the_next_request(
    ben: User, other: str, browser: requests.Session, secret: str
) -> None:
    bearer = {"Authorization": f"Bearer {secret}"}
    known = browser.get(f"{other}/profile", allow_redirects=False).status_code

    sign_in_rules.set_rule(
        firm.SYSTEM, role("user"), second_factor=False, networks="192.0.2.0/24", address="", via="test"
    )

    assert known == 200
    assert browser.get(f"{other}/profile", allow_redirects=False).status_code == 403
    assert requests.get(f"{other}/api/v1/contact", headers=bearer).status_code == 403
