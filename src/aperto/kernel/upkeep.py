"""What the schedule does for the kernel itself."""

from datetime import UTC, datetime, time

from django.utils.translation import gettext_lazy as _

from aperto.kernel import jobs
from aperto.kernel.access import sign_ins as sign_ins  # its schedule is declared there
from aperto.kernel.access import territories as territories  # hears of new records
from aperto.kernel.changes import outbox
from aperto.kernel.money import rates
from aperto.kernel.query import engines


@jobs.every("kernel.deliver_events", minutes=1)
@jobs.task(label=_("Deliver events"), max_attempts=1)
def deliver_events() -> int:
    """Numbers new changes and calls the subscribers; a missed minute is made up by the next."""
    return outbox.deliver()


@jobs.every("kernel.fill_rates", at=time(4, 0))
@jobs.task(label=_("Add new exchange rates"))
def fill_rates() -> int:
    """Takes over what a newer release of the bank's history brings."""
    return rates.fill_from_bank(datetime.now(UTC).date())


@jobs.every("kernel.refresh_statistics", at=time(3, 40))
@jobs.task(label=_("Refresh the statistics of the database"))
def refresh_statistics() -> None:
    """Without them SQLite sorts whole tables where an index would do."""
    engines.current().refresh_statistics()
