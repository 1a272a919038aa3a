"""Invented tasks. Their effects go to a table of their own, where a doubled effect would be seen."""

import contextlib
import os
import time
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection
from django.tasks import task as plain_task

from aperto.kernel import jobs

MARKER = "JOBS_TEST_MARKER"


def note(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO jobs_test_effect (name) VALUES (%s)", [name])


def noted() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM jobs_test_effect ORDER BY name")
        return [row[0] for row in cursor.fetchall()]


@jobs.task(label="Add two numbers")
def add(left: int, right: int) -> int:
    return left + right


@plain_task
def plain(name: str) -> str:
    return name.upper()


@jobs.task()
async def wait_briefly() -> str:
    return "awaited"


@jobs.task()
def write_note(name: str) -> None:
    note(name)


@jobs.task(queue_name="mail")
def write_mail(name: str) -> None:
    note(name)


@jobs.task(max_attempts=2)
def break_down(reason: str) -> None:
    raise ValueError(reason)


@jobs.task(max_attempts=1)
def leave() -> None:
    raise SystemExit(3)


@jobs.task(max_attempts=1)
def answer_unfit() -> object:
    return datetime.now(UTC)


@jobs.task(max_attempts=1)
def answer_unstorable() -> str:
    return "zero \x00 byte"


@jobs.task(takes_context=True)
def count_to(context: jobs.JobContext, total: int) -> int:
    for done in range(total):
        context.check_cancelled()
        context.progress(done + 1, total, f"{done + 1} of {total}")
    return total


@jobs.task(takes_context=True)
def count_slowly(context: jobs.JobContext) -> None:
    for done in range(3000):
        context.progress(done, 3000)
        time.sleep(0.01)
        with contextlib.suppress(Exception):  # what a careless job does; it must not matter
            context.check_cancelled()


@jobs.task()
def sleep_deaf(seconds: float) -> None:
    time.sleep(seconds)


@jobs.task(takes_context=True)
def walk(context: jobs.JobContext, steps: int, fail_at: int = -1) -> int:
    """Writes each step once; fails inside step `fail_at` on its first attempt, after having written."""
    taken = 0
    for number in range(steps):
        with jobs.step(context, f"step {number}") as due:
            note(f"step {number}")
            if number == fail_at and context.attempt == 1:
                raise ValueError("stumbled")
        taken += due
    return taken


def hang_once(place: str) -> None:
    """Wait to be killed, the first time that a job passes here."""
    marker = Path(os.environ[MARKER])
    if marker.suffix == f".{place}" and not marker.exists():
        marker.touch()
        time.sleep(60)


@jobs.task(takes_context=True)
def walk_and_hang(context: jobs.JobContext) -> None:
    for number in range(4):
        with jobs.step(context, f"step {number}") as due:
            if due:
                note(f"step {number}")
                if number == 2:
                    hang_once("inside")
        if number == 2:
            hang_once("after")
    hang_once("end")
