"""What activities are about: the objects that have a timeline to show them in."""

from django.utils.translation import gettext_lazy as _

from aperto.kernel import fields
from aperto.kernel.objects.record import Record

SUBJECTS = ("contact", "company", "lead", "deal")


class AboutRecords(Record):
    """An activity or a file, linked to any number of records."""

    about = fields.MultiReference(_("About"), to=SUBJECTS, subjects=True)

    class Meta(Record.Meta):
        abstract = True
