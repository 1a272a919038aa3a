"""How many queries a page or an operation costs: kept in a file, so that a change of it is a visible diff.

`APERTO_UPDATE_COUNTS=1 bin/test fast` (or pytest with one process) writes what it finds.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from aperto.kernel.access import organisation
from aperto.kernel.pipelines import stages

RECORD = Path(__file__).parent / "query_counts.json"
BOOKKEEPING = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


def counts() -> dict[str, int]:
    kept: dict[str, int] = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.is_file() else {}
    return kept


@contextmanager
def counted(name: str) -> Iterator[None]:
    """Fails when what runs inside takes another number of queries than the file says under this name.

    What a process remembers for some seconds is read before: whether it is fresh depends on the clock.
    """
    stages.forget()
    stages.all_steps()
    organisation.forget()
    organisation.current()
    with CaptureQueriesContext(connection) as captured:
        yield
    queries = [row["sql"] for row in captured.captured_queries if not row["sql"].startswith(BOOKKEEPING)]
    if os.environ.get("APERTO_UPDATE_COUNTS"):
        keep(name, len(queries))
        return
    expected = counts().get(name)
    if len(queries) != expected:
        listed = "\n".join(f"  {sql[:200]}" for sql in queries)
        raise AssertionError(f"{name}: {len(queries)} queries; {RECORD.name} says {expected}:\n{listed}")


def keep(name: str, count: int) -> None:
    lines = json.dumps({**counts(), name: count}, indent=2, sort_keys=True)
    RECORD.write_text(f"{lines}\n", encoding="utf-8")
