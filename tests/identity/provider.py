"""Starts the provider, and goes through it as a browser would."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from django.test import Client

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Provider:
    folder: Path
    issuer: str = ""

    def knows(self, **people: dict[str, Any]) -> None:
        (self.folder / "people.json").write_text(json.dumps(people), encoding="utf-8")

    def answer(self, address: str, name: str) -> str:
        """Where the provider sends the browser of this person; the path and query at our side."""
        with requests.Session() as browser:
            browser.get(f"{self.issuer}/enter/{name}").raise_for_status()
            answer = browser.get(address, allow_redirects=False)
        assert answer.status_code == 302, answer.text
        back = urlsplit(answer.headers["Location"])
        return f"{back.path}?{back.query}"


@contextmanager
def running(folder: Path, redirect: str) -> Iterator[Provider]:
    provider = Provider(folder)
    provider.knows()
    command = [sys.executable, "-m", "tests.identity.site", str(folder), redirect]
    path = os.pathsep.join([str(ROOT), *sys.path])
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": path, "PYTHONWARNINGS": ""},
    )
    try:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        assert port.isdigit(), "the provider did not start"
        provider.issuer = f"http://127.0.0.1:{port}"
        yield provider
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout:
            process.stdout.close()


def onward(answer: Any) -> str:
    """The address that the page on the way to a provider leads to."""
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', answer.content.decode())
    assert found, answer.content.decode()
    return unescape(found[1])


def come_in(provider: Provider, client: Client, slug: str, name: str, **more: str) -> Any:
    """The whole way: the button, the provider, and back. The last answer of ours."""
    address = onward(client.post(f"/sign-on/{slug}/", more))
    return client.get(provider.answer(address, name))
