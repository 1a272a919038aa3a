"""What writing leaves behind: history, unique values, match keys, links and the timeline."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Index, Q

from aperto.kernel.ids import uuid7


class Change(models.Model):
    """One write: who, when, through which door, which fields from what to what.

    `diff` is {field: [old, new]} in JSON form. `position` numbers the changes after their commit, so that
    a reader who asks for "all since N" misses none (see `outbox`).
    """

    objects: ClassVar[models.Manager["Change"]]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    object = models.CharField(max_length=63)
    record = models.UUIDField()
    verb = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    via = models.CharField(max_length=40)
    diff = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    version = models.PositiveIntegerField(default=1)
    batch = models.UUIDField(null=True)
    undo_of = models.UUIDField(null=True)
    undone_by = models.UUIDField(null=True)
    position = models.BigIntegerField(null=True, unique=True)

    class Meta:
        db_table = "kernel_change"
        indexes = [
            Index(fields=["record", "-id"], name="change_of_record"),
            Index(fields=["batch", "id"], name="change_of_batch", condition=Q(batch__isnull=False)),
            Index(fields=["id"], name="change_unnumbered", condition=Q(position__isnull=True)),
            Index(fields=["-id", "actor"], name="change_by_others"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object} {self.record}"


class Subscription(models.Model):
    """How far a subscriber has read the numbered changes, and what it could not digest."""

    objects: ClassVar[models.Manager["Subscription"]]

    name = models.CharField(max_length=80, primary_key=True)
    position = models.BigIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    failed = models.JSONField(default=list)

    class Meta:
        db_table = "kernel_subscription"

    def __str__(self) -> str:
        return self.name


class UniqueValue(models.Model):
    """A value that only one record may hold; `hash` is of its normal form."""

    objects: ClassVar[models.Manager["UniqueValue"]]

    object = models.CharField(max_length=63)
    field = models.CharField(max_length=63)
    hash = models.CharField(max_length=64)
    record = models.UUIDField(db_index=True)

    class Meta:
        db_table = "kernel_unique_value"
        constraints = [models.UniqueConstraint(fields=["object", "field", "hash"], name="unique_value")]

    def __str__(self) -> str:
        return f"{self.object}.{self.field}"


class MatchKey(models.Model):
    """A normal form by which records are recognised: an e-mail, a phone number, a registration number."""

    objects: ClassVar[models.Manager["MatchKey"]]

    object = models.CharField(max_length=63)
    field = models.CharField(max_length=63)
    value = models.CharField(max_length=160)
    record = models.UUIDField(db_index=True)

    class Meta:
        db_table = "kernel_match_key"
        indexes = [Index(fields=["value", "object", "field"], name="match_key_value")]

    def __str__(self) -> str:
        return self.value


class Relation(models.Model):
    """A typed, two-sided link between two records: `kind` is "object.field" of the side that declares it."""

    objects: ClassVar[models.Manager["Relation"]]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=127)
    left_object = models.CharField(max_length=63)
    left = models.UUIDField()
    right_object = models.CharField(max_length=63)
    right = models.UUIDField()
    role = models.CharField(max_length=63, default="")
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    note = models.CharField(max_length=500, default="")

    class Meta:
        db_table = "kernel_relation"
        constraints = [models.UniqueConstraint(fields=["left", "kind", "right"], name="relation_once")]
        indexes = [Index(fields=["right", "kind"], name="relation_right")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.left} – {self.right}"


class Timeline(models.Model):
    """One narrow row for each thing that happened to a record, so that its past is one index range.

    `kind` is "change", "activity" (done or noted) or "planned"; `reference` the change or the activity.
    """

    objects: ClassVar[models.Manager["Timeline"]]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    object = models.CharField(max_length=63)
    record = models.UUIDField()
    moment = models.DateTimeField()
    kind = models.CharField(max_length=10)
    reference_object = models.CharField(max_length=63, default="")
    reference = models.UUIDField()
    summary = models.CharField(max_length=200, default="")

    class Meta:
        db_table = "kernel_timeline"
        indexes = [
            Index(fields=["record", "-moment", "-id"], name="timeline_of_record"),
            Index(fields=["record", "kind", "moment"], name="timeline_by_kind"),
            Index(fields=["reference"], name="timeline_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.summary}"


class Counter(models.Model):
    """The last automatic number given, by field and year."""

    objects: ClassVar[models.Manager["Counter"]]

    key = models.CharField(max_length=140, primary_key=True)
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "kernel_counter"

    def __str__(self) -> str:
        return f"{self.key} {self.last}"
