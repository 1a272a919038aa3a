"""The command line: seed once, then measure lines of the table as often as one likes."""

import argparse
import importlib
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bench import cluster
from bench.place import RUN, SEEDED, Place, usual_folder

INSIDE = {"access": "bench.rights", "shape": "bench.shaping", "live": "bench.live"}  # in this process
MEASURES = ("web", "search", "api", "import", "page", "memory")
BEGAN = time.monotonic()


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="bin/bench", description="Measures Aperto on a firm of many contacts.")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in ("seed", "grow", *MEASURES, *INSIDE, "all"):
        each = commands.add_parser(name)
        each.add_argument("--contacts", type=int, default=100_000)
        each.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
        each.add_argument("--data", type=Path, default=usual_folder(), help="where the databases are kept")
        if name == "grow":
            each.add_argument("--times", type=int, default=10, help="how many times as big it becomes")
        elif name != "seed":
            each.add_argument("--here", action="store_true", help="no copy is made; what a run writes stays")
            each.add_argument("--json", action="store_true", help="print JSON instead of a table")
            each.add_argument("--seconds", type=float, default=10.0, help="how long 8 clients ask")
            each.add_argument("--times", type=int, default=50, help="how often one client asks")
            each.add_argument("--only", default="", help="lines whose name contains this")
    return top


def main(words: Sequence[str] | None = None) -> int:
    chosen = parser().parse_args(words)
    place = Place(chosen.data.expanduser().absolute(), chosen.engine, chosen.contacts)
    try:
        with database(place) as server:
            match chosen.command:
                case "seed":
                    return seed(place, server)
                case "grow":
                    return grow(place, server, chosen.times)
                case _:
                    return measure(place, server, chosen)
    except cluster.NoServer as error:
        say(str(error))
        return 1


@contextmanager
def database(place: Place) -> Iterator[str]:
    """The server's address; blank for SQLite, which has none."""
    if place.engine == "sqlite":
        yield ""
        return
    with cluster.server(place.base) as url:
        yield url


def seed(place: Place, server: str) -> int:
    place.empty()
    if server:
        cluster.fresh(server, place.database(SEEDED))
    place.enter(SEEDED, server and cluster.of_database(server, place.database(SEEDED)))
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    importlib.import_module("django").setup()
    folder = importlib.import_module("aperto.config.folder")
    folder.prepare(place.folder(SEEDED))
    importlib.import_module("aperto.config.schema").migrate()
    say("the tables are made")
    importlib.import_module("bench.seeding.seed").seed(place.contacts, say)
    return _done(place)


def grow(small: Place, server: str, times: int) -> int:
    """A firm of so many times the contacts beside the seeded one, which stays as it is."""
    if not small.stamp.is_file():
        return _first(small)
    place = replace(small, contacts=small.contacts * times)
    place.copy(SEEDED, small.folder(SEEDED))
    if server:
        cluster.fresh(server, place.database(SEEDED), small.database(SEEDED))
    place.enter(SEEDED, server and cluster.of_database(server, place.database(SEEDED)))
    importlib.import_module("django").setup()
    importlib.import_module("aperto.config.schema").migrate()
    importlib.import_module("bench.seeding.grow").grow(times, say)
    importlib.import_module("bench.seeding.seed").settle(say)
    return _done(place)


def _done(place: Place) -> int:
    importlib.import_module("django.db").connections.close_all()
    took = time.monotonic() - BEGAN
    place.stamp.write_text(json.dumps({"contacts": place.contacts, "seconds": round(took, 1)}))
    say(f"{place.contacts:,} contacts on {place.engine} in {took:.0f} s: {place.base / place.name}")
    return 0


def _first(place: Place) -> int:
    say(f"First: bin/bench seed --contacts {place.contacts} --engine {place.engine}")
    return 1


def measure(place: Place, server: str, chosen: argparse.Namespace) -> int:
    if not place.stamp.is_file():
        return _first(place)
    kind = SEEDED if chosen.here else RUN
    if not chosen.here:
        place.copy()
        if server:
            cluster.fresh(server, place.database(RUN), place.database(SEEDED))
    place.enter(kind, server and cluster.of_database(server, place.database(kind)))
    importlib.import_module("django").setup()
    importlib.import_module("aperto.config.schema").migrate()  # the seed may be of an earlier version
    if chosen.command in INSIDE:
        return _inside(chosen.command)
    return int(importlib.import_module("bench.run").run(place, chosen))


def _inside(command: str) -> int:
    for name, values in importlib.import_module(INSIDE[command]).measured():
        told = ", ".join(f"{value:,.1f} {key.replace('_', ' ')}" for key, value in values.items())
        print(f"{name:<64}{told}", flush=True)
    return 0


def say(text: str) -> None:
    print(f"{time.monotonic() - BEGAN:7.1f} s  {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
