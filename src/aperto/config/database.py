"""The database of an installation: SQLite in the data folder, or PostgreSQL by URL.

SQLite: WAL keeps readers and the writer apart, IMMEDIATE takes the write lock before reading so that
two writers queue instead of failing, and connections persist because opening one costs a schema read.
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from aperto.config.options import BadOption

# Each thread of each process has a connection with a cache of its own, which may grow to 16 MB: 64 MB and a
# mapped file cost several times as much memory, for no gain that the bench could show on two gigabytes.
# NORMAL: a loss of power can take the last commits with it, and leaves the file whole. The log of writes is
# brought into the file once it holds 16,000 pages (64 MB) and no reader needs it; a page that is changed
# often in between is copied there once, though it stands in the log as often as it was committed. Brought in
# four times as often, an import of thousands of rows costs a tenth more.
PRAGMAS = "; ".join(
    f"PRAGMA {pragma}"
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-16384", "wal_autocheckpoint=16000")
)


def databases(url: str, folder: Path) -> dict[str, dict[str, Any]]:
    return {"default": postgresql(url) if url else sqlite(folder / "aperto.sqlite3")}


def sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "aperto.config.queued_sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS},
    }


def postgresql(url: str) -> dict[str, Any]:
    """Settings for `postgresql://user:password@host:port/name?option=value`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise BadOption("APERTO_DATABASE_URL must look like postgresql://user:password@host:port/name.")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }
