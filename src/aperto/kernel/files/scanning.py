"""A virus scanner, where one is set up: clamd behind a socket, or a command that is given the file's path.

Without one, files are clean as they come; the page of the settings says so.
"""

import shlex
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 120
PIECE = 1 << 16
LONGEST = 200


class Away(Exception):
    """The scanner did not answer: the file waits."""


def is_set_up() -> bool:
    return bool(settings.FILE_SCANNER)


def finding(path: Path) -> str:
    """What the scanner found, in its words; "" for a clean file; Away when it did not say."""
    scheme, _colon, rest = settings.FILE_SCANNER.partition(":")
    try:
        return SCANNERS[scheme](rest, path)[:LONGEST]
    except (OSError, subprocess.SubprocessError) as error:
        raise Away(str(error)) from error


def _clamd(rest: str, path: Path) -> str:
    """The INSTREAM command: lengths and pieces, so that clamd needs no right to our files."""
    with _connected(rest) as connection, path.open("rb") as file:
        connection.sendall(b"zINSTREAM\0")
        while piece := file.read(PIECE):
            connection.sendall(len(piece).to_bytes(4, "big") + piece)
        connection.sendall(bytes(4))
        said = b""
        while not said.endswith(b"\0") and (more := connection.recv(4096)):
            said += more
    answer = said.rstrip(b"\0\n").decode("utf-8", "replace").removeprefix("stream:").strip()
    if answer == "OK":
        return ""
    if answer.endswith(" FOUND"):
        return answer.removesuffix(" FOUND")
    raise Away(answer or "no answer")


def _connected(rest: str) -> socket.socket:
    parts = urlsplit(f"clamd:{rest}")
    if parts.hostname:
        return socket.create_connection((parts.hostname, parts.port or 3310), timeout=SECONDS)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(SECONDS)
    try:
        connection.connect(parts.path)
    except OSError:
        connection.close()
        raise
    return connection


def _command(rest: str, path: Path) -> str:
    """As clamscan answers: 0 is clean, 1 is found, all else is no answer."""
    done = subprocess.run(  # noqa: S603 - the operator's own command, without a shell
        [*shlex.split(rest), str(path)], capture_output=True, timeout=SECONDS, check=False
    )
    if done.returncode == 0:
        return ""
    said = done.stdout.decode("utf-8", "replace").strip().splitlines()
    if done.returncode == 1:
        return (said[0].rpartition(": ")[2].removesuffix(" FOUND") if said else "") or "found"
    raise Away(f"{rest} ended with {done.returncode}")


SCANNERS: dict[str, Callable[[str, Path], str]] = {"clamd": _clamd, "command": _command}
