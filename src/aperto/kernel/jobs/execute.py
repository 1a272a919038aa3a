"""One attempt at one job: call the task under a lease, then write how it ended."""

import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any

from django.db import Error, InterfaceError, OperationalError, close_old_connections
from django.tasks.exceptions import InvalidTask
from django.tasks.signals import task_finished, task_started
from django.utils.json import normalize_json

from aperto.kernel import shape
from aperto.kernel.jobs import outcome
from aperto.kernel.jobs.backend import DatabaseBackend
from aperto.kernel.jobs.context import JobContext
from aperto.kernel.jobs.generics import AnyTask
from aperto.kernel.jobs.interruptions import Cancelled, LeaseLost, Stopping
from aperto.kernel.jobs.lease import Lease
from aperto.kernel.jobs.models import UNFINISHED, Job
from aperto.kernel.jobs.pulse import pulse
from aperto.kernel.jobs.results import result_of, task_of

logger = logging.getLogger(__name__)

type Write = Callable[[], bool]


def execute(lease: Lease, heartbeat: bool = True) -> None:
    """`heartbeat=False` is for tests whose rows no other connection can see."""
    job = lease.job
    logger.info("Job %s (%s) starts, attempt %d.", job.pk, job.task_path, job.attempts)
    begin = time.monotonic()
    beating: AbstractContextManager[None] = pulse(lease) if heartbeat else nullcontext()
    with beating:
        write = attempt(lease)
    if write and persist(lease, write):
        logger.info("Job %s ended after %.2f s.", job.pk, time.monotonic() - begin)
        announce_end(job)
    else:
        logger.warning("Job %s was no longer ours; its outcome is not written.", job.pk)


def attempt(lease: Lease) -> Write | None:
    """Run the task; the answer writes its outcome. None: the job is another's by now."""
    try:
        lease.check()
        value = call(task_of(lease.job), lease)
    except Cancelled:
        return partial(outcome.cancel, lease)
    except Stopping:
        return partial(outcome.hand_back, lease)
    except LeaseLost:
        return None
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        logger.warning("Job %s (%s) failed.", lease.job.pk, lease.job.task_path, exc_info=True)
        return partial(outcome.fail, lease, error)
    return partial(outcome.succeed, lease, value)


def call(task: AnyTask, lease: Lease) -> Any:
    """The task's answer, as JSON can hold it."""
    shape.refresh()
    result = result_of(lease.job, task, task.backend)
    task_started.send(DatabaseBackend, task_result=result)
    if task.takes_context:
        value = task.call(JobContext(task_result=result, lease=lease), *result.args, **result.kwargs)
    else:
        value = task.call(*result.args, **result.kwargs)
    return normalize_json(value)


def persist(lease: Lease, write: Write) -> bool:
    """Write the outcome, through short outages of the database too; False when the job is not ours."""
    pause = 0.1
    while True:
        try:
            return write()
        except (OperationalError, InterfaceError):
            if time.monotonic() + pause > lease.expires:
                return False
            logger.warning("The outcome of job %s could not be written; again.", lease.job.pk, exc_info=True)
            time.sleep(pause)
            close_old_connections()
            pause = min(pause * 2, 5)
        except Error as error:
            logger.exception("The database refuses the answer of job %s.", lease.job.pk)
            return outcome.fail(lease, error)


def announce_end(job: Job) -> None:
    job.refresh_from_db()
    if job.state in UNFINISHED:
        return
    try:
        task = task_of(job)
    except (ImportError, InvalidTask):
        return  # nobody can be told of a task that the code does not know
    task_finished.send(DatabaseBackend, task_result=result_of(job, task, task.backend))
