"""What administrators have shaped, as a file on the command line."""

import argparse
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from aperto.config.console import Refusal, complain, say
from aperto.config.folder import disk_errors
from aperto.config.transfers import actor_for
from aperto.kernel import changes
from aperto.kernel.access import organisation
from aperto.kernel.access.actor import Actor
from aperto.kernel.configuration import apply, export, past
from aperto.kernel.configuration.compare import ADDED, CHANGED, REMOVED, Diff, Item
from aperto.kernel.configuration.compare import compare as compared
from aperto.kernel.configuration.document import Document, Problem, Unfit
from aperto.kernel.configuration.understand import understand
from aperto.kernel.configuration.writing import dump
from aperto.kernel.errors import Missing, Refused
from aperto.kernel.shape import current
from aperto.packs import packs

SIGNS = {ADDED: "+", CHANGED: "~", REMOVED: "-"}


def write(chosen: argparse.Namespace) -> None:
    current.refresh()
    text = export.as_yaml(_actor(chosen))
    if chosen.file == "-":
        sys.stdout.write(text)
        return
    target = Path(chosen.file)
    with disk_errors(target.parent):
        target.write_text(text, encoding="utf-8")


def compare(chosen: argparse.Namespace) -> int:
    """Exit code 1 when something differs, as of the diff that everybody knows."""
    try:
        diff = compared(_actor(chosen), _document(chosen), remove=chosen.remove)
    except Unfit as unfit:
        return _refused(unfit.problems)
    show(diff)
    return 1 if diff else 0


def bring_in(chosen: argparse.Namespace) -> int:
    actor = _actor(chosen)
    try:
        diff = compared(actor, _document(chosen), remove=chosen.remove)
        show(diff)
        if chosen.dry_run:
            return _refused(apply.rehearse(actor, diff))
        if diff:
            source = chosen.pack or Path(chosen.file).name
            batch = apply.apply(actor, diff, None, source)
            say(f"Applied. To take it back: aperto configuration undo {batch}")
    except Unfit as unfit:
        return _refused(unfit.problems)
    return 0


def take_back(chosen: argparse.Namespace) -> int:
    current.refresh()
    actor = _actor(chosen)
    try:
        batch = UUID(chosen.batch)
    except ValueError:
        raise Refusal(f"{chosen.batch!r} is no application of a configuration.") from None
    if batch not in {each.batch for each in past.lately(actor)}:
        raise Refusal(f"{chosen.batch!r} is none of the newest applications of a configuration.")
    undone = changes.undo_batch(actor, batch, past.KIND)
    say(f"{undone.undone} changes undone, {undone.kept} kept because they changed since.")
    return 1 if undone.kept else 0


def show(diff: Diff) -> None:
    for item in diff.due:
        say(f"{SIGNS[item.verb]} {item.entry.section} {item.entry.address}".rstrip())
        for line in lines_of(item):
            say(f"    {line}")
    if not diff:
        say("Nothing differs.")


def lines_of(item: Item) -> list[str]:
    if item.verb == REMOVED:
        return []
    if item.verb == ADDED:
        return [f"{each.field}: {_short(each.new)}" for each in item.differences]
    return [f"{each.field}: {_short(each.old)} → {_short(each.new)}" for each in item.differences]


def _short(value: Any) -> str:
    return "–" if value in (None, "", [], {}) else " ".join(dump([value]).removeprefix("- ").split())


def _actor(chosen: argparse.Namespace) -> Actor:
    actor = actor_for(chosen.user)
    if not actor.configures:
        raise Refusal("Only an administrator may do this.")
    return actor


def _document(chosen: argparse.Namespace) -> Document:
    current.refresh()
    if bool(chosen.pack) == bool(chosen.file):
        raise Refusal("Name a file, or a pack by --pack.")
    if chosen.pack:
        try:
            return packs.get(chosen.pack, organisation.current().language).document
        except Missing as error:
            known = ", ".join(packs.keys())
            raise Refusal(f"There is no pack {chosen.pack!r}; choose {known}.") from error
    path = Path(chosen.file)
    if not path.is_file():
        raise Refusal(f"There is no file {path}.")
    try:
        return understand(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise Refusal(f"{path} is no text in UTF-8.") from None
    except Refused as error:
        raise Refusal(str(error)) from error


def _refused(problems: list[Problem]) -> int:
    for problem in problems:
        complain(str(problem))
    return 2 if problems else 0
