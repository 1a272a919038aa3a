"""The web server: granian with a few worker processes that share the loaded application."""

import multiprocessing
from collections.abc import Callable
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from aperto.config.processes import START, follow_parent

THREADS = 2
TARGET = "aperto.config.wsgi:application"
LONGEST_IDLE = 600  # granian's upper bound; a thread that ends takes its database connection with it
KILL_AFTER = 3


def serve(host: str, port: int, workers: int) -> None:
    """Answer requests until a signal says stop; a worker that dies is replaced."""
    multiprocessing.set_start_method(START, force=True)
    Server(
        TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=LONGEST_IDLE,
        websockets=False,
        log_level=LogLevels.error,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_AFTER,
    ).serve(target_loader=load)


def load(_target: str) -> Callable[..., Any]:
    """Runs in each worker; the parent has imported the application already, so this costs nothing."""
    from aperto.config.wsgi import application  # noqa: PLC0415  (makes the application, which needs settings)

    follow_parent()
    return application
