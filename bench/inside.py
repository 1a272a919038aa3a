"""Measures in this process what needs no server: CPU of it and of the database for one ask."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection

from bench import processes
from bench.seeding.firm import DOMAIN

ADMINISTRATOR = f"admin@{DOMAIN}"
ENOUGH = 2.0  # seconds that one line may take once it has been asked three times


type Told = tuple[str, dict[str, Any]]  # the name of a line, and its numbers


def cost(ask: Callable[[], Any], times: int = 20) -> float:
    """Milliseconds of CPU of one ask: the least of what each took, as others use the machine too."""
    ask()
    began, best = time.monotonic(), float("inf")
    for number in range(times):
        before = spent()
        ask()
        best = min(best, spent() - before)
        if number >= 2 and time.monotonic() - began > ENOUGH:
            break
    return best * 1000


def spent() -> float:
    """Seconds of CPU so far of this process and of the database's that serves it."""
    if connection.vendor == "sqlite":
        return time.process_time()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return time.process_time() + processes.cpu([cursor.fetchone()[0]])
