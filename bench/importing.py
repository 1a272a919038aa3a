"""A file of 10,000 people, imported by the worker as from the page, with the check for duplicates on."""

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from aperto.kernel.access import actors
from aperto.kernel.objects.registry import registry
from aperto.transfer import run as runs
from aperto.transfer.choices import Choices, Mode
from aperto.transfer.models import ImportRun
from bench import processes
from bench.office import Office
from bench.people import write_file
from bench.place import RUN, Place

ROWS = 10_000
LONGEST = 900
ENDS = ("created", "updated", "unchanged", "skipped", "failed")


def measure(place: Place, office: Office) -> dict[str, Any]:
    actor = actors.of_user(office.user)
    path = place.folder(RUN) / "people.csv"
    write_file(path, actor, ROWS)
    run = begin(path, actor)
    pids = office.worker_processes()
    before, began = processes.cpu(pids), time.monotonic()
    runs.start(actor, run)
    while run.state != ImportRun.DONE and time.monotonic() - began < LONGEST:
        time.sleep(0.05)
        run.refresh_from_db()
    took = time.monotonic() - began
    counts = {name: getattr(run, name) for name in ENDS}
    if sum(counts.values()) != ROWS or run.failed:
        reasons = [failure.reasons for failure in run.failures.all()[:3]]
        raise RuntimeError(f"the import did not end well: {run.state} {counts} {reasons}")
    return {"seconds": took, "cpu_s": processes.cpu(pids) - before, **counts}


def begin(path: Path, actor: Any) -> ImportRun:
    """The proposal that the page makes; rows whose e-mail is known are left alone."""
    with path.open("rb") as file:
        run = runs.begin(actor, registry.get("contact"), file, path.name, path.stat().st_size)
    proposed = Choices.from_json(run.choices)
    run.choices = replace(proposed, match=("emails",), mode=Mode.SKIP).to_json()
    return run
