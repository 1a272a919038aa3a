"""SQLite whose transactions stand in line for the write lock instead of asking for it again and again.

SQLite lets who finds the lock taken sleep for up to a tenth of a second, while others come and go: eight
clients that write spend half their time asleep. The line only wakes them in time. The lock itself stays
SQLite's, so that a writer who does not queue, or a line that cannot be made, costs patience and nothing else.
"""

from typing import Any

from django.db.backends.sqlite3 import base

from aperto.config.queued_sqlite3.queue import Queue, queue_of


class DatabaseWrapper(base.DatabaseWrapper):
    queue: Queue | None = None  # while a transaction of this connection is at its head

    def _start_transaction_under_autocommit(self) -> None:
        self._step_back()
        if not self.is_in_memory_db():
            queue = queue_of(str(self.settings_dict["NAME"]))
            self.queue = queue if queue.enter(self._patience()) else None
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the stubs leave it out
        except BaseException:
            self._step_back()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # the stubs leave it out
        self._step_back()  # a commit that failed is rolled back, and until then holds SQLite's lock

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self._step_back()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self._step_back()

    def _step_back(self) -> None:
        if self.queue is not None:
            queue, self.queue = self.queue, None
            queue.leave()

    def _patience(self) -> float:
        options: dict[str, Any] = self.settings_dict["OPTIONS"]
        return float(options.get("timeout", 5.0))
