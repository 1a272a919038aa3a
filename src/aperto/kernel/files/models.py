"""The rows that describe the files in the storage, and how much of it may be used."""

from django.db import models

from aperto.kernel.ids import uuid7

CLEAN, CHECKING, FOUND = "clean", "checking", "found"


class StoredFile(models.Model):
    """`place` is its path in the storage, which says nothing about it; `name` is the one that people gave.

    `state` says whether it may be read: what a scanner has not judged yet, or has found, is not. `preview`
    says what became of looking into it (see `kernel.inspection.report`), and `pages` how many pictures lie
    beside it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=80, unique=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.UUIDField(null=True)
    held = models.BooleanField(default=False)  # a record holds it, or did once
    state = models.CharField(max_length=10, default=CLEAN)
    finding = models.CharField(max_length=200, default="")  # what the scanner calls it
    preview = models.CharField(max_length=10, default="")
    pages = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "kernel_stored_file"
        indexes = [
            models.Index(fields=["created_at"], name="stored_file_unheld", condition=models.Q(held=False)),
            models.Index(
                fields=["state", "created_at"],
                name="stored_file_unclean",
                condition=~models.Q(state="clean"),
            ),
            models.Index(fields=["created_by", "size"], name="stored_file_used"),
        ]

    def __str__(self) -> str:
        return self.name


class FileLimits(models.Model):
    """One row: what may be kept. Empty means no limit but that of the machine."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    largest_mb = models.PositiveIntegerField(null=True)
    person_mb = models.PositiveIntegerField(null=True)
    total_mb = models.PositiveIntegerField(null=True)
    kinds = models.JSONField(default=list)

    class Meta:
        db_table = "kernel_file_limits"

    def __str__(self) -> str:
        return "limits"
