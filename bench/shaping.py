"""Fields of an administrator's own in a big table: adding one, asking for it, the index that serves it."""

import threading
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import connection, connections

from aperto.crm.objects.contact import Contact
from aperto.kernel import changes, records
from aperto.kernel.access import actors
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import User
from aperto.kernel.shape import current, indexes, uses
from aperto.kernel.shape.models import FieldUse
from bench.inside import ADMINISTRATOR, Told, cost

FILL = {
    "sqlite": "UPDATE crm_contact SET custom = json_object('bench_area', (rowid * 7919) & 65535)",
    "postgresql": "UPDATE crm_contact SET custom = jsonb_build_object('bench_area',"
    " hashtext(id::text) & 65535)",
}
ASKS = (
    ("filter", "bench_area > 65000", ""),
    ("sort", "", "bench_area"),
    ("both", "bench_area > 60000", "-bench_area"),
)


def measured() -> Iterator[Told]:
    actor = actors.of_user(User.objects.get(email=ADMINISTRATOR))
    yield "add a field", {"ms": _added(actor, "Bench area", "integer")}
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(FILL[connection.vendor])
        cursor.execute("ANALYZE crm_contact")
    yield "  every contact is given a value", {"seconds": time.monotonic() - began}
    yield from _asked(actor, "without an index")
    yield "index built", _built()
    yield from _asked(actor, "with the index")
    doubled = {"expression": "bench_area * 2 + 1"}
    yield "add a formula", {"ms": _added(actor, "Bench double", "formula", doubled)}
    yield from _asked(actor, "formula", "bench_double", "bench_area")


def _added(actor: Actor, name: str, kind: str, settings: dict[str, Any] | None = None) -> float:
    began = time.monotonic()
    values = {"name": name, "of_object": "contact", "kind": kind, "settings": settings}
    changes.create(actor, "custom_field", values, via="bench")
    current.refresh()
    return (time.monotonic() - began) * 1000


def _asked(actor: Actor, name: str, key: str = "", instead: str = "") -> Iterator[Told]:
    for what, filter_, sort in ASKS:
        if key:
            filter_, sort = filter_.replace(instead, key), sort.replace(instead, key)
        selection = records.visible(actor, "contact").matching(filter_)
        page = partial(selection.page, columns=("title",), sort=sort)
        found = cost(page, 5)
        yield f"{what}, {name}", {"cpu_ms": found}


def _built() -> dict[str, Any]:
    """How long the job takes, and how long the slowest of the writes waited that went on beside it."""
    uses.flush()
    often = {"times": indexes.OFTEN}
    FieldUse.objects.update_or_create(object="contact", field="bench_area", defaults=often)
    waits: list[float] = []
    done = threading.Event()
    writer = threading.Thread(target=_write_on, args=(done, waits))
    writer.start()
    began = time.monotonic()
    built = indexes.index_fields.call()
    took = time.monotonic() - began
    done.set()
    writer.join()
    return {
        "seconds": took,
        "indexes": len(built),
        "writes": len(waits),
        "longest_wait_ms": max(waits) * 1000,
    }


def _write_on(done: threading.Event, waits: list[float]) -> None:
    rows = Contact._default_manager
    [key] = rows.values_list("pk", flat=True)[:1]
    while not done.is_set():
        began = time.monotonic()
        rows.filter(pk=key).update(no_calls=True)
        waits.append(time.monotonic() - began)
        time.sleep(0.02)
    connections.close_all()
