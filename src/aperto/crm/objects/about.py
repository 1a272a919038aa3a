"""What activities are about: the objects that have a timeline to show them in."""

from django.db.models import Index, Q
from django.utils.translation import gettext_lazy as _

from aperto.kernel import fields
from aperto.kernel.objects.record import Record
from aperto.kernel.worklist import GIVEN_AWAY

SUBJECTS = ("contact", "company", "lead", "deal")


class AboutRecords(Record):
    """An activity or a file, linked to any number of records."""

    about = fields.MultiReference(_("About"), to=SUBJECTS, subjects=True)

    class Meta(Record.Meta):
        abstract = True


def open_ones(of: str, moment: str) -> Index:
    """What an owner has still to do, in the order of its moment (see `kernel.agenda`)."""
    condition = Q(deleted_at__isnull=True) & ~Q(done=True)
    return Index(fields=["owner", moment, "id"], name=f"{of}_open", condition=condition)


def given_ones(of: str, moment: str) -> Index:
    """What somebody has given to others to do (see `kernel.worklist`)."""
    condition = Q(deleted_at__isnull=True) & ~Q(done=True) & GIVEN_AWAY
    return Index(fields=["created_by", moment, "id"], name=f"{of}_given", condition=condition)


def in_time(of: str, moment: str, *ends: str) -> Index:
    """What lies between two moments, and whose it is (see `kernel.calendar`). It does not begin with the
    owner: an engine would take it for what somebody has still to do, and pass by all that is done."""
    alive = Q(deleted_at__isnull=True)
    return Index(fields=[moment, "owner", *ends, "id"], name=f"{of}_time", condition=alive)


def of_series(of: str) -> Index:
    """The occurrences of what repeats."""
    return Index(fields=["repeats_series"], name=f"{of}_series", condition=Q(repeats_series__isnull=False))


REMINDING = _("Such as 15 min, 2 h or 1 day. Empty: as each person has chosen in the settings.")


def reminding(of: str, moment: str) -> Index:
    """What says itself when to remind of it."""
    condition = Q(deleted_at__isnull=True) & ~Q(done=True) & Q(remind__isnull=False)
    return Index(fields=[moment], name=f"{of}_remind", condition=condition)
