"""What the API remembers: the answer to a write with an idempotency key."""

from django.db import models


class KeptReply(models.Model):
    """The first answer to a key; a repetition gets it again instead of a second effect."""

    token = models.UUIDField()
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.TextField(default="")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="kept_reply_once")]

    def __str__(self) -> str:
        return self.key
