"""What the schedule does for the kernel and the API does something, and is on the schedule."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from aperto.api.jobs import forget_old_replies
from aperto.api.models import KeptReply
from aperto.kernel import changes
from aperto.kernel.changes.models import Change
from aperto.kernel.jobs import Job, State, worker
from aperto.kernel.upkeep import deliver_events, refresh_statistics
from tests.company import staffed


@pytest.mark.django_db(transaction=True)
def test_events_are_numbered_by_the_schedule() -> None:
    staff = staffed()
    changes.create(staff.owner, "contact", {"last_name": "Visser"}, via="test")

    deliver_events.enqueue()
    worker.run_pending()

    assert not Change.objects.filter(position=None).exists()


@pytest.mark.django_db(transaction=True)
def test_old_answers_are_forgotten() -> None:
    for key in ("old", "new"):
        KeptReply.objects.create(token=uuid4(), key=key, fingerprint="x")
    KeptReply.objects.filter(key="old").update(created_at=timezone.now() - timedelta(days=2))

    forget_old_replies.enqueue()
    worker.run_pending()

    assert list(KeptReply.objects.values_list("key", flat=True)) == ["new"]


@pytest.mark.django_db(transaction=True)
def test_statistics_are_gathered_where_the_engine_does_not() -> None:
    refresh_statistics.enqueue()

    worker.run_pending()

    assert Job.objects.get().state == State.DONE
