"""Where pages are told that the stream process is."""

import socket

import pytest

from aperto.config import live


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> int:
    """One whose next is free."""
    for name in ("APERTO_LIVE", "APERTO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1]) - 1


def test_pages_are_told_the_next_port(port: int) -> None:
    assert live.place("127.0.0.1", port) == f":{port + 1}"


def test_where_it_is_taken_there_are_no_streams(port: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port + 1))
        taken.listen()

        assert live.place("127.0.0.1", port) == ""


def test_behind_a_proxy_its_operator_says_what_it_maps(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APERTO_PROXY", "yes")
    assert live.place("127.0.0.1", port) == ""

    monkeypatch.setenv("APERTO_LIVE", "/live")
    assert live.place("127.0.0.1", port) == "/live"

    monkeypatch.setenv("APERTO_LIVE", "no")
    assert live.place("127.0.0.1", port) == ""
