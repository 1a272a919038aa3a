"""Single shares and private records: narrow tables that row rules look into by index."""

from typing import ClassVar

from django.db import models
from django.db.models import Index

from aperto.kernel.ids import uuid7

USER, TEAM, ROLE = "user", "team", "role"


class RecordShare(models.Model):
    """One record, given to a user, a team or a role, to be read or edited, perhaps until a moment."""

    objects: ClassVar[models.Manager["RecordShare"]]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    object = models.CharField(max_length=63)
    record = models.UUIDField()
    kind = models.CharField(max_length=4)  # USER, TEAM or ROLE
    grantee = models.UUIDField()
    edit = models.BooleanField(default=False)
    expires_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.UUIDField(null=True)

    class Meta:
        db_table = "kernel_record_share"
        constraints = [models.UniqueConstraint(fields=["record", "grantee"], name="record_share_once")]
        indexes = [
            Index(
                fields=["grantee", "object", "edit", "expires_at", "record"], name="record_share_of_grantee"
            )
        ]

    def __str__(self) -> str:
        return f"{self.object} {self.record} for {self.kind} {self.grantee}"


class PrivateRecord(models.Model):
    """A record that only its owner, those it is shared with singly and administrators see."""

    objects: ClassVar[models.Manager["PrivateRecord"]]

    record = models.UUIDField(primary_key=True)
    object = models.CharField(max_length=63, db_index=True)

    class Meta:
        db_table = "kernel_private_record"

    def __str__(self) -> str:
        return f"{self.object} {self.record}"
