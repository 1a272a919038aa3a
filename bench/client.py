"""A small HTTP client on a plain socket, so that what is measured is the server and not the client."""

import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

ENCODINGS = "gzip, deflate, br, zstd"
END = b"\r\n\r\n"


@dataclass(frozen=True)
class Ask:
    """One request; `status` is what the answer must have, else the measurement is void."""

    path: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    status: int = 200


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    cookies: dict[str, str]
    body: bytes
    size: int  # bytes on the wire
    seconds: float


class WrongAnswer(Exception):
    """The server answered something that was not asked for; nothing that follows can be trusted."""


class Client:
    """One connection that stays open, as a browser's does."""

    def __init__(self, port: int, headers: Mapping[str, str]) -> None:
        self.port, self.headers = port, dict(headers)
        self.socket = self._connect()

    def _connect(self) -> socket.socket:
        opened = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened

    def ask(self, ask: Ask) -> Answer:
        began = time.perf_counter()
        self.socket.sendall(self._message(ask))
        head, rest = self._head()
        status, headers, cookies = _parsed(head)
        body, size = self._body(headers, rest)
        answer = Answer(status, headers, cookies, body, len(head) + size, time.perf_counter() - began)
        if answer.status != ask.status:
            raise WrongAnswer(f"{ask.method} {ask.path}: {status} instead of {ask.status}: {body[:300]!r}")
        return answer

    def _message(self, ask: Ask) -> bytes:
        lines = [f"{ask.method} {ask.path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        given = {"Accept-Encoding": ENCODINGS, **self.headers, **ask.headers}
        if ask.body or ask.method == "POST":
            given["Content-Length"] = str(len(ask.body))
        lines += [f"{name}: {value}" for name, value in given.items()]
        return "\r\n".join(lines).encode() + END + ask.body

    def _head(self) -> tuple[bytes, bytes]:
        received = b""
        while END not in received:
            received += self._more()
        head, _end, rest = received.partition(END)
        return head + END, rest

    def _more(self) -> bytes:
        part = self.socket.recv(262_144)
        if not part:
            raise WrongAnswer("the server closed the connection")
        return part

    def _body(self, headers: Mapping[str, str], rest: bytes) -> tuple[bytes, int]:
        """The body as it came, and how many bytes that took."""
        if "content-length" in headers:
            parts, missing = [rest], int(headers["content-length"]) - len(rest)
            while missing > 0:
                parts.append(self._more())
                missing -= len(parts[-1])
            body = b"".join(parts)
            return body, len(body)
        if headers.get("transfer-encoding") == "chunked":
            while not rest.endswith(b"0\r\n\r\n"):
                rest += self._more()
            return rest, len(rest)
        return b"", 0

    def close(self) -> None:
        self.socket.close()


def _parsed(head: bytes) -> tuple[int, dict[str, str], dict[str, str]]:
    first, *lines = head.decode("latin-1").split("\r\n")
    headers: dict[str, str] = {}
    cookies: dict[str, str] = {}
    for line in lines:
        name, _colon, value = line.partition(":")
        if name.lower() == "set-cookie":
            key, _equals, rest = value.strip().partition("=")
            cookies[key] = rest.partition(";")[0]
        elif name:
            headers[name.lower()] = value.strip()
    return int(first.split(" ")[1]), headers, cookies
