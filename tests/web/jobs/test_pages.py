"""Background work: one's own, everybody's for administrators, stopping and trying again."""

import pytest

from aperto.kernel import jobs
from aperto.kernel.jobs import Job, State, worker
from tests.company import Staff
from tests.web.lists.conftest import HTMX, Browse


@jobs.task(label="Count sheep")
def count_sheep(number: int) -> dict[str, dict[str, int]]:
    return {"counts": {"changed": number}}


@jobs.task(label="Break down", max_attempts=1)
def break_down() -> None:
    raise RuntimeError("a secret of the machine")


pytestmark = pytest.mark.django_db(transaction=True)


def started(staff: Staff, who: str = "owner") -> Job:
    count_sheep.using(actor_id=staff.users[who].pk).enqueue(7)
    return jobs.find(staff.users[who].pk).get()


def test_one_sees_ones_own_work(staff: Staff, browse: Browse) -> None:
    job = started(staff)

    assert "Count sheep" in browse("owner").get("/jobs").content.decode()
    assert "Count sheep" not in browse("colleague").get("/jobs").content.decode()
    assert "Count sheep" not in browse("colleague").get("/jobs?show=everybody").content.decode()
    assert browse("colleague").get(f"/jobs/{job.pk}").status_code == 404
    assert browse("anonymous").get("/jobs").status_code == 302


def test_progress_asks_for_itself_until_the_end(staff: Staff, browse: Browse) -> None:
    job, client = started(staff), browse("owner")

    waiting = client.get(f"/jobs/{job.pk}", headers=HTMX)
    worker.run_pending()
    done = client.get(f"/jobs/{job.pk}", headers=HTMX)

    assert "every 1s" in waiting.content.decode() and "HX-Trigger" not in waiting.headers
    assert "every 1s" not in done.content.decode() and "rows-changed" in done.headers["HX-Trigger"]
    assert "<dd>7</dd>" in done.content.decode()


def test_waiting_work_can_be_stopped_by_its_owner(staff: Staff, browse: Browse) -> None:
    job = started(staff)

    assert browse("colleague").post(f"/jobs/{job.pk}/cancel", headers=HTMX).status_code == 404
    answer = browse("owner").post(f"/jobs/{job.pk}/cancel", headers=HTMX)

    assert "Cancelled" in answer.content.decode()
    job.refresh_from_db()
    assert job.state == State.CANCELLED
    assert "had ended" in browse("owner").post(f"/jobs/{job.pk}/cancel", headers=HTMX).headers["HX-Trigger"]


def test_administrators_see_and_retry_what_failed(staff: Staff, browse: Browse) -> None:
    break_down.using(actor_id=staff.users["owner"].pk).enqueue()
    worker.run_pending()
    job = jobs.find_all([State.DEAD]).get()

    own = browse("owner").get(f"/jobs/{job.pk}").content.decode()
    listed = browse("admin").get("/jobs?show=failed").content.decode()

    assert "secret of the machine" not in own and "administrators can see why" in own
    assert "secret of the machine" in listed
    assert browse("owner").post(f"/jobs/{job.pk}/retry", headers=HTMX).status_code == 404
    assert "Waiting" in browse("admin").post(f"/jobs/{job.pk}/retry", headers=HTMX).content.decode()
    job.refresh_from_db()
    assert job.state == State.WAITING


def test_without_scripts_one_lands_on_a_page(staff: Staff, browse: Browse) -> None:
    job = started(staff)

    answer = browse("owner").post(f"/jobs/{job.pk}/cancel")

    assert answer.status_code == 302 and answer.headers["Location"] == f"/jobs/{job.pk}"
