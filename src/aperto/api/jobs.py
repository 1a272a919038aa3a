"""What the schedule does for the API."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from aperto.api.idempotency import forget_old
from aperto.kernel import jobs


@jobs.every("api.forget_old_replies", at=time(3, 30))
@jobs.task(label=_("Forget old answers of the API"))
def forget_old_replies() -> int:
    return forget_old()
