"""What the schedule does for the kernel itself."""

import logging
from datetime import UTC, datetime, time

from django.utils.translation import gettext_lazy as _

from aperto.kernel import jobs
from aperto.kernel.access import sharing
from aperto.kernel.access import sign_ins as sign_ins  # its schedule is declared there
from aperto.kernel.access import territories as territories  # hears of new records
from aperto.kernel.access.models import CacheEntry
from aperto.kernel.changes import outbox
from aperto.kernel.comments import hearing as comments  # noqa: F401 - subscribes to events
from aperto.kernel.files import jobs as file_jobs  # noqa: F401 - its schedule is declared there
from aperto.kernel.files import unheld
from aperto.kernel.money import rates
from aperto.kernel.notices import delivery as delivery  # its schedule is declared there
from aperto.kernel.notices import hearing as hearing  # subscribes to events
from aperto.kernel.query import engines
from aperto.kernel.recurrence import nightly as nightly  # its schedule is declared there
from aperto.kernel.reminders import due as due  # its schedule is declared there
from aperto.kernel.rollups import follow as follow  # subscribes to events
from aperto.kernel.rollups import refresh

log = logging.getLogger(__name__)


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


@jobs.every("kernel.remove_expired_shares", at=time(2, 50))
@jobs.task(label=_("Remove expired shares"))
def remove_expired_shares() -> int:
    return sharing.remove_expired()


@jobs.every("kernel.remove_unheld_files", at=time(2, 40))
@jobs.task(label=_("Remove uploads that no record holds"))
def remove_unheld_files() -> int:
    return unheld.remove(datetime.now(UTC))


@jobs.every("kernel.forget_attempts", at=time(2, 30))
@jobs.task(label=_("Forget attempts to sign in"))
def forget_attempts() -> int:
    """What was counted for a limit that has passed."""
    return CacheEntry.objects.filter(expires__lt=datetime.now(UTC)).delete()[0]


@jobs.every("kernel.check_roll_ups", at=time(3, 10))
@jobs.task(label=_("Check the roll-ups"))
def check_roll_ups() -> dict[str, int]:
    """Repairs what drifted, which the result tells by field: a stage became another kind, a day went by."""
    drifted = {field: count for field, count in refresh.repair().items() if count}
    for field, count in drifted.items():
        log.warning("the roll-up %s had drifted in %s records", field, count)
    return drifted


@jobs.task(label=_("Fill in the roll-ups"))
def fill_roll_ups(object_key: str) -> dict[str, int]:
    """For a roll-up that is new or has other settings."""
    return refresh.repair(object_key)
