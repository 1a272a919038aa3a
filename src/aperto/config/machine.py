"""What this machine must offer before anything starts; each lack is one sentence."""

import shutil
import socket
import sqlite3
from pathlib import Path

from aperto.config.console import Refusal

OLDEST_SQLITE = (3, 38, 0)
ROOM = 200
MEGABYTE = 1024 * 1024


def require_sqlite(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> None:
    if version < OLDEST_SQLITE:
        found, needed = (".".join(map(str, numbers)) for numbers in (version, OLDEST_SQLITE))
        raise Refusal(f"This Python brings SQLite {found}; Aperto needs {needed} or newer (or PostgreSQL).")
    memory = sqlite3.connect(":memory:")
    try:
        memory.execute("CREATE VIRTUAL TABLE probe USING fts5(word, tokenize='trigram')")
    except sqlite3.OperationalError as error:
        raise Refusal(
            "This Python's SQLite has no full-text search (FTS5 with trigrams), which is needed."
        ) from error
    finally:
        memory.close()


def require_room(path: Path) -> None:
    free = shutil.disk_usage(path).free // MEGABYTE
    if free < ROOM:
        raise Refusal(f"The disk that holds {path} has {free} MB left; Aperto needs {ROOM} MB.")


def names(host: str) -> list[str]:
    """Under what names whoever listens on `host` is called; on all addresses, those of this machine."""
    if host not in {"0.0.0.0", "::"}:  # noqa: S104  (compared with, not listened on)
        return [f"[{host}]" if ":" in host else host]
    name = socket.gethostname()
    try:
        found = {str(row[4][0]) for row in socket.getaddrinfo(name, None)}
    except OSError:
        found = set()
    return [name, *sorted(f"[{address}]" if ":" in address else address for address in found)]


def require_port(host: str, port: int) -> None:
    """Granian shares ports silently (SO_REUSEPORT), so a forgotten server must be found before it starts."""
    if not 0 < port < 65536:
        raise Refusal(f"{port} is no port; choose --port between 1 and 65535.")
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise Refusal(f"{host} is no address of this machine ({error.strerror}).") from error
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError as error:
            raise Refusal(
                f"Port {port} needs more rights than this user has; choose another --port."
            ) from error
        except OSError as error:
            raise Refusal(
                f"Port {port} on {host} cannot be used ({error.strerror}); choose another --port."
            ) from error
