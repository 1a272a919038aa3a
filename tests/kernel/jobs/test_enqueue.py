from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.tasks import TaskResultStatus, task_backends
from django.tasks.exceptions import TaskResultDoesNotExist, TaskResultMismatch
from django.utils import timezone

from aperto.kernel import jobs
from aperto.kernel.jobs import worker
from aperto.kernel.jobs.backend import KeyInUse
from tests.kernel.jobs import tasks

pytestmark = pytest.mark.django_db


def test_enqueue_keeps_what_was_asked() -> None:
    actor, later = uuid4(), timezone.now() + timedelta(hours=1)

    asked = tasks.add.using(priority=7, queue_name="bulk", run_after=later, actor_id=actor, label="Sum")
    result = asked.enqueue(1, right=2)

    job = jobs.Job.objects.get(pk=result.id)
    assert (job.task_path, job.args, job.kwargs) == ("tests.kernel.jobs.tasks.add", [1], {"right": 2})
    assert (job.priority, job.queue, job.run_at, job.actor_id) == (7, "bulk", later, actor)
    assert (job.label, job.state, job.max_attempts) == ("Sum", jobs.State.WAITING, 5)


def test_result_follows_the_job() -> None:
    result = tasks.add.enqueue(1, 2)
    before = result.status

    worker.run_pending()
    result.refresh()

    assert (before, result.status) == (TaskResultStatus.READY, TaskResultStatus.SUCCESSFUL)
    assert (result.return_value, result.attempts, result.errors) == (3, 1, [])
    assert result.enqueued_at and result.started_at and result.finished_at
    assert tasks.add.get_result(result.id).return_value == 3


def test_failed_result_tells_the_error() -> None:
    result = tasks.break_down.using(max_attempts=1).enqueue("no paper")

    worker.run_pending()
    result.refresh()

    assert result.status == TaskResultStatus.FAILED
    assert result.errors[0].exception_class is ValueError
    assert "no paper" in result.errors[0].traceback


def test_result_of_nothing_does_not_exist() -> None:
    for unknown in (str(uuid4()), "rubbish", ""):
        with pytest.raises(TaskResultDoesNotExist):
            tasks.add.get_result(unknown)


def test_result_of_another_task_is_refused() -> None:
    result = tasks.add.enqueue(1, 2)

    with pytest.raises(TaskResultMismatch):
        tasks.plain.get_result(result.id)


def test_django_tasks_need_nothing_of_ours() -> None:
    result = tasks.plain.enqueue("quiet")

    worker.run_pending()
    result.refresh()

    assert result.return_value == "QUIET"


def test_coroutines_are_tasks_too() -> None:
    result = tasks.wait_briefly.enqueue()

    worker.run_pending()

    assert tasks.wait_briefly.get_result(result.id).status == TaskResultStatus.SUCCESSFUL


@pytest.mark.django_db(transaction=True)
def test_job_exists_only_if_the_caller_commits() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        tasks.add.enqueue(1, 2)
        raise RuntimeError

    assert not jobs.Job.objects.exists()


def test_same_key_gives_the_first_job() -> None:
    first = tasks.add.using(idempotency_key="invoice 7").enqueue(1, 2)
    again = tasks.add.using(idempotency_key="invoice 7").enqueue(3, 4)
    worker.run_pending()
    later = tasks.add.using(idempotency_key="invoice 7").enqueue(5, 6)

    assert first.id == again.id == later.id
    assert (again.args, later.return_value) == ([1, 2], 3)
    assert jobs.Job.objects.count() == 1


def test_key_of_another_task_is_refused() -> None:
    tasks.add.using(idempotency_key="invoice 7").enqueue(1, 2)

    with pytest.raises(KeyInUse):
        tasks.write_note.using(idempotency_key="invoice 7").enqueue("x")


def test_arguments_must_be_json() -> None:
    with pytest.raises(TypeError):
        tasks.add.enqueue(datetime.now(UTC), 2)  # type: ignore[arg-type]

    assert not jobs.Job.objects.exists()


def test_immediate_backend_runs_our_tasks(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}

    counted = tasks.count_to.enqueue(3)

    assert (task_backends["default"].alias, counted.return_value) == ("default", 3)
    assert not jobs.Job.objects.exists()


def test_immediate_backend_runs_steps(settings: Any, effects: None) -> None:
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}

    walked = tasks.walk.enqueue(2)

    assert (walked.return_value, tasks.noted()) == (2, ["step 0", "step 1"])
