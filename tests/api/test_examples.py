"""The examples of the manual are run as they stand there."""

import os
import re
import subprocess
import sys

import pytest
from pytest_django.live_server_helper import LiveServer

from aperto.kernel import records
from aperto.kernel.access import tokens
from aperto.web.help import manual
from tests.company import staffed

BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
PAGE = "api/first-steps"


def examples(language: str) -> str:
    text = (manual.folder() / f"{PAGE}.md").read_text(encoding="utf-8")
    return "\n".join(body for kind, body in BLOCK.findall(text) if kind == language)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("language", "command", "found"),
    [
        ("sh", ["sh", "-e", "-c"], "van Dijk"),
        ("python", [sys.executable, "-c"], "Nogueira"),
    ],
)
def test_example_does_what_it_says(
    live_server: LiveServer, language: str, command: list[str], found: str
) -> None:
    staff = staffed()
    _token, secret = tokens.create(staff.owner, name="example", scopes=["*:*"], expires_at=None)
    environment = os.environ | {"APERTO_URL": live_server.url, "APERTO_TOKEN": secret}

    ran = subprocess.run(
        [*command, examples(language)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    [row] = records.visible(staff.owner, "contact").page(columns=["title"]).rows
    assert found in row.title
    assert found in ran.stdout
