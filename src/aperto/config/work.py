"""Background work and schedules in one process."""

import argparse
import signal
import threading

from aperto.kernel.jobs import scheduler, worker


def run(_chosen: argparse.Namespace) -> None:
    work()


def work() -> None:
    """Until SIGTERM or Ctrl-C; a job that does not end in time is handed back to the queue."""
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    schedules = threading.Thread(target=scheduler.run, args=(stop,), name="scheduler", daemon=True)
    schedules.start()
    worker.run(stop)
    schedules.join(1)
