"""What the schedule does for imports."""

from datetime import UTC, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from aperto.kernel import jobs
from aperto.transfer import export_run, scheduled, undoing, uploads
from aperto.transfer import models as books
from aperto.transfer import run as runs
from aperto.transfer.models import ImportRun

KEPT = timedelta(days=30)

__all__ = ["export_run", "remove_old_files", "runs", "scheduled", "undoing"]


@jobs.every("transfer.files", at=time(3, 20))
@jobs.task(label=_("Remove files of old imports"))
def remove_old_files() -> int:
    """Files and refused rows are other people's data: they go after 30 days. What came of the run stays."""
    old = books.runs().filter(created_at__lt=datetime.now(UTC) - KEPT)
    books.refused().filter(run__in=old).delete()
    held = list(old.exclude(place=""))
    for run in held:
        uploads.discard(run)
    old.filter(state=ImportRun.DRAFT).delete()
    export_run.forget_old()
    return len(held)
