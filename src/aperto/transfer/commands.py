"""Import and export without a browser: the same engine, and counts at the end."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.objects.registry import registry
from aperto.transfer import export as exports
from aperto.transfer import run as runs
from aperto.transfer.choices import Choices, Mode
from aperto.transfer.models import ImportRun
from aperto.transfer.reading import Unreadable


def import_file(
    actor: Actor,
    path: Path,
    object_key: str,
    *,
    match: Sequence[str] = (),
    mode: str = "skip",
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> ImportRun:
    """Imports the file in this process; the run that comes back holds the counts and the refused rows."""
    declaration = registry.get(object_key)
    with path.open("rb") as file:
        run = runs.begin(actor, declaration, file, path.name, path.stat().st_size)
    proposed = Choices.from_json(run.choices)
    if not proposed.mapping:
        raise Unreadable(
            _("No column could be recognised. Give the columns names, such as those of an export.")
        )
    chosen = replace(proposed, mode=Mode(mode), match=tuple(match) or proposed.match)
    run.choices = chosen.to_json()
    runs.carry_out_here(actor, run, progress)
    return run


def export(
    actor: Actor, object_key: str, *, filter: str = "", columns: Sequence[str] | None = None
) -> Iterator[str]:
    """The lines of the file."""
    return exports.as_csv(exports.selection(actor, object_key, filter), columns)
