"""The one place where a waiting job becomes somebody's, in one statement per engine.

SQLite has one writer at a time, so the statement is atomic as it is. PostgreSQL has many: each skips
the rows that another is taking at this moment.
"""

import json
from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

from django.db import connections, router
from django.utils import timezone

from aperto.kernel.jobs.models import Job

SQLITE = """
UPDATE kernel_job SET state = 'running', attempts = attempts + 1, worker = %(worker)s,
    workers = workers || %(worker)s || ' ', lease_token = %(token)s, lease_until = %(until)s,
    heartbeat = %(now)s, attempted_at = %(now)s, started_at = COALESCE(started_at, %(now)s)
WHERE state = 'waiting' AND id = (
    SELECT id FROM kernel_job WHERE state = 'waiting' AND run_at <= %(now)s
    AND (%(any)s = 1 OR queue IN (SELECT value FROM json_each(%(queues)s)))
    ORDER BY priority DESC, run_at, id LIMIT 1)
RETURNING *
"""

POSTGRESQL = """
UPDATE kernel_job SET state = 'running', attempts = attempts + 1, worker = %(worker)s,
    workers = workers || %(worker)s || ' ', lease_token = %(token)s, lease_until = %(until)s,
    heartbeat = %(now)s, attempted_at = %(now)s, started_at = COALESCE(started_at, %(now)s)
WHERE state = 'waiting' AND id = (
    SELECT id FROM kernel_job WHERE state = 'waiting' AND run_at <= %(now)s
    AND (%(any)s = 1 OR queue IN (SELECT jsonb_array_elements_text(%(queues)s::jsonb)))
    ORDER BY priority DESC, run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING *
"""

STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def is_work_ready(queues: Sequence[str] = ()) -> bool:
    """A read is cheaper than a claim that finds nothing: on SQLite a claim waits for the write lock."""
    ready = Job.objects.filter(state="waiting", run_at__lte=timezone.now())
    return (ready.filter(queue__in=queues) if queues else ready).exists()


def claim(worker: str, lease: float, queues: Sequence[str] = ()) -> Job | None:
    """The most urgent job that is due, now held by this worker; None when there is none."""
    if not is_work_ready(queues):
        return None
    alias = router.db_for_write(Job)
    connection = connections[alias]
    now = timezone.now()
    values = {
        "worker": worker,
        "token": Job._meta.get_field("lease_token").get_db_prep_value(uuid4(), connection),
        "until": connection.ops.adapt_datetimefield_value(now + timedelta(seconds=lease)),
        "now": connection.ops.adapt_datetimefield_value(now),
        "any": 0 if queues else 1,
        "queues": json.dumps(list(queues)),
    }
    return next(iter(Job.objects.using(alias).raw(STATEMENTS[connection.vendor], values)), None)
