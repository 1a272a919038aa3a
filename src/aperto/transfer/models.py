"""What is kept of an import: its file for a while, what was decided, what came of it, what was refused."""

from django.db import models
from django.db.models import Index

from aperto.kernel.ids import uuid7


class ImportRun(models.Model):
    """One import of one file into one object.

    `place` is the file in the storage, blank once it is removed; `source` the workbook that it was read from,
    as long as another sheet may be chosen. `rows` is how many the file has. The counts grow with each chunk;
    after the last one they add up to `rows`. `linked` are records that were made because cells named them.
    `state` says what was asked for; how far its job is, the job knows. `trial` is what a draft's trial said,
    or the job that tries it.
    """

    DRAFT, STARTED, DONE, STOPPED, UNDOING, UNDONE = (
        "draft",
        "started",
        "done",
        "stopped",
        "undoing",
        "undone",
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    object = models.CharField(max_length=63)
    user = models.UUIDField()
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True, default="")
    source = models.CharField(max_length=200, blank=True, default="")
    size = models.PositiveBigIntegerField(default=0)
    layout = models.JSONField(default=dict)
    header = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=DRAFT)
    rows = models.PositiveBigIntegerField(default=0)
    created = models.PositiveBigIntegerField(default=0)
    updated = models.PositiveBigIntegerField(default=0)
    unchanged = models.PositiveBigIntegerField(default=0)
    skipped = models.PositiveBigIntegerField(default=0)
    failed = models.PositiveBigIntegerField(default=0)
    linked = models.PositiveBigIntegerField(default=0)
    alike = models.PositiveBigIntegerField(default=0)
    undone = models.PositiveBigIntegerField(default=0)
    kept = models.PositiveBigIntegerField(default=0)
    batch = models.UUIDField(default=uuid7)
    trial = models.JSONField(default=dict)
    job = models.UUIDField(null=True)
    corrects = models.UUIDField(null=True)
    schedule = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "transfer_import_run"
        indexes = [
            Index(fields=["user", "-id"], name="import_of_user"),
            Index(fields=["created_at"], name="import_age", condition=~models.Q(place="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def read(self) -> int:
        """Rows that have been dealt with."""
        return int(self.created + self.updated + self.unchanged + self.skipped + self.failed)


class ImportFailure(models.Model):
    """A row that was refused, as it stood in the file, and why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="failures")
    number = models.PositiveBigIntegerField()
    cells = models.JSONField()
    reasons = models.JSONField()

    class Meta:
        db_table = "transfer_import_failure"
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="import_failure_once")]

    def __str__(self) -> str:
        return f"{self.number}: {'; '.join(self.reasons)}"


def runs() -> "models.QuerySet[ImportRun]":
    """All imports. Whose they are is asked where pages come in (`run.find`)."""
    return ImportRun.objects.all()  # not a record: the books of imports


def refused() -> "models.QuerySet[ImportFailure]":
    """All refused rows."""
    return ImportFailure.objects.all()  # not a record: the books of imports


class ExportRun(models.Model):
    """An export that a job writes. `wanted` is what was asked for: filter, keys, columns, sort."""

    STARTED, DONE, STOPPED, REFUSED = "started", "done", "stopped", "refused"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    object = models.CharField(max_length=63)
    user = models.UUIDField()
    format = models.CharField(max_length=10)
    wanted = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=STARTED)
    rows = models.PositiveBigIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    place = models.CharField(max_length=200, blank=True, default="")
    job = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "transfer_export_run"
        indexes = [Index(fields=["user", "-id"], name="export_of_user")]

    def __str__(self) -> str:
        return f"{self.object}.{self.format}"


def exports() -> "models.QuerySet[ExportRun]":
    """All exports. Whose they are is asked in `export_run.find`."""
    return ExportRun.objects.all()  # not a record: the books of exports


class SavedMapping(models.Model):
    """Choices of an import by the names of columns; `signature` is equal for files with the same columns."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    object = models.CharField(max_length=63)
    name = models.CharField(max_length=120)
    owner = models.UUIDField(null=True)
    shared = models.BooleanField(default=False)
    columns = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    signature = models.CharField(max_length=64)

    class Meta:
        db_table = "transfer_saved_mapping"
        indexes = [Index(fields=["object", "signature"], name="mapping_of_columns")]

    def __str__(self) -> str:
        return self.name


def saved_mappings() -> "models.QuerySet[SavedMapping]":
    """All mappings. Whose they are is asked in `mappings`."""
    return SavedMapping.objects.all()  # not a record: the books of imports


class ImportSchedule(models.Model):
    """A file that is fetched by itself. `place` is an address or the name of a folder; `digest` tells whether
    the address answered something new; `problem` is what went wrong last time, in words."""

    URL, FOLDER = "url", "folder"
    HOUR, DAY = "hour", "day"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    object = models.CharField(max_length=63)
    name = models.CharField(max_length=120)
    owner = models.UUIDField()
    mapping = models.UUIDField()
    source = models.CharField(max_length=6)
    place = models.CharField(max_length=2_000)
    every = models.CharField(max_length=4, default=DAY)
    at = models.TimeField()
    active = models.BooleanField(default=True)
    next_at = models.DateTimeField(db_index=True)
    last_at = models.DateTimeField(null=True)
    last_run = models.UUIDField(null=True)
    digest = models.CharField(max_length=64, blank=True, default="")
    problem = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        db_table = "transfer_import_schedule"

    def __str__(self) -> str:
        return self.name


def saved_schedules() -> "models.QuerySet[ImportSchedule]":
    """All schedules. Whose they are is asked in `schedules`."""
    return ImportSchedule.objects.all()  # not a record: the books of imports


from aperto.transfer.moving.models import Migration, MovedRow  # noqa: E402, F401 - Django looks here for tables
