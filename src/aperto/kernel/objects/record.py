"""`Record`: the abstract model of all objects, with what every record has.

There is no public way from here to rows: `records.visible(actor, …)` reads, `changes` writes.
"""

from typing import TYPE_CHECKING, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Index, Q
from django.utils.translation import gettext_lazy as _

from aperto.kernel.fields.base import Field
from aperto.kernel.fields.datetime import DateTime
from aperto.kernel.fields.filled_by import FilledBy
from aperto.kernel.fields.integer import Integer
from aperto.kernel.fields.reference import Reference
from aperto.kernel.fields.text import Text
from aperto.kernel.fields.user import User
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.declaration import ObjectType

ALIVE = Q(deleted_at__isnull=True)


class Record(models.Model):
    """Title, owner, team, who and when, version and the JSON of custom fields."""

    own_fields: ClassVar[dict[str, Field]] = {}
    declares: ClassVar[ObjectType]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    custom = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    title = Text(_("Title"), readonly=True)
    owner = User(_("Owner"))
    team = Reference(_("Team"), to="team")
    created_at = DateTime(_("Created"), readonly=True)
    created_by = User(_("Created by"), readonly=True)
    updated_at = DateTime(_("Changed"), readonly=True)
    updated_by = User(_("Changed by"), readonly=True)
    deleted_at = DateTime(_("Deleted"), readonly=True)
    version = Integer(_("Version"), readonly=True)
    filled_by = FilledBy(_("Filled by machine"), readonly=True, stored="json")

    class Meta:
        abstract = True
        default_permissions = ()
        # The default sort alone and behind each scope of access: a page is one index range.
        indexes = [
            Index(fields=["-updated_at", "-id"], name="%(class)s_changed", condition=ALIVE),
            Index(fields=["team", "-updated_at", "-id"], name="%(class)s_team", condition=ALIVE),
            Index(fields=["owner", "-updated_at", "-id"], name="%(class)s_owner", condition=ALIVE),
            Index(fields=["title_folded", "id"], name="%(class)s_title", condition=ALIVE),
            Index(fields=["deleted_at"], name="%(class)s_deleted", condition=~ALIVE),
        ]

    if TYPE_CHECKING:
        objects: ClassVar[models.Manager["Record"]]

    def __str__(self) -> str:
        return str(self.title or self.pk)

    @classmethod
    def all_fields(cls) -> dict[str, Field]:
        """Fields of the object first, in the order of their declaration, then those of every record."""
        cached = cls.__dict__.get("_all_fields")
        if cached is None:
            cached = {}
            for base in cls.__mro__:
                for key, field in base.__dict__.get("own_fields", {}).items():
                    if key not in cached:
                        cached[key] = field
            cls._all_fields = cached
        return dict(cached)

    @classmethod
    def fields_of_every_record(cls) -> dict[str, Field]:
        return Record.own_fields

    _all_fields: ClassVar[dict[str, Field]]
