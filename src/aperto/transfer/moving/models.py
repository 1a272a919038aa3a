"""The books of migrations: each run with its report, and for each row that came what became of it."""

from django.db import models
from django.db.models import Index

from aperto.kernel.ids import uuid7


class Migration(models.Model):
    """One run. `origin` names the source, so that a second run knows what the first one brought; `batch` are
    the changes of records, `shape_batch` those of fields, objects and pipelines, which are undone after."""

    STARTED, DONE, STOPPED, UNDONE = "started", "done", "stopped", "undone"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    origin = models.CharField(max_length=60)
    system = models.CharField(max_length=40)
    version = models.CharField(max_length=60, blank=True, default="")
    source = models.CharField(max_length=300)
    user = models.UUIDField()
    state = models.CharField(max_length=10, default=STARTED)
    report = models.JSONField(default=dict)
    batch = models.UUIDField(default=uuid7)
    shape_batch = models.UUIDField(default=uuid7)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "transfer_migration"

    def __str__(self) -> str:
        return f"{self.system} {self.created_at:%Y-%m-%d}"


class MovedRow(models.Model):
    """`name` is "table:key" of the source; `digest` tells whether the row has changed since."""

    origin = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    object = models.CharField(max_length=63)
    record = models.UUIDField()
    digest = models.CharField(max_length=40, blank=True, default="")
    migration = models.UUIDField()

    class Meta:
        db_table = "transfer_moved_row"
        constraints = [models.UniqueConstraint(fields=["origin", "name"], name="moved_row_once")]
        indexes = [Index(fields=["migration"], name="moved_by")]

    def __str__(self) -> str:
        return self.name


def migrations() -> "models.QuerySet[Migration]":
    """All runs; whoever administers may see them."""
    return Migration.objects.all()  # not a record: the books of migrations


def moved() -> "models.QuerySet[MovedRow]":
    """All rows that came."""
    return MovedRow.objects.all()  # not a record: the books of migrations
