"""Fields that every record one does business with has: how it was met, and when it was last spoken to."""

from django.db.models import Index, Q
from django.utils.translation import gettext_lazy as _

from aperto.crm.objects.choices import SOURCES
from aperto.kernel import fields
from aperto.kernel.objects.record import Record


class Followed(Record):
    """A record that activities are about; both moments are kept by the write itself."""

    next_activity = fields.DateTime(_("Next activity"), readonly=True)
    last_activity = fields.DateTime(_("Last activity"), readonly=True)
    source = fields.Select(_("Source"), options=SOURCES)
    description = fields.LongText(_("Description"))

    class Meta(Record.Meta):
        abstract = True
        indexes = [
            *Record.Meta.indexes,
            Index(
                fields=["-last_activity", "-id"],
                name="%(class)s_last",
                condition=Q(deleted_at__isnull=True),
            ),
        ]


def silent(name: str) -> Index:
    """What somebody has heard nothing of for longest stands first; home would walk through everybody's."""
    fields = ["owner", "last_activity", "id"]
    return Index(fields=fields, name=f"{name}_silent", condition=Q(deleted_at__isnull=True))
