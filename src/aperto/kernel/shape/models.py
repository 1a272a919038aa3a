"""Tables of the shape: its version, and the records of objects that administrators made."""

from django.db import models
from django.db.models import Index
from django.utils.translation import gettext_lazy as _

from aperto.kernel import fields
from aperto.kernel.objects.record import ALIVE, Record


class ShapeVersion(models.Model):
    """One row, whose version is another after each change of a definition."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.CharField(max_length=32)

    class Meta:
        db_table = "kernel_shape_version"

    def __str__(self) -> str:
        return self.version


class FieldUse(models.Model):
    """How often lists asked for a field of an administrator's own."""

    object = models.CharField(max_length=40)
    field = models.CharField(max_length=60)
    times = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "kernel_field_use"
        constraints = [models.UniqueConstraint(fields=["object", "field"], name="field_use_once")]

    def __str__(self) -> str:
        return f"{self.object}.{self.field}"


class CustomBase(Record):
    """What a record of any such object can have; its definition says which of it is used."""

    name = fields.Text(_("Name"), required=True, search_weight=4)
    number = fields.AutomaticNumber(_("Number"), search_weight=2)
    stage = fields.Stage(_("Stage"))
    stage_since = fields.DateTime(_("In this stage since"), readonly=True)
    closed_at = fields.DateTime(_("Closed"), readonly=True)
    next_activity = fields.DateTime(_("Next activity"), readonly=True)
    last_activity = fields.DateTime(_("Last activity"), readonly=True)
    description = fields.LongText(_("Description"), search_weight=1)

    class Meta(Record.Meta):
        abstract = True


class CustomRecord(CustomBase):
    """One table for all of them. Each index begins with the object, so each object has its own range."""

    object = models.CharField(max_length=40)

    class Meta(CustomBase.Meta):
        db_table = "kernel_custom_record"
        indexes = [
            Index(fields=["object", "-updated_at", "-id"], name="custom_changed", condition=ALIVE),
            Index(fields=["object", "team", "-updated_at", "-id"], name="custom_team", condition=ALIVE),
            Index(fields=["object", "owner", "-updated_at", "-id"], name="custom_owner", condition=ALIVE),
            Index(fields=["object", "title_folded", "id"], name="custom_title", condition=ALIVE),
            Index(fields=["object", "stage", "-updated_at", "-id"], name="custom_stage", condition=ALIVE),
            Index(fields=["object", "deleted_at"], name="custom_deleted", condition=~ALIVE),
        ]
