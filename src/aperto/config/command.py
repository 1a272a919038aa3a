"""The `aperto` command: one table of subcommands, each a thin door to a function that is tested without it.

A subcommand's module is imported when it is asked for, so that the command starts fast.
"""

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from aperto import __version__
from aperto.config import arguments as takes
from aperto.config.console import Refusal, complain
from aperto.config.options import DATA, HOSTS, LIVE, PACK, BadOption

Arguments = Callable[[argparse.ArgumentParser], None]


@dataclass(frozen=True)
class Subcommand:
    """`where` is module:function; the function gets the parsed arguments and may return an exit code."""

    words: str
    sentence: str
    where: str
    arguments: Arguments = takes.nothing
    makes_folder: bool = True
    needs_schema: bool = False


TABLE = (
    Subcommand("up", "Start everything on this machine.", "up:run", takes.up),
    Subcommand("web", "Start the web server alone.", "up:web", takes.web),
    Subcommand("worker", "Do background work and keep the schedules.", "work:run"),
    Subcommand("live", "Tell open pages what others change, alone.", "live:run", takes.live),
    Subcommand(
        "migrate",
        "Bring the database to this version; or, with a dump, move in from another CRM.",
        "migrating:run",
        takes.migrate,
    ),
    Subcommand(
        "user create",
        "Add a user and print a sign-in link.",
        "accounts:create",
        takes.user_create,
        needs_schema=True,
    ),
    Subcommand(
        "user link",
        "Print a link that signs a user in once.",
        "accounts:link",
        takes.user_link,
        needs_schema=True,
    ),
    Subcommand(
        "user unlock",
        "Lift the lists of allowed addresses of a user's roles.",
        "accounts:unlock",
        takes.user_unlock,
        needs_schema=True,
    ),
    Subcommand(
        "demo", "Load a demo company's two years of business.", "demo:run", takes.demo, needs_schema=True
    ),
    Subcommand("import", "Read records from a CSV file.", "transfers:read", takes.import_, needs_schema=True),
    Subcommand("export", "Write records to a CSV file.", "transfers:write", takes.export, needs_schema=True),
    Subcommand(
        "configuration export",
        "Write all that administrators have shaped to a file.",
        "configurations:write",
        takes.configuration_export,
        needs_schema=True,
    ),
    Subcommand(
        "configuration diff",
        "Compare a file of it with this installation.",
        "configurations:compare",
        takes.configuration_diff,
        needs_schema=True,
    ),
    Subcommand(
        "configuration apply",
        "Bring what such a file or a pack says into this installation.",
        "configurations:bring_in",
        takes.configuration_apply,
        needs_schema=True,
    ),
    Subcommand(
        "configuration undo",
        "Take back what one application has done.",
        "configurations:take_back",
        takes.configuration_undo,
        needs_schema=True,
    ),
    Subcommand("about", "Say exactly what runs here.", "report:about", takes.as_json, makes_folder=False),
    Subcommand("check", "Look at what must work, and say what does not.", "report:check"),
)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="aperto", description="The open-source CRM.")
    top.add_argument("--version", action="version", version=f"aperto {__version__}")
    branches = {"": top.add_subparsers(metavar="COMMAND", required=True)}
    for row in TABLE:
        group, _, word = row.words.rpartition(" ")
        if group not in branches:
            made = branches[""].add_parser(group, help=f"Work with a {group}.")
            branches[group] = made.add_subparsers(metavar="COMMAND", required=True)
        leaf = branches[group].add_parser(word, help=row.sentence, description=row.sentence)
        takes.everywhere(leaf)
        row.arguments(leaf)
        leaf.set_defaults(row=row)
    return top


def main(words: Sequence[str] | None = None) -> int:
    chosen = parser().parse_args(words)
    logging.captureWarnings(True)
    try:
        return run(chosen.row, chosen)
    except (Refusal, BadOption) as error:
        complain(str(error))
        return 1
    except KeyboardInterrupt:
        complain("Stopped.")
        return 130
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:
        if chosen.debug:
            raise
        return explain(error)


def run(row: Subcommand, chosen: argparse.Namespace) -> int:
    """Make the machine ready for Django, then hand over to the subcommand's function."""
    if chosen.data:
        os.environ[DATA.variable] = str(Path(chosen.data).expanduser().absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aperto.config.settings")
    machine = importlib.import_module("aperto.config.machine")
    machine.require_sqlite()
    if getattr(chosen, "host", ""):
        os.environ[HOSTS.variable] = ",".join([*HOSTS.read(), *machine.names(chosen.host)])
    if row.where == "up:run" and chosen.pack:
        os.environ[PACK.variable] = chosen.pack
    if row.where == "up:run":
        os.environ[LIVE.variable] = importlib.import_module("aperto.config.live").place(
            chosen.host, chosen.port
        )
    if row.makes_folder:
        importlib.import_module("aperto.config.folder").prepare(DATA.read())
        importlib.import_module("aperto.config.logs").turn_over(DATA.read())
    importlib.import_module("django").setup()
    module, _, name = row.where.partition(":")
    if row.needs_schema:
        importlib.import_module("aperto.config.schema").require()
    function = getattr(importlib.import_module(f"aperto.config.{module}"), name)
    return function(chosen) or 0


def explain(error: Exception) -> int:
    """One sentence for what nobody foresaw; the traceback goes to the log."""
    logging.getLogger("aperto").exception("the aperto command failed")
    text = " ".join(str(error).split()) or "no message"
    if "disk is full" in text or getattr(error, "errno", None) == 28:
        complain(f"The disk that holds {DATA.read()} is full.")
    else:
        complain(f"Aperto stopped: {text} ({type(error).__name__}). More: {DATA.read() / 'aperto.log'}.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
