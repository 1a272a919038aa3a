import signal
import time

import pytest

from aperto.config import processes
from aperto.config.processes import Child, Family


def sleep() -> None:
    time.sleep(60)


def deaf() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(60)


def end() -> None:
    """A child that ends at once."""


@pytest.fixture(autouse=True)
def own_signals() -> object:
    kept = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for name, handler in kept.items():
        signal.signal(name, handler)


def test_dead_child_starts_again_after_a_pause(capsys: pytest.CaptureFixture[str]) -> None:
    child = Child("sleeper", sleep)
    child.start()
    assert child.process is not None
    child.process.kill()
    child.process.join()

    child.look()
    child.due = 0
    child.look()

    assert child.process is not None and child.process.is_alive()
    assert capsys.readouterr().err == "The sleeper process ended (SIGKILL); it starts again in 0.5 s.\n"
    Family([child]).stop()


def test_pauses_grow_while_a_child_keeps_dying(capsys: pytest.CaptureFixture[str]) -> None:
    child = Child("ender", end)
    for _death in range(3):
        child.start()
        assert child.process is not None
        child.process.join()
        child.look()

    pauses = [line.split(" in ")[1] for line in capsys.readouterr().err.splitlines()]
    assert pauses == ["0.5 s.", "1 s.", "2 s."]


def test_child_that_does_not_listen_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "LAST_WARNING", 0.2)
    child = Child("deaf", deaf)
    family = Family([child])
    family.start()
    time.sleep(0.3)
    started = time.monotonic()

    family.stop()

    assert child.process is not None and not child.process.is_alive()
    assert time.monotonic() - started < 2
