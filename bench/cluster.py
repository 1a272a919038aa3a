"""A PostgreSQL server for benchmarks, with the settings of a real one: every commit waits for the disk.

The server of APERTO_DATABASE_URL when that is set (its user must be allowed to make databases), else the
distribution's, run by an unprivileged user on a Unix socket and stopped when the command ends.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

VARIABLE = "APERTO_DATABASE_URL"
SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "random_page_cost": "1.1",
    "max_wal_size": "4GB",
    "jit": "off",
}


class NoServer(Exception):
    """There is no PostgreSQL to measure with; the message says what is missing."""


@contextmanager
def server(base: Path) -> Iterator[str]:
    """The address of a running server; its path names the database that is always there."""
    if given := os.environ.get(VARIABLE):
        yield given
        return
    binaries = _binaries()
    owner = _owner()
    cluster = (Path("/var/tmp/aperto-bench") if owner else base) / "postgresql"
    socket = Path(tempfile.mkdtemp(prefix="aperto-bench-pg-", dir="/tmp"))
    if not (cluster / "PG_VERSION").is_file():
        shutil.rmtree(cluster, ignore_errors=True)
        cluster.mkdir(parents=True, mode=0o700)
        _give(cluster, owner)
        _run(owner, binaries / "initdb", "-D", cluster, "-U", "aperto", "-E", "UTF8", "--locale=C.UTF-8")
    _give(socket, owner)
    options = " ".join([f"-k {socket}", *(f"-c {name}='{value}'" for name, value in SETTINGS.items())])
    _run(owner, binaries / "pg_ctl", "-D", cluster, "-l", cluster / "log", "-w", "-o", options, "start")
    try:
        yield f"postgresql://aperto@/postgres?host={quote(str(socket), safe='')}"
    finally:
        _run(owner, binaries / "pg_ctl", "-D", cluster, "-m", "fast", "stop")
        shutil.rmtree(socket, ignore_errors=True)


def of_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def fresh(url: str, name: str, template: str = "template0") -> None:
    """Makes the database anew, as a copy of another or empty."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(made.format(sql.Identifier(name), sql.Identifier(template)))


def _binaries() -> Path:
    found = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").is_file()]
    if not found:
        raise NoServer(f"No PostgreSQL is installed here; install one or name it in {VARIABLE}.")
    return max(found, key=lambda path: int(path.parent.name))


def _owner() -> pwd.struct_passwd | None:
    """Whom root becomes: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")


def _give(folder: Path, owner: pwd.struct_passwd | None) -> None:
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)


def _run(owner: pwd.struct_passwd | None, *command: Path | str) -> None:
    identity = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    words = [str(part) for part in command]
    # The server keeps what it inherits, so its output goes to the log and not into a pipe of ours.
    done = subprocess.run(
        words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd="/", check=False, **identity
    )
    if done.returncode:
        raise NoServer(f"{command[0]} failed: {done.stderr.strip()}")
