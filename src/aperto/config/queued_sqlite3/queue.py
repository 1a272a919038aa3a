"""The line of writers before one SQLite file: a lock among the threads of a process, and one among processes.

The second is a file lock beside the database. The operating system wakes who waits for it, and frees it when
a process dies.
"""

import fcntl
import logging
import os
import threading

log = logging.getLogger(__name__)
SUFFIX = "-queue"


class Queue:
    def __init__(self, database: str) -> None:
        self.threads = threading.Lock()
        self.descriptor: int | None = None
        try:
            self.descriptor = os.open(database + SUFFIX, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:
            log.warning("There is no queue of writers beside %s; they wait as SQLite does.", database)

    def enter(self, patience: float) -> bool:
        """Waits for one's turn; False when it did not come, and SQLite's own lock has to decide."""
        if not self.threads.acquire(timeout=patience):
            return False
        try:
            if self.descriptor is not None:
                fcntl.lockf(self.descriptor, fcntl.LOCK_EX)
        except OSError:  # a file system without locks
            pass
        except BaseException:
            self.threads.release()
            raise
        return True

    def leave(self) -> None:
        try:
            if self.descriptor is not None:
                fcntl.lockf(self.descriptor, fcntl.LOCK_UN)
        except OSError:
            pass
        finally:
            self.threads.release()


_queues: dict[str, Queue] = {}
_making = threading.Lock()


def queue_of(database: str) -> Queue:
    with _making:
        if database not in _queues:
            _queues[database] = Queue(database)
        return _queues[database]


def _forget() -> None:
    """A forked process has its own lines: a thread of its parent that held a lock is not in it."""
    global _making
    _queues.clear()
    _making = threading.Lock()


os.register_at_fork(after_in_child=_forget)
