"""A worker in a process of its own that dies inside the third chunk of an import, where it is told to."""

import os
import signal
import threading

import django
from django.conf import settings


def main() -> None:
    settings.DATABASES["default"]["NAME"] = os.environ["JOBS_TEST_DATABASE"]
    settings.MEDIA_ROOT = os.environ["IMPORT_TEST_FILES"]
    options = {"lease": 1.0, "pulse": 0.1, "backoff": 0.1}
    settings.TASKS = {"default": settings.TASKS["default"] | {"OPTIONS": options}}
    django.setup()
    from aperto.kernel.jobs import worker
    from aperto.transfer import run

    run.CHUNK = 10
    if os.environ.get("IMPORT_TEST_DIES"):
        _die_in_third_chunk(run)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    worker.run(stop)


def _die_in_third_chunk(run: object) -> None:
    write, called = run.write_chunk, []  # type: ignore[attr-defined]  # the module

    def deadly(*given: object) -> object:
        called.append(1)
        tally = write(*given)
        if len(called) == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return tally

    run.write_chunk = deadly  # type: ignore[attr-defined]  # the module


if __name__ == "__main__":
    main()
