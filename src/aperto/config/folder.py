"""The data folder: who may read it, the secret it keeps, and the lock that one start at a time holds."""

import errno
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aperto.config.console import Refusal

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
LOCK, SECRET, ADDRESS = "aperto.lock", "secret_key", "address"


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn what the system says about a folder into one sentence."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise Refusal(f"The disk that holds {path} is full.") from error
        raise Refusal(f"The data folder {path} cannot be written ({error.strerror}).") from error


def prepare(path: Path) -> None:
    """Make the folder and its secret; nobody else on the machine may read either."""
    with disk_errors(path):
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        path.chmod(PRIVATE_FOLDER)
        probe = path / f".probe-{os.getpid()}"
        probe.write_bytes(b"aperto")
        probe.unlink()
        if not (path / SECRET).is_file():
            write_secret(path / SECRET, secrets.token_urlsafe(50))


def write_secret(path: Path, text: str) -> None:
    """Appear whole and private, or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(path)


def remember_address(path: Path, address: str) -> None:
    """Where the last start was reached, so that later commands can print whole links."""
    (path / ADDRESS).write_text(address, encoding="utf-8")


def last_address(path: Path) -> str:
    kept = path / ADDRESS
    return kept.read_text(encoding="utf-8") if kept.is_file() else ""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the folder for this start and its children; the system lets go when the last of them ends."""
    with disk_errors(path):
        descriptor = os.open(path / LOCK, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.read(descriptor, 20).decode(errors="replace").strip() or "unknown"
        os.close(descriptor)
        raise Refusal(
            f"Aperto already runs on {path} (process {holder}); stop it or choose another --data."
        ) from error
    os.truncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    try:
        yield
    finally:
        os.close(descriptor)
