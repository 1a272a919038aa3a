"""Addresses that somebody typed lead to no machine of the inner network, however they are spelt."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from aperto.kernel import outbound
from aperto.kernel.outbound import Client, Unreachable

INNER = [
    "127.0.0.1", "127.1", "127.0.1", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "0", "0.0.0.0",
    "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.1",
    "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "[::1]", "[::]", "[::ffff:127.0.0.1]",
    "[::ffff:10.0.0.1]", "[::ffff:7f00:1]", "[fe80::1]", "[fc00::1]", "[fd12:3456::1]", "[ff02::1]",
    "[64:ff9b::7f00:1]", "[64:ff9b::a00:1]", "[2002:7f00:1::]", "[2002:a00:1::]", "[0:0:0:0:0:0:0:1]",
    "localhost", "localhost.", "LOCALHOST",
]  # fmt: skip
NO_PAGES = [
    "", "file:///etc/passwd", "ftp://example.org/", "gopher://127.0.0.1/", "//example.org/", "https://",
    "https:///x", "https://user:password@example.org/", "https://example.org@127.0.0.1/", "http://example.org/",
    "javascript:1",    "https://[::1", "https://example.org:port/",
]  # fmt: skip


@pytest.fixture
def canary() -> Iterator[tuple[int, list[str]]]:
    """A machine of the inner network, and who came to it."""
    came: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            came.append(self.path)
            self.send_response(302 if self.path == "/away" else 200)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(3 * 1024 * 1024 if self.path == "/long" else 2))
            self.end_headers()
            self.wfile.write(b"x" * (3 * 1024 * 1024) if self.path == "/long" else b"{}")

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, came
        server.shutdown()


@pytest.mark.parametrize("host", INNER)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_inner_network_is_not_reached(host: str, scheme: str, canary: tuple[int, list[str]]) -> None:
    port, came = canary

    with pytest.raises(Unreachable), Client() as client:
        client.get(f"{scheme}://{host}:{port}/")

    assert came == []


@pytest.mark.parametrize("address", NO_PAGES)
def test_what_is_no_page_is_refused(address: str, settings: Any) -> None:
    settings.REACH_PRIVATE_NETWORK = True

    with pytest.raises(Unreachable), Client() as client:
        client.get(address)


def test_name_that_leads_inside_is_judged_by_where_it_leads(
    canary: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, came = canary
    inner = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: inner)

    with pytest.raises(Unreachable), Client() as client:
        client.get(f"https://rebinding.example:{port}/")

    assert came == []


def test_link_local_is_never_reached(settings: Any) -> None:
    settings.REACH_PRIVATE_NETWORK = True

    assert [outbound.judge(address) for address in ("169.254.169.254", "fe80::1", "10.0.0.1")] == [
        False,
        False,
        True,
    ]


def test_redirects_are_not_followed_and_long_answers_not_read(
    canary: tuple[int, list[str]], settings: Any
) -> None:
    port, came = canary
    settings.REACH_PRIVATE_NETWORK = True
    with Client() as client:
        away = client.get(f"http://127.0.0.1:{port}/away").status_code
        with pytest.raises(Unreachable):
            client.get(f"http://127.0.0.1:{port}/long")

    assert (away, came) == (302, ["/away", "/long"])


def test_proxy_of_the_environment_does_not_go_in_our_place(
    canary: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, came = canary
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")

    with pytest.raises(Unreachable), Client() as client:
        client.get("http://127.0.0.1:9/")

    assert came == []
