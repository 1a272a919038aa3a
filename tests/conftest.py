"""What every test has: no network but this machine, and a database that `tests.settings` chose."""

import socket
from collections.abc import Iterator

import pytest

LOCAL = {"127.0.0.1", "::1", "localhost", ""}


class NetworkForbidden(OSError):
    """A test tried to reach another machine."""


def refuse(address: object) -> None:
    """Addresses of sockets that leave this machine are pairs or quadruples; Unix sockets have a path."""
    if isinstance(address, tuple) and str(address[0]) not in LOCAL:
        raise NetworkForbidden(f"Tests reach no other machine: {address[0]}:{address[1]}.")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):
        original = getattr(socket.socket, name)

        def guarded(this: socket.socket, address: object, original: object = original) -> object:
            refuse(address)
            return original(this, address)  # type: ignore[operator]

        patch.setattr(socket.socket, name, guarded)
    yield
    patch.undo()
