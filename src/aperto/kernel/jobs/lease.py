"""One worker's hold on one job.

The job's own thread only reads and sets attributes here; `beat`, called from a thread beside it, does
the writing, so that progress and heartbeat never wait for, nor take part in, the job's transactions.
"""

import time
from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from aperto.kernel.jobs.interruptions import Cancelled, LeaseLost, Stopping
from aperto.kernel.jobs.models import Job, State
from aperto.kernel.jobs.policy import Policy


class Lease:
    def __init__(self, job: Job, policy: Policy) -> None:
        self.job = job
        self.policy = policy
        self.cancel_requested = job.cancel_requested
        self.lost = False
        self.stopping = False
        self.progress: dict[str, Any] = {}
        self.progress_written = self.progress
        self.expires = time.monotonic() + policy.lease
        self.renew_at = self.expires - policy.lease * 2 / 3

    def held(self) -> models.QuerySet[Job]:
        """The job's row while it is still ours: every write of a worker goes through this filter."""
        return Job.objects.filter(pk=self.job.pk, lease_token=self.job.lease_token, state=State.RUNNING)

    def extend(self, **changes: Any) -> None:
        """Renew the lease and write `changes`, or learn that it is lost."""
        begin = time.monotonic()
        now = timezone.now()
        until = now + timedelta(seconds=self.policy.lease)
        if not self.held().update(heartbeat=now, lease_until=until, **changes):
            self.lost = True
            raise LeaseLost
        self.expires = begin + self.policy.lease
        self.renew_at = begin + self.policy.lease / 3

    def beat(self) -> None:
        """Write what is due: progress when it moved, the lease when a third of it is gone."""
        progress = self.progress  # replaced as a whole by the job's thread, never changed in place
        if progress is not self.progress_written or time.monotonic() >= self.renew_at:
            self.extend(**progress)
            self.progress_written = progress
        flag = Job.objects.filter(pk=self.job.pk).values_list("cancel_requested", flat=True)
        self.cancel_requested = bool(flag.first())

    def check(self) -> None:
        """Raise when the job should not go on."""
        if self.lost or time.monotonic() > self.expires:
            raise LeaseLost
        if self.cancel_requested:
            raise Cancelled
        if self.stopping:
            raise Stopping
