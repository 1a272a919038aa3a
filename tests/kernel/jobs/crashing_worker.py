"""A worker in a process of its own, on the database of the test that started it."""

import os
import signal
import threading

import django
from django.conf import settings


def main() -> None:
    settings.DATABASES["default"]["NAME"] = os.environ["JOBS_TEST_DATABASE"]
    options = {"lease": 1.0, "pulse": 0.1, "backoff": 0.1}
    settings.TASKS = {"default": settings.TASKS["default"] | {"OPTIONS": options}}
    django.setup()
    from aperto.kernel.jobs import worker

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    worker.run(stop)


if __name__ == "__main__":
    main()
