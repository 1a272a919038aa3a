"""The product as `aperto up` runs it: two web processes and a worker, until a signal says stop."""

import os
import sys

import django
from django.conf import settings
from django.db import connections

WORKERS = 2


def main(port: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    from aperto.config import server, static, up, work  # noqa: PLC0415  (needs Django set up)
    from aperto.config.processes import Child, Family  # noqa: PLC0415  (the same)

    static.prepare(settings.STATIC_ROOT)
    up.load_application()
    connections.close_all()
    web = Child("web", server.serve, ("127.0.0.1", port, WORKERS))
    family = Family([web, Child("worker", work.work)])
    family.start()
    print(web.process.pid if web.process else 0, flush=True)
    try:
        family.watch()
    finally:
        family.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]))
