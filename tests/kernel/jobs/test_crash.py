"""A worker is killed in the middle of its job; nothing is lost and nothing is doubled."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from aperto.kernel import jobs
from tests.kernel.jobs import tasks

type Wait = Callable[[Callable[[], object]], None]


@contextmanager
def worker_process(marker: Path) -> Iterator["subprocess.Popen[bytes]"]:
    database = str(connection.settings_dict["NAME"])
    environment = os.environ | {tasks.MARKER: str(marker), "JOBS_TEST_DATABASE": database}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    process = subprocess.Popen([sys.executable, "-m", "tests.kernel.jobs.crashing_worker"], env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("place", ["inside", "after", "end"])
def test_killed_worker_loses_and_doubles_nothing(
    place: str, effects: None, tmp_path: Path, wait_for: Wait
) -> None:
    marker = tmp_path / f"hang.{place}"
    result = tasks.walk_and_hang.enqueue()
    with worker_process(marker) as first:
        wait_for(marker.exists)
        first.kill()

    with worker_process(marker) as second:
        wait_for(lambda: jobs.find_all(states=[jobs.State.DONE]).exists())
        second.terminate()
        assert second.wait(5) == 0

    job = jobs.Job.objects.get(pk=result.id)
    assert tasks.noted() == ["step 0", "step 1", "step 2", "step 3"]
    assert (job.attempts, len(set(job.worker_ids)), job.steps.count()) == (2, 2, 4)
