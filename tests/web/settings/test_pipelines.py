"""The editor of pipelines: stages are added, ordered, edited and retired; only administrators find it."""

from typing import Any

import pytest
from django.test import Client

from aperto.kernel import changes, records
from aperto.kernel.changes.models import Change
from aperto.kernel.fields.base import Ref
from aperto.kernel.jobs import worker
from aperto.kernel.pipelines import stages
from aperto.kernel.pipelines.stages import Step
from aperto.web.settings import retire_page
from tests.company import Staff, staffed
from tests.snapshot import unchanged
from tests.web.settings.test_settings import browser


@pytest.fixture
def staff(db: None) -> Staff:
    return staffed()


@pytest.fixture
def admin(staff: Staff) -> Client:
    return browser(staff, "admin")


def steps() -> list[Step]:
    """The stages of the pipeline of sales, in order."""
    stages.forget()
    return [step for step in stages.of_object("deal") if step.pipeline_name == "Sales"]


def names() -> list[str]:
    return [step.name for step in steps()]


SALES = ["Qualify", "Discovery", "Proposal", "Negotiation", "Won", "Lost"]


def pipeline() -> str:
    return f"/settings/pipelines/{steps()[0].pipeline}"


def stage(name: str) -> str:
    return f"/settings/pipelines/stages/{next(step.id for step in steps() if step.name == name)}"


def test_pipelines_show_their_stages_and_their_object(admin: Client) -> None:
    text = admin.get("/settings/pipelines").content.decode()

    assert "Negotiation" in text and "Renewals" in text and "Deals" in text


def test_new_pipeline_begins_without_stages(admin: Client) -> None:
    answer = admin.post("/settings/pipelines/new", {"name": "Partners", "of_object": "deal"})

    page = admin.get(answer.headers["Location"]).content.decode()
    assert "Partners" in page and "No stages yet" in page
    assert "Partners" in admin.get("/settings/pipelines").content.decode()


def test_object_of_a_pipeline_is_a_choice(admin: Client) -> None:
    page = admin.get("/settings/pipelines/new").content.decode()
    assert '<option value="deal">Deals</option>' in page and '<option value="contact"' not in page

    with unchanged():
        answer = admin.post("/settings/pipelines/new", {"name": "X", "of_object": "contact"})
    assert answer.status_code == 422


def test_stage_is_added_before_the_ends(admin: Client) -> None:
    for name, kind in (("Legal", "open"), ("Postponed", "lost")):
        assert admin.post(f"{pipeline()}/stages", {"name": name, "kind": kind}).status_code == 302

    assert names() == [*SALES[:4], "Legal", *SALES[4:], "Postponed"]


def test_stages_are_put_in_order_in_one_batch(admin: Client) -> None:
    asked = [step.id for step in reversed(steps())]

    answer = admin.post(f"{pipeline()}/order", {"order": ",".join(map(str, asked))})

    assert answer.status_code == 204
    assert names() == SALES[::-1]
    assert Change.objects.filter(object="stage", verb="changed").values("batch").distinct().count() == 1


def test_foreign_stages_are_not_put_in_order(admin: Client) -> None:
    foreign = stages.of_object("lead")[0].id

    with unchanged():
        assert admin.post(f"{pipeline()}/order", {"order": f"{foreign}"}).status_code == 400
        assert admin.post(f"{pipeline()}/order", {"order": ""}).status_code == 400


EDITED = {
    "name": "Offer", "kind": "open", "hue": "pink", "probability": "40", "ageing_days": "9",
    "required_fields": ["amount", "close_date"],
}  # fmt: skip


def test_stage_is_edited_with_what_it_requires(admin: Client) -> None:
    to = str(steps()[3].id)
    form = admin.get(stage("Proposal")).content.decode()

    answer = admin.post(stage("Proposal"), EDITED | {"moves": [to]})

    step = steps()[2]
    assert 'value="amount"' in form and "Close date" in form
    assert answer.status_code == 302
    assert (step.name, step.hue, int(step.probability), step.ageing_days) == ("Offer", "pink", 40, 9)
    assert (step.required, step.moves) == (("amount", "close_date"), frozenset({steps()[3].id}))


@pytest.mark.parametrize("wrong", [{"probability": "101"}, {"name": ""}, {"hue": "x"}, {"moves": ["x"]}])
def test_wrong_values_of_a_stage_are_refused(admin: Client, wrong: dict[str, Any]) -> None:
    with unchanged():
        assert admin.post(stage("Proposal"), EDITED | wrong).status_code == 422


def test_pipeline_is_given_to_a_team(staff: Staff, admin: Client) -> None:
    admin.post(pipeline(), {"name": "Sales", "teams": [str(staff.teams[1])]})

    assert steps()[0].teams == {staff.teams[1]}
    assert "South" in admin.get("/settings/pipelines").content.decode()


def deal(staff: Staff, **values: Any) -> Any:
    return changes.create(staff.owner, "deal", {"name": "Robots"} | values, via="test")


def test_retiring_asks_where_the_records_go(staff: Staff, admin: Client) -> None:
    made, address, to = deal(staff), stage("Qualify"), steps()[1]
    asked = admin.get(f"{address}/retire").content.decode()

    answer = admin.post(f"{address}/retire", {"into": str(to.id)}, follow=True)

    assert "1 record stands in it" in asked
    assert "/undo/batch/" in answer.content.decode()
    assert records.visible(staff.owner, "deal").get(made.pk).stage == to.id  # type: ignore[attr-defined]
    assert names() == SALES[1:]


def test_retiring_says_why_records_cannot_go_there(staff: Staff, admin: Client) -> None:
    deal(staff)

    with unchanged():
        answer = admin.post(f"{stage('Qualify')}/retire", {"into": str(steps()[3].id)})

    assert answer.status_code == 422
    assert "Entering the stage Negotiation requires this field." in answer.content.decode()


def test_empty_stage_is_retired_at_once(admin: Client) -> None:
    admin.post(f"{stage('Discovery')}/retire", {"any": "1"})

    assert "Discovery" not in names()


def test_many_records_move_in_the_background(
    staff: Staff, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal(staff)
    monkeypatch.setattr(retire_page, "MANY", 0)

    answer = admin.post(f"{stage('Qualify')}/retire", {"into": str(steps()[1].id)})
    worker.run_pending()

    assert answer.headers["Location"].startswith("/jobs/")
    assert names() == SALES[1:]


def test_pipeline_with_records_is_not_deleted(staff: Staff, admin: Client) -> None:
    made = deal(staff)
    with unchanged():
        answer = admin.post(f"{pipeline()}/delete", follow=True)
        assert "1 records stand there" in answer.content.decode()

    changes.save(staff.owner, made, {"stage": Ref("stage", stages.of_object("deal")[-3].id)}, via="test")
    admin.post(f"{pipeline()}/delete")
    assert steps() == []
