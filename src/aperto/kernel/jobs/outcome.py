"""How an attempt ends. Each function writes through the lease, and says whether the job was still ours."""

import logging
from traceback import format_exception
from typing import Any

from django.utils import timezone

from aperto.kernel.jobs.lease import Lease
from aperto.kernel.jobs.models import Job, State
from aperto.kernel.jobs.policy import Policy

logger = logging.getLogger(__name__)

FREE: dict[str, Any] = {"lease_token": None, "lease_until": None}


def succeed(lease: Lease, value: Any) -> bool:
    cleared = {"error_class": "", "error": "", "result": value}
    return settle(lease, {"state": State.DONE, "finished_at": timezone.now(), **cleared})


def cancel(lease: Lease) -> bool:
    return settle(lease, {"state": State.CANCELLED, "finished_at": timezone.now()})


def hand_back(lease: Lease) -> bool:
    """The worker stops before the job does: the next worker takes it at once, and no attempt is lost."""
    attempts = lease.job.attempts - 1
    return settle(lease, {"state": State.WAITING, "attempts": attempts, "run_at": timezone.now()})


def fail(lease: Lease, error: BaseException) -> bool:
    kind = type(error)
    path, text = f"{kind.__module__}.{kind.__qualname__}", "".join(format_exception(error))
    return settle(lease, try_again_or_bury(lease.job, lease.policy, path, text, lease.cancel_requested))


def settle(lease: Lease, changes: dict[str, Any]) -> bool:
    return bool(lease.held().update(**{**FREE, **lease.progress, **changes}))


def try_again_or_bury(
    job: Job, policy: Policy, error_class: str, error: str, cancel_requested: bool
) -> dict[str, Any]:
    """What becomes of a job whose attempt went wrong."""
    now = timezone.now()
    kept = {"error_class": error_class, "error": error.replace("\x00", "")}
    if cancel_requested:
        return {"state": State.CANCELLED, "finished_at": now, **kept}
    if job.attempts >= job.max_attempts:
        logger.error("Job %s (%s) is out of attempts.", job.pk, job.task_path)
        return {"state": State.DEAD, "finished_at": now, **kept}
    return {"state": State.WAITING, "run_at": now + policy.wait_after(job.attempts), **kept}


def recover(policy: Policy) -> int:
    """Take jobs back from workers that fell silent; how many."""
    now = timezone.now()
    recovered = 0
    for job in Job.objects.filter(state=State.RUNNING, lease_until__lt=now).order_by("lease_until")[:100]:
        message = f"Worker {job.worker} fell silent."
        path = "aperto.kernel.jobs.interruptions.LeaseLost"
        changes = try_again_or_bury(job, policy, path, message, job.cancel_requested)
        # Compare and set: the worker may have come back, or another may have recovered the job.
        same = Job.objects.filter(
            pk=job.pk, lease_token=job.lease_token, state=State.RUNNING, lease_until__lt=now
        )
        if same.update(**FREE, **changes):
            recovered += 1
            logger.warning("Job %s (%s): worker %s fell silent.", job.pk, job.task_path, job.worker)
    return recovered
