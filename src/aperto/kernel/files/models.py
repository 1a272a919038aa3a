"""The row that describes a file in the storage."""

from django.db import models

from aperto.kernel.ids import uuid7


class StoredFile(models.Model):
    """`place` is its path in the storage, which says nothing about it; `name` is the one that people gave."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=80, unique=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.UUIDField(null=True)
    held = models.BooleanField(default=False)  # a record holds it, or did once

    class Meta:
        db_table = "kernel_stored_file"
        indexes = [
            models.Index(fields=["created_at"], name="stored_file_unheld", condition=models.Q(held=False))
        ]

    def __str__(self) -> str:
        return self.name
