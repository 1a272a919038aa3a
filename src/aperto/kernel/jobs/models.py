"""What the queue remembers: jobs, the steps of a job that are done, and the schedules.

Only this package writes these rows; everybody else goes through `aperto.kernel.jobs`.
"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aperto.kernel.ids import uuid7


class State(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    DEAD = "dead", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


UNFINISHED = (State.WAITING, State.RUNNING)


class Job(models.Model):
    """One piece of background work.

    A running job belongs to the worker that holds `lease_token`, until `lease_until`. Each claim makes a
    new token, so a worker that was silent for too long cannot write the outcome of a job it lost.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task_path = models.CharField(max_length=300)
    label = models.CharField(max_length=300, blank=True, default="")
    actor_id = models.UUIDField(null=True)
    idempotency_key = models.CharField(max_length=300, null=True, unique=True)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    queue = models.CharField(max_length=100, default="default")
    priority = models.SmallIntegerField(default=0)
    run_at = models.DateTimeField(default=timezone.now)

    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    max_attempts = models.PositiveIntegerField(default=5)
    worker = models.CharField(max_length=200, blank=True, default="")
    workers = models.TextField(blank=True, default="")
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    heartbeat = models.DateTimeField(null=True)
    cancel_requested = models.BooleanField(default=False)

    progress_done = models.PositiveBigIntegerField(default=0)
    progress_total = models.PositiveBigIntegerField(null=True)
    progress_message = models.CharField(max_length=300, blank=True, default="")

    result = models.JSONField(null=True)
    error_class = models.CharField(max_length=300, blank=True, default="")
    error = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    attempted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "kernel"
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes = [
            models.Index("state", models.F("priority").desc(), "run_at", "id", name="job_claim"),
            models.Index(fields=["state", "lease_until"], name="job_lease"),
            models.Index(fields=["state", "finished_at"], name="job_finished"),
            models.Index(fields=["actor_id", "-id"], name="job_actor"),
        ]

    def __str__(self) -> str:
        return self.label or self.task_path

    @property
    def worker_ids(self) -> list[str]:
        """Who tried, in order; one per attempt."""
        return self.workers.split()


class JobStep(models.Model):
    """The note that one step of a job is done; it commits together with what the step did."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="steps")
    key = models.CharField(max_length=300)
    done_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "kernel"
        verbose_name = _("job step")
        verbose_name_plural = _("job steps")
        constraints = [models.UniqueConstraint(fields=["job", "key"], name="job_step_once")]

    def __str__(self) -> str:
        return self.key


class CronRow(models.Model):
    """When a schedule runs next. The schedule itself is declared in code by `every`."""

    name = models.CharField(max_length=200, primary_key=True)
    next_run = models.DateTimeField()
    last_run = models.DateTimeField(null=True)
    last_job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    enabled = models.BooleanField(default=True)

    class Meta:
        app_label = "kernel"
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")

    def __str__(self) -> str:
        return self.name
