"""The running server and the person who asks it: an ordinary user with the rights of a team."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aperto.kernel.access import actors, links, tokens
from aperto.kernel.access.models import ApiToken, User
from bench import processes
from bench.client import Answer, Ask, Client
from bench.seeding.firm import MEASURED

READY_WITHIN = 60


@dataclass
class Office:
    """`web` is the process above the web workers; `root` the one above all."""

    port: int
    root: int
    web: int
    user: User
    database: list[int] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    @property
    def page_headers(self) -> dict[str, str]:
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {
            "Cookie": held,
            "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0",
            "Accept": "text/html",
            "Accept-Language": "en",
            "Referer": f"http://127.0.0.1:{self.port}/",
            "Origin": f"http://127.0.0.1:{self.port}",
            "X-CSRFToken": self.cookies.get("csrftoken", ""),
        }

    @property
    def api_headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}

    def web_processes(self) -> list[int]:
        return processes.tree(self.web)

    def all_processes(self) -> list[int]:
        return [pid for pid in processes.tree(self.root) if pid != self.root]

    def worker_processes(self) -> list[int]:
        web = set(self.web_processes())
        return [pid for pid in self.all_processes() if pid not in web]

    def visit(self, ask: Ask) -> Answer:
        client = Client(self.port, self.page_headers)
        try:
            answer = client.ask(ask)
        finally:
            client.close()
        self.cookies |= answer.cookies
        return answer


@contextmanager
def opened() -> Iterator[Office]:
    """Starts the product on a free port, signs the measured user in, and stops it afterwards."""
    port = free_port()
    here = str(Path(__file__).resolve().parent.parent)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([here, *filter(None, sys.path)])}
    started = subprocess.Popen(
        [sys.executable, "-m", "bench.serve", str(port)],
        stdout=subprocess.PIPE, text=True, env=environment, cwd=here,
    )  # fmt: skip
    try:
        assert started.stdout is not None
        web = int(started.stdout.readline() or 0)
        _wait(port)
        office = Office(port, started.pid, web, User.objects.get(email=MEASURED))
        sign_in(office)
        yield office
    finally:
        started.terminate()
        started.wait(20)


def sign_in(office: Office) -> None:
    """By a one-time link, as a person would; and a token of the API that no rate limit slows."""
    path = f"/sign-in/link/{links.make(office.user)}"
    page = office.visit(Ask(path, headers={"Accept-Encoding": "identity"}))
    found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page.body)
    body = b"csrfmiddlewaretoken=" + (found.group(1) if found else b"")
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    office.visit(Ask(path, "POST", form, body, status=302))
    if "sessionid" not in office.cookies:
        raise RuntimeError("the measured user could not sign in")
    actor = actors.of_user(office.user)
    token, office.token = tokens.create(actor, name="bench", scopes=["*:*"], expires_at=None)
    ApiToken.objects.filter(pk=token.pk).update(rate_limit=100_000_000)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        try:
            client = Client(port, {})
            client.ask(Ask("/health"))
            client.close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")
