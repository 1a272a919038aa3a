"""The API against its own document: made-up requests for every operation, none of which may surprise."""

import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from aperto.kernel.access import tokens
from aperto.kernel.access.models import ApiToken
from tests.company import staffed

# A request that fits the document may still be refused: the record it points at is made up.
LEFT_OUT = "positive_data_acceptance"
# A body that does not fit is also refused when the version seen is not the newest: that is looked at first.
SETTINGS = """
[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 428, 429]
"""


@pytest.mark.fuzz
@pytest.mark.django_db(transaction=True)
def test_no_answer_differs_from_the_document(live_server: LiveServer, tmp_path: Path) -> None:
    staff = staffed()
    _token, secret = tokens.create(staff.admin, name="fuzz", scopes=["*:*"], expires_at=None)
    ApiToken.objects.update(rate_limit=10_000_000)
    (tmp_path / "schemathesis.toml").write_text(SETTINGS, encoding="utf-8")

    ran = subprocess.run(
        [
            str(Path(sys.executable).with_name("schemathesis")),
            "run",
            f"{live_server.url}/api/openapi.json",
            f"--url={live_server.url}/api/v1",
            f"--header=Authorization: Bearer {secret}",
            f"--exclude-checks={LEFT_OUT}",
            "--phases=examples,coverage,fuzzing",
            "--max-examples=3",
            "--include-path-regex=^/(contact|deal|lead|file|changes|search|objects|me)",
            "--seed=1",
            "--no-color",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )

    assert ran.returncode == 0, _failures(ran.stdout) + ran.stderr[-2_000:]
    assert "Test cases:" in ran.stdout


def _failures(told: str) -> str:
    """What it found, without its advice on missing examples."""
    return told[: told.find("= WARNINGS =")][-8_000:]
