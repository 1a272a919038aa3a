import os
import stat
from pathlib import Path

import pytest

from aperto.config import folder, logs
from aperto.config.console import Refusal


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_folder_and_secret_are_private(tmp_path: Path) -> None:
    data = tmp_path / "new" / "data"

    folder.prepare(data)

    assert (mode(data), mode(data / "secret_key")) == (0o700, 0o600)
    assert len((data / "secret_key").read_text(encoding="ascii")) >= 50


def test_secret_stays_the_same(tmp_path: Path) -> None:
    folder.prepare(tmp_path)
    first = (tmp_path / "secret_key").read_text(encoding="ascii")

    folder.prepare(tmp_path)

    assert (tmp_path / "secret_key").read_text(encoding="ascii") == first


def test_file_in_the_way_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(
        Refusal, match=r"^The data folder .*/file/data cannot be written \(Not a directory\)\.$"
    ):
        folder.prepare(tmp_path / "file" / "data")


def test_full_disk_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"^The disk that holds .* is full\.$"), folder.disk_errors(tmp_path):
        raise OSError(28, os.strerror(28))


def test_second_start_is_refused_and_names_the_first(tmp_path: Path) -> None:
    with (
        folder.locked(tmp_path),
        pytest.raises(Refusal, match=rf"already runs on .* \(process {os.getpid()}\)"),
        folder.locked(tmp_path),
    ):
        pass


def test_lock_is_free_again_afterwards(tmp_path: Path) -> None:
    with folder.locked(tmp_path):
        pass

    with folder.locked(tmp_path):
        assert (tmp_path / "aperto.lock").read_text(encoding="ascii") == f"{os.getpid()}\n"


def test_large_log_is_set_aside(tmp_path: Path) -> None:
    for name in ("aperto.log", "aperto.log.1", "aperto.log.5"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    os.truncate(tmp_path / "aperto.log", logs.LARGEST)

    logs.turn_over(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "aperto.log.1",
        "aperto.log.2",
        "aperto.log.5",
    ]
    assert (tmp_path / "aperto.log.2").read_text(encoding="utf-8") == "aperto.log.1"
