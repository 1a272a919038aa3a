"""What is known of a series beyond its occurrences: since when, in which zone, how far it is written."""

from typing import ClassVar

from django.db import models
from django.db.models import Index, Q

from aperto.kernel.ids import uuid7
from aperto.kernel.recurrence.rule import LONGEST


class Series(models.Model):
    """`start` is the first moment; `written` the last one of which an occurrence was made. With `ended`
    nothing follows any more."""

    objects: ClassVar[models.Manager["Series"]]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    object = models.CharField(max_length=63)
    rule = models.CharField(max_length=LONGEST)
    zone = models.CharField(max_length=64)
    start = models.DateTimeField()
    written = models.DateTimeField()
    ended = models.BooleanField(default=False)

    class Meta:
        db_table = "kernel_series"
        indexes = [Index(fields=["written"], name="series_unfinished", condition=Q(ended=False))]

    def __str__(self) -> str:
        return f"{self.object} {self.rule}"
