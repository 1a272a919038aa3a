"""`aperto up`: from a folder to a running product, step by step, in one process tree."""

import argparse
import http.client

from django.conf import settings
from django.db import connections
from django.urls import get_resolver

from aperto import __version__
from aperto.config import accounts, demo, folder, machine, packs, schema, server, static, work
from aperto.config import live as streams
from aperto.config.console import Refusal, Steps, complain, say
from aperto.config.processes import Child, Family

READY_WITHIN = 60
HEARD_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  (compared with, not listened on)


def run(chosen: argparse.Namespace) -> None:
    steps = Steps()
    say(f"Aperto {__version__}, data in {settings.DATA_DIR}")
    machine.require_port(chosen.host, chosen.port)
    machine.require_room(settings.DATA_DIR)
    packs.require(settings.FIRST_PACK)
    with folder.locked(settings.DATA_DIR), folder.disk_errors(settings.DATA_DIR):
        prepare(steps)
        if chosen.demo:
            demo.load(chosen.language, steps)
        if settings.FIRST_PACK:
            packs.bring(settings.FIRST_PACK, steps)
        live(chosen, steps)


def web(chosen: argparse.Namespace) -> None:
    """The web server alone, for machines that share one database."""
    machine.require_port(chosen.host, chosen.port)
    static.prepare(settings.STATIC_ROOT)
    load_application()
    say(f"Listening on {address(chosen.host, chosen.port)}")
    server.serve(chosen.host, chosen.port, chosen.workers)


def prepare(steps: Steps) -> None:
    """The database and the static files, of this version; both cost next to nothing when they are."""
    steps.line("Checking the database")
    schema.migrate(lambda count: steps.line(f"Bringing the database to this version ({count} migrations)"))
    steps.line("Checking style sheets and scripts")
    if static.prepare(settings.STATIC_ROOT):
        steps.line("Style sheets and scripts are compressed")


def live(chosen: argparse.Namespace, steps: Steps) -> None:
    """Start the children, say where they are, and watch them until somebody says stop."""
    steps.line("Starting web, worker and scheduler")
    load_application()
    children = [
        Child("web", server.serve, (chosen.host, chosen.port, chosen.workers)),
        Child("worker", work.work),
    ]
    if settings.LIVE:
        children.append(Child("live", streams.serve, (chosen.host, live_port(chosen.port))))
    family = Family(children)
    family.start()
    try:
        if wait_until_ready(chosen.host, chosen.port, family):
            steps.line("Ready")
            greet(chosen)
            family.watch()
    finally:
        say("Stopping")
        family.stop()


def live_port(port: int) -> int:
    """The one that pages were told; behind a proxy, which maps a path, the next one."""
    return int(settings.LIVE[1:]) if settings.LIVE.startswith(":") else port + 1


def load_application() -> None:
    """Import all that answers requests, so that forked children share it; they make their own connections."""
    import aperto.config.wsgi  # noqa: F401, PLC0415  (importing it is the point)

    get_resolver().url_patterns  # noqa: B018
    connections.close_all()


def greet(chosen: argparse.Namespace) -> None:
    here = address(chosen.host, chosen.port)
    folder.remember_address(settings.DATA_DIR, here)
    say(f"\nAperto runs at {here}")
    link = accounts.for_console()
    if link:
        say(f"Sign in (works once, for {accounts.MINUTES} minutes): {link}")
    if chosen.host in HEARD_EVERYWHERE:
        say("To be reached under another name: APERTO_HOSTS=crm.example.org")
    say("Stop with Ctrl-C.\n")
    connections.close_all()


def address(host: str, port: int) -> str:
    name = HEARD_EVERYWHERE.get(host, host)
    return f"http://{f'[{name}]' if ':' in name else name}:{port}"


def wait_until_ready(host: str, port: int, family: Family) -> bool:
    """True when the server answers; False when it was told to stop first."""
    name = HEARD_EVERYWHERE.get(host, host)
    for _attempt in range(READY_WITHIN * 20):
        if family.stopping.wait(0.05):
            return False
        family.look()
        try:
            connection = http.client.HTTPConnection(name, port, timeout=5)
            connection.request("GET", "/health")
            status = connection.getresponse().status
            connection.close()
        except OSError:
            continue
        if status == http.client.OK:
            return True
        complain(f"The web server answers {status} to /health; see {settings.DATA_DIR / 'aperto.log'}.")
    raise Refusal(
        f"The web server did not start within {READY_WITHIN} s; see {settings.DATA_DIR / 'aperto.log'}."
    )
