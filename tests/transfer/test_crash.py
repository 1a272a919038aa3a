"""A worker is killed in the middle of an import: no row is lost, none comes in twice."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from aperto.kernel import records
from aperto.kernel.changes.models import Change
from aperto.transfer import run as runs
from aperto.transfer.models import ImportRun
from tests import company
from tests.transfer.imports import begin, counts, text_of

PATIENCE = 60


def work(until: str, dies: bool) -> int:
    """A worker process; returns its exit code, or 0 once the run is in the state `until`."""
    environment = os.environ | {
        "JOBS_TEST_DATABASE": str(connection.settings_dict["NAME"]),
        "IMPORT_TEST_FILES": str(settings.MEDIA_ROOT),
        "IMPORT_TEST_DIES": "1" if dies else "",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    process = subprocess.Popen([sys.executable, "-m", "tests.transfer.crashing_worker"], env=environment)
    deadline = time.monotonic() + PATIENCE
    try:
        while process.poll() is None and not ImportRun.objects.filter(state=until).exists():
            assert time.monotonic() < deadline, "waited too long"
            time.sleep(0.05)
        return process.poll() or 0
    finally:
        process.kill()
        process.wait()


@pytest.mark.django_db(transaction=True)
def test_killed_import_loses_and_doubles_nothing(tmp_path: Path) -> None:
    staff = company.staffed()
    rows = [[f"Name {n}", f"n{n}@x.example" if n % 7 else "no address", f"Firm {n % 9}"] for n in range(55)]
    run = begin(staff.owner, "contact", text_of([["Last name", "E-mail", "Company"], *rows]))
    run.save()
    runs.start(staff.owner, run)

    assert work(ImportRun.DONE, dies=True) == -9
    run.refresh_from_db()
    assert (run.state, run.read) == (ImportRun.STARTED, 20)

    assert work(ImportRun.DONE, dies=False) == 0
    run.refresh_from_db()
    assert counts(run) == {"created": 47, "failed": 8}
    assert run.failures.count() == 8
    assert records.visible(staff.owner, "contact").count().number == 47
    assert records.visible(staff.owner, "company").count().number == 9
    assert Change.objects.filter(batch=run.batch, object="contact").count() == 47
