"""Each night, series without an end are written on to the horizon."""

import logging
from datetime import UTC, datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aperto.kernel import jobs
from aperto.kernel.access.actor import system
from aperto.kernel.changes.draft import Occasion
from aperto.kernel.errors import Invalid, Missing, Refused
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.recurrence import series
from aperto.kernel.recurrence.models import Series
from aperto.kernel.recurrence.moments import HORIZON
from aperto.kernel.recurrence.spread import continue_

log = logging.getLogger(__name__)


@jobs.every("kernel.extend_series", at=time(3, 5))
@jobs.task(label=_("Write repeating tasks and meetings ahead"))
def extend_series() -> int:
    return extend_all()


def extend_all() -> int:
    """How many occurrences were written; a series that cannot be continued holds up no other."""
    horizon, made = datetime.now(UTC) + HORIZON, 0
    for held in Series.objects.filter(ended=False, written__lt=horizon).order_by("written"):
        try:
            with transaction.atomic():
                made += _extend(held)
        except (Invalid, Missing, Refused):
            log.warning("the series %s could not be continued", held.pk, exc_info=True)
    return made


def _extend(held: Series) -> int:
    last = _last(held)
    if last is None:
        return 0
    actor = system("series")
    occasion = Occasion(actor, registry.get(held.object), "series")
    return continue_(occasion, held, last)


def _last(held: Series) -> Record | None:
    """The last occurrence that is there: the next ones are made after it. Without any, nothing follows."""
    if held.object not in registry:
        return None
    declaration = registry.get(held.object)
    field = series.field_of(declaration)
    if field is None:
        return None
    rows = declaration.model.objects.filter(field.of_series(held.pk), deleted_at__isnull=True)
    return rows.order_by(f"-{field.key}_planned").first()
