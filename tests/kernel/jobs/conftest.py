import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

BACKEND = "aperto.kernel.jobs.backend.DatabaseBackend"
QUICK = {"lease": 2.0, "pulse": 0.05, "backoff": 0.05, "busy_poll": 0.02, "idle_poll": 0.1, "patience": 0.6}


@pytest.fixture
def quick(settings: Any) -> dict[str, float]:
    """A queue in a hurry."""
    settings.TASKS = {"default": {"BACKEND": BACKEND, "QUEUES": [], "OPTIONS": QUICK}}
    return QUICK


@pytest.fixture
def effects(transactional_db: None) -> Iterator[None]:
    """The table that invented tasks write to; no uniqueness, so that doubles would show."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS jobs_test_effect")
        cursor.execute("CREATE TABLE jobs_test_effect (name varchar(100) NOT NULL)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE jobs_test_effect")


@pytest.fixture
def wait_for() -> Callable[[Callable[[], object]], None]:
    def wait(condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < deadline, "waited too long"
            time.sleep(0.02)

    return wait
