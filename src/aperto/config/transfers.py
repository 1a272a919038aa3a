"""Records in and out on the command line."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aperto.config.console import Refusal, Steps, complain, say
from aperto.config.folder import disk_errors
from aperto.kernel.access import actors, people
from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError, Missing, Refused
from aperto.kernel.objects.registry import registry
from aperto.transfer import commands, failures
from aperto.transfer.reading import Unreadable
from aperto.transfer.run import Taken

ENDS = ("created", "updated", "unchanged", "skipped", "failed")


def read(chosen: argparse.Namespace) -> int:
    """Import a file; exit code 1 when rows were refused, which then stand in a file with reasons."""
    path = Path(chosen.file)
    if not path.is_file():
        raise Refusal(f"There is no file {path}.")
    steps = Steps()
    with in_sentences(chosen.object):
        run = commands.import_file(
            actor_for(chosen.user),
            path,
            chosen.object,
            match=[field.strip() for field in chosen.match.split(",") if field.strip()],
            mode=chosen.existing,
            progress=lambda done, total: steps.line(f"{done} of {total} rows"),
        )
    say(f"{run.rows} rows: " + ", ".join(f"{getattr(run, name)} {name}" for name in ENDS))
    if not run.failed:
        return 0
    refused = Path.cwd() / f"{path.stem}-refused.csv"
    with disk_errors(refused.parent), refused.open("w", encoding="utf-8", newline="") as opened:
        opened.writelines(failures.as_csv(run))
    complain(f"What was refused, and why, stands in {refused}; correct it there and import it again.")
    return 1


def write(chosen: argparse.Namespace) -> None:
    """Export records; the terminal gets nothing but the file when no name is given."""
    with in_sentences(chosen.object):
        lines = commands.export(actor_for(chosen.user), chosen.object, filter=chosen.filter)
        if chosen.output == "-":
            sys.stdout.writelines(lines)
            return
        target = Path(chosen.output)
        with disk_errors(target.parent), target.open("w", encoding="utf-8", newline="") as opened:
            opened.writelines(lines)


@contextmanager
def in_sentences(object_key: str) -> Iterator[None]:
    """What the kernel refuses, in words for a terminal."""
    try:
        yield
    except Missing as error:
        known = ", ".join(sorted(declaration.key for declaration in registry))
        raise Refusal(f"There is no object {object_key!r}; choose {known}.") from error
    except Refused as error:
        raise Refusal(f"This user may not do that with {object_key}.") from error
    except (FieldError, Unreadable, Taken) as error:
        raise Refusal(str(error)) from error


def actor_for(email: str) -> Actor:
    """In whose name and with whose rights the command works; without a name, the first administrator's."""
    wanted = email.strip().lower()
    first = min(people.administrators(), default=None)
    if wanted:
        user = next((user for user in people.everybody() if user.email == wanted and user.is_active), None)
    else:
        user = people.get(first) if first else None
    if user is None:
        raise Refusal(f"There is no active user {wanted}." if wanted else "There is no administrator yet.")
    return actors.of_user(user)
