"""What the `aperto` command writes to a terminal, and how it says no."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Refusal(Exception):
    """Something outside the program must change first; the message is one sentence for the operator."""


def say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


class Steps:
    """Progress lines with the seconds since the start."""

    def __init__(self) -> None:
        self.started = time.monotonic()

    def line(self, text: str) -> None:
        say(f"{time.monotonic() - self.started:6.1f} s  {text}")

    @contextmanager
    def step(self, text: str) -> Iterator[None]:
        """Say what begins; what it cost shows in the next line's clock."""
        self.line(text)
        yield
