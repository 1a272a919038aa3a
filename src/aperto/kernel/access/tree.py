"""What a write of a team is checked for, and what follows from it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from aperto.kernel.access import actors, lineage
from aperto.kernel.access.models import Organisation
from aperto.kernel.changes.draft import Occasion, Work
from aperto.kernel.objects.record import Record


def check_parent(work: Work) -> None:
    """No team lies beneath itself. Writers wait for each other, lest two halves of a circle meet."""
    parent = work.values.get("parent")
    if not work.changes("parent") or parent is None:
        return
    Organisation.objects.select_for_update().filter(pk=1).first()
    if work.record.pk in lineage.above(lineage.parents(), [parent.id]):
        work.refuse("parent", _("A team cannot be a part of itself."))


def rights_follow(occasion: Occasion, records: Sequence[Record]) -> None:
    """Who belongs where has changed for everybody who is kept in memory."""
    actors.rights_changed()
