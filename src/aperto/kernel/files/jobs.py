"""Background work on files: each new one is looked into, and the scanner is asked again for what waits."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from aperto.kernel import jobs
from aperto.kernel.files.looking import look_into
from aperto.kernel.files.models import CHECKING, StoredFile
from aperto.kernel.files.searching import renew

PATIENCE = timedelta(minutes=15)
MOST = 200


@jobs.task(label=_("Look into a file"), max_attempts=4)
def look(key: str) -> str:
    """What is gone meanwhile needs no looking into."""
    row = StoredFile.objects.filter(pk=UUID(key)).first()
    if row is None:
        return "gone"
    said = look_into(row)
    renew(row.pk)
    return said


def look_later(row: StoredFile) -> None:
    look.using(actor_id=row.created_by).enqueue(str(row.pk))


@jobs.every("kernel.ask_scanner_again", minutes=15)
@jobs.task(label=_("Check files that wait for the scanner"), max_attempts=1)
def ask_again() -> int:
    """The scanner was away for longer than a job is tried, or is not used any more."""
    late = StoredFile.objects.filter(state=CHECKING, created_at__lt=datetime.now(UTC) - PATIENCE)
    rows = list(late.order_by("created_at")[:MOST])
    for row in rows:
        hour = datetime.now(UTC).strftime("%Y%m%d%H")
        look.using(idempotency_key=f"look {row.pk} {hour}").enqueue(str(row.pk))
    return len(rows)
