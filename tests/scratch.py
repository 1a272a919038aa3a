"""The folder of one test run: made by the first process that asks, removed when that process ends."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

VARIABLE = "APERTO_TEST_SCRATCH"


def folder() -> Path:
    """A folder of this process, inside the folder of the whole run."""
    if VARIABLE not in os.environ:
        made = tempfile.mkdtemp(prefix="aperto-test-", dir=memory())
        os.environ[VARIABLE] = made
        atexit.register(remove, made, os.getpid())
    own = Path(os.environ[VARIABLE]) / os.environ.get("PYTEST_XDIST_WORKER", "main")
    own.mkdir(exist_ok=True)
    return own


def memory() -> str | None:
    """Memory instead of a disk, where there is enough of it: commits are then nearly free."""
    place = Path("/dev/shm")  # noqa: S108  (made safe by mkdtemp)
    if place.is_dir() and os.access(place, os.W_OK) and shutil.disk_usage(place).free > 1 << 30:
        return str(place)
    return None


def remove(path: str, maker: int) -> None:
    """Forked children run exit handlers too; only the maker may remove."""
    if os.getpid() == maker:
        shutil.rmtree(path, ignore_errors=True)
