"""The `aperto` command as a person at a terminal meets it."""

import argparse
import importlib
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from aperto.config import command, console
from aperto.config.options import DATA


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv(DATA.variable, str(tmp_path))
    yield tmp_path
    logging.captureWarnings(False)


@pytest.fixture
def subcommand(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """Makes `aperto check` raise whatever a test puts into this list."""
    errors: list[Exception] = []

    def fail(_chosen: argparse.Namespace) -> int:
        raise errors[0]

    monkeypatch.setattr("aperto.config.report.check", fail)
    return errors


@pytest.mark.parametrize("row", command.TABLE, ids=lambda row: row.words)
def test_every_subcommand_leads_to_a_function(row: command.Subcommand) -> None:
    module, _, name = row.where.partition(":")

    assert callable(getattr(importlib.import_module(f"aperto.config.{module}"), name))


def test_help_names_every_subcommand(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(["--help"])

    printed = capsys.readouterr().out
    assert [row.words for row in command.TABLE if row.words.split()[0] not in printed] == []


def test_unknown_subcommand_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(["dance"])

    assert ended.value.code == 2
    assert "invalid choice: 'dance'" in capsys.readouterr().err


def test_refusal_is_its_sentence(
    data: Path, subcommand: list[Exception], capsys: pytest.CaptureFixture[str]
) -> None:
    subcommand.append(console.Refusal("The moon is full."))

    code = command.main(["check"])

    assert (code, capsys.readouterr().err) == (1, "The moon is full.\n")


def test_unforeseen_error_is_one_sentence_and_a_log(
    data: Path,
    subcommand: list[Exception],
    capsys: pytest.CaptureFixture[str],
) -> None:
    subcommand.append(ValueError("two\nlines"))

    code = command.main(["check"])

    printed = capsys.readouterr().err
    assert (code, printed) == (1, f"Aperto stopped: two lines (ValueError). More: {data / 'aperto.log'}.\n")
    assert "ValueError: two" in (settings.DATA_DIR / "aperto.log").read_text(encoding="utf-8")


def test_full_disk_is_said_plainly(
    data: Path, subcommand: list[Exception], capsys: pytest.CaptureFixture[str]
) -> None:
    subcommand.append(RuntimeError("database or disk is full"))

    assert command.main(["check"]) == 1
    assert capsys.readouterr().err == f"The disk that holds {data} is full.\n"


def test_debug_shows_the_traceback(data: Path, subcommand: list[Exception]) -> None:
    subcommand.append(ValueError("two lines"))

    with pytest.raises(ValueError, match="two lines"):
        command.main(["check", "--debug"])


def test_interrupt_ends_with_130(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_chosen: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("aperto.config.report.check", interrupted)

    assert command.main(["check"]) == 130
    assert capsys.readouterr().err == "Stopped.\n"


def test_unwritable_folder_ends_with_1(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()

    assert command.main(["check", "--data", str(tmp_path / "file" / "x")]) == 1
    assert "cannot be written (Not a directory)" in capsys.readouterr().err


@pytest.mark.django_db
def test_about_for_programs(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["about", "--json"]) == 0

    facts = json.loads(capsys.readouterr().out)
    assert facts["licence"] == "MPL-2.0"
    assert facts["schema"]["waiting"] == []
    assert {"Django", "granian"} <= {library["name"] for library in facts["libraries"]}


@pytest.mark.django_db
def test_about_makes_no_folder(data: Path, tmp_path: Path) -> None:
    assert command.main(["about", "--data", str(tmp_path / "absent")]) == 0
    assert not (tmp_path / "absent").exists()
