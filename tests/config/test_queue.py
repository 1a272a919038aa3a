"""Writers before a SQLite file stand in line: threads and processes alike, and nothing is lost by it."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from aperto.config.database import sqlite
from aperto.config.queued_sqlite3.base import DatabaseWrapper
from aperto.config.queued_sqlite3.queue import queue_of

HELD = """
import sys, time
from aperto.config.queued_sqlite3.queue import queue_of
assert queue_of(sys.argv[1]).enter(1)
print("in", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def database(tmp_path: Path, db: None) -> Iterator[DatabaseWrapper]:
    defaults = connections.settings["default"]
    wrapper = DatabaseWrapper(defaults | sqlite(tmp_path / "a.sqlite3") | {"TIME_ZONE": None}, alias="queued")
    with wrapper.cursor() as cursor:
        cursor.execute("CREATE TABLE counted (number INTEGER)")
    yield wrapper
    wrapper.close()


def test_a_transaction_is_in_line_until_it_ends(database: DatabaseWrapper) -> None:
    queue = queue_of(str(database.settings_dict["NAME"]))

    for end in (database.commit, database.rollback, database.close):
        database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        assert queue.threads.locked()
        end()
        assert not queue.threads.locked()
        if end != database.close:
            database.set_autocommit(True)


def test_a_thread_waits_for_another_no_longer_than_it_has_patience(database: DatabaseWrapper) -> None:
    queue = queue_of(str(database.settings_dict["NAME"]))
    entered: list[bool] = []
    queue.enter(1)

    waiting = threading.Thread(target=lambda: entered.append(queue.enter(0.05)))
    waiting.start()
    waiting.join()
    queue.leave()

    assert entered == [False]


def test_a_process_that_dies_in_line_holds_up_nobody(database: DatabaseWrapper) -> None:
    name = str(database.settings_dict["NAME"])
    command = [sys.executable, "-c", HELD, name]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None and other.stdout.readline() == "in\n"
        killer = threading.Timer(0.1, other.kill)
        killer.start()
        began = time.monotonic()

        assert queue_of(name).enter(1)

        assert time.monotonic() - began >= 0.09
        queue_of(name).leave()
        killer.join()


def test_without_a_line_sqlite_decides(tmp_path: Path) -> None:
    queue = queue_of(str(tmp_path / "missing" / "a.sqlite3"))

    assert queue.enter(1)
    queue.leave()
    assert queue.descriptor is None
