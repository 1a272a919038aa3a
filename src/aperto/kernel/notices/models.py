"""What people were told, how each wants to be told, and the devices that may ring for them."""

from typing import ClassVar

from django.db import models
from django.db.models import Index, Q, UniqueConstraint

from aperto.kernel.access.models import User
from aperto.kernel.ids import uuid7

DUE, DIGEST, SENDING, SENT, GIVEN_UP = "due", "digest", "sending", "sent", "given_up"


class Notice(models.Model):
    """One thing told to one person, once: `event` is the key of what happened.

    Neither the title of the record nor a value of it is kept here: they are read when the notice is shown,
    under the rights of that moment. `mail` and `push` say how far each delivery is.
    """

    objects: ClassVar[models.Manager["Notice"]]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    event = models.UUIDField()
    sort = models.CharField(max_length=40)
    at = models.DateTimeField()
    object = models.CharField(max_length=63, default="")
    record = models.UUIDField(null=True)
    detail_object = models.CharField(max_length=63, default="")
    detail = models.UUIDField(null=True)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200, default="")
    fields = models.JSONField(default=list)
    text = models.CharField(max_length=500, default="")
    url = models.CharField(max_length=300, default="")
    count = models.PositiveIntegerField(default=1)
    position = models.BigIntegerField(default=0)  # of the newest change that `count` holds
    shown = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=8, default="")
    push = models.CharField(max_length=8, default="")
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)  # when the next try to deliver is due

    class Meta:
        db_table = "kernel_notice"
        constraints = [UniqueConstraint(fields=["user", "event"], name="notice_once")]
        indexes = [
            Index(fields=["user", "-id"], name="notice_of_user", condition=Q(shown=True)),
            Index(fields=["user"], name="notice_unread", condition=Q(shown=True, read_at__isnull=True)),
            Index(fields=["due_at"], name="notice_due", condition=Q(due_at__isnull=False)),
            Index(fields=["user", "id"], name="notice_digest", condition=Q(mail=DIGEST)),
        ]

    def __str__(self) -> str:
        return f"{self.sort} for {self.user_id}"


class NoticeChoice(models.Model):
    """How one person wants to be told: `ways` holds, by sort, what differs from its defaults."""

    objects: ClassVar[models.Manager["NoticeChoice"]]

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    ways = models.JSONField(default=dict)
    digest = models.CharField(max_length=6, default="daily")  # or "weekly"
    hour = models.PositiveSmallIntegerField(default=8)
    weekday = models.PositiveSmallIntegerField(default=0)  # Monday

    class Meta:
        db_table = "kernel_notice_choice"

    def __str__(self) -> str:
        return f"choices of {self.user_id}"


class Device(models.Model):
    """A browser that shows notices while the product is closed; the endpoint is its maker's push service."""

    objects: ClassVar[models.Manager["Device"]]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    endpoint = models.CharField(max_length=1_000)
    digest = models.CharField(max_length=64, unique=True)  # of the endpoint
    key = models.CharField(max_length=120)
    auth = models.CharField(max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "kernel_notice_device"

    def __str__(self) -> str:
        return self.name


class Follow(models.Model):
    """What somebody asked to be told of one record. An owner without a row follows all the same."""

    objects: ClassVar[models.Manager["Follow"]]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    object = models.CharField(max_length=63)
    record = models.UUIDField()
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    level = models.CharField(max_length=9)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "kernel_follow"
        constraints = [UniqueConstraint(fields=["record", "user"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.object} {self.record}"
