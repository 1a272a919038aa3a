import socket
from collections import namedtuple
from pathlib import Path

import pytest

from aperto.config import machine
from aperto.config.console import Refusal


def test_this_sqlite_will_do() -> None:
    machine.require_sqlite()


def test_old_sqlite_is_refused() -> None:
    with pytest.raises(Refusal, match=r"^This Python brings SQLite 3\.34\.1; Aperto needs 3\.38\.0 or newer"):
        machine.require_sqlite((3, 34, 1))


def test_full_disk_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _path: usage(free=150 * machine.MEGABYTE))

    with pytest.raises(Refusal, match="has 150 MB left; Aperto needs 200 MB"):
        machine.require_room(tmp_path)


def test_port_in_use_is_refused_even_if_it_may_be_shared() -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()

        with pytest.raises(
            Refusal, match=r"^Port \d+ on 127\.0\.0\.1 cannot be used \(Address already in use\)"
        ):
            machine.require_port("127.0.0.1", other.getsockname()[1])


def test_impossible_port_is_refused() -> None:
    with pytest.raises(Refusal, match="99999 is no port"):
        machine.require_port("127.0.0.1", 99999)


def test_host_of_another_machine_is_refused() -> None:
    with pytest.raises(Refusal, match="choose another --port|no address"):
        machine.require_port("192.0.2.1", 8000)


def test_listening_everywhere_answers_to_the_names_of_this_machine() -> None:
    assert socket.gethostname() in machine.names("0.0.0.0")  # noqa: S104
    assert machine.names("::1") == ["[::1]"]
