"""The heartbeat of a running job: a thread of its own, with a connection of its own."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, close_old_connections, connections

from aperto.kernel.jobs.interruptions import LeaseLost
from aperto.kernel.jobs.lease import Lease

logger = logging.getLogger(__name__)


@contextmanager
def pulse(lease: Lease) -> Iterator[None]:
    """Keep the lease alive as long as the block runs."""
    finished = threading.Event()
    thread = threading.Thread(target=beat_until, args=(lease, finished), name="job-pulse", daemon=True)
    thread.start()
    try:
        yield
    finally:
        finished.set()
        thread.join()


def beat_until(lease: Lease, finished: threading.Event) -> None:
    try:
        while not finished.wait(lease.policy.pulse):
            close_old_connections()
            try:
                lease.beat()
            except LeaseLost:
                logger.warning("Job %s was lost to another worker.", lease.job.pk)
                return
            except Error:
                logger.warning("The heartbeat of job %s failed; trying again.", lease.job.pk, exc_info=True)
    finally:
        connections.close_all()
