"""Children of one parent: started, restarted with patience when they die, stopped together.

On Linux a child is a fork of the loaded parent: it starts at once and shares its memory. Elsewhere forking
a program that has loaded system libraries is unsafe, so a child starts afresh.
"""

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess

from aperto.config.console import complain

FORKS = sys.platform == "linux"
START = "fork" if FORKS else "spawn"
PR_SET_PDEATHSIG = 1
PATIENCE = (0.5, 1, 2, 5, 10, 30)
CALM = 60
LAST_WARNING = 4.0
# Nearly all that a request or a row leaves behind is freed at once. To look for circles after each 700 new
# objects is a tenth of the time of an import.
COLLECTED = (50_000, 20, 50)


def follow_parent() -> None:
    """End when the parent ends, however it ended: an orphan would keep the port and the data.

    On Linux the system does it; a thread would be in the way of processes that fork again.
    """
    if FORKS:
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        return
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True, name="follow-parent").start()


def end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LAST_WARNING)
    os._exit(1)


@dataclass
class Child:
    """One process that must run, and what is known of its deaths."""

    name: str
    target: Callable[..., None]
    arguments: tuple[object, ...] = ()
    process: BaseProcess | None = None
    deaths: int = 0
    born: float = 0
    due: float = 0

    def start(self) -> None:
        self.process = multiprocessing.Process(
            target=begin, args=(self.target, self.arguments), name=self.name
        )
        self.process.start()
        self.born = time.monotonic()

    def look(self) -> None:
        """Restart a dead child when its pause is over; one that lived long is forgiven its past."""
        moment = time.monotonic()
        if self.process is None:
            if moment >= self.due:
                self.start()
        elif not self.process.is_alive():
            if moment - self.born > CALM:
                self.deaths = 0
            pause = PATIENCE[min(self.deaths, len(PATIENCE) - 1)]
            complain(f"The {self.name} process ended ({ending(self.process)}); it starts again in {pause} s.")
            self.process, self.deaths, self.due = None, self.deaths + 1, moment + pause


def ending(process: BaseProcess) -> str:
    code = process.exitcode or 0
    return signal.Signals(-code).name if code < 0 else f"code {code}"


def begin(target: Callable[..., None], arguments: tuple[object, ...]) -> None:
    """A child's first act: away from the terminal's Ctrl-C, which is the parent's to pass on."""
    os.setpgrp()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_DFL)
    follow_parent()
    gc.set_threshold(*COLLECTED)
    target(*arguments)


@dataclass
class Family:
    children: list[Child]
    stopping: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        multiprocessing.set_start_method(START, force=True)
        gc.freeze()
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, lambda *_: self.stopping.set())
        for child in self.children:
            child.start()

    def watch(self) -> None:
        """Until a signal says stop."""
        while not self.stopping.wait(0.3):
            self.look()

    def look(self) -> None:
        for child in self.children:
            child.look()

    def stop(self) -> None:
        """Ask all at once; whoever has not ended in time is ended."""
        alive = [child.process for child in self.children if child.process and child.process.is_alive()]
        for process in alive:
            process.terminate()
        deadline = time.monotonic() + LAST_WARNING
        for process in alive:
            process.join(max(0.0, deadline - time.monotonic()))
        for process in alive:
            if process.is_alive():
                process.kill()
                process.join()
