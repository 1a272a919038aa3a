from pathlib import Path

import pytest

from tests.tools.conftest import Write
from tools import size


@pytest.fixture(autouse=True)
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(size, "RECORD", tmp_path / "size.toml")
    monkeypatch.setattr("sys.argv", ["size", "--tighten"])
    return tmp_path / "size.toml"


def function(lines: int) -> str:
    return "def f():\n" + "    x = 1\n" * (lines - 1)


def test_longest_is_kept(checkout: Write, record: Path) -> None:
    checkout("src/a.py", function(12))

    assert size.main() == 0
    assert "function = 12\n" in record.read_text(encoding="utf-8")


def test_growth_is_refused(checkout: Write, record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record.write_text("function = 12\n", encoding="utf-8")
    checkout("src/a.py", function(13))

    assert size.main() == 1
    assert capsys.readouterr().out == "src/a.py:1: a function of 13 lines; the longest may have 12\n"
    assert record.read_text(encoding="utf-8") == "function = 12\n"


def test_limit_holds_without_a_record(checkout: Write) -> None:
    checkout("src/a.py", function(61))

    assert size.main() == 1


def test_limit_cannot_be_raised_by_the_record(checkout: Write, record: Path) -> None:
    record.write_text("function = 100\n", encoding="utf-8")
    checkout("src/a.py", function(61))

    assert size.main() == 1
