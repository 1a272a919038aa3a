"""A card moved: rights, what a lane asks for, conflicts, and the fragments that answer."""

import json
from typing import Any

import pytest
from django.test import Client

from aperto.kernel import changes
from aperto.kernel.access.actor import Actor
from aperto.kernel.objects.record import Record
from aperto.kernel.pipelines import stages
from aperto.kernel.records import visible
from tests.company import Staff
from tests.web.boards.test_board import euros, steps
from tests.web.lists.conftest import HTMX, Browse, deal


def move(client: Client, record: Record, step: stages.Step, **sent: Any) -> Any:
    return client.post(
        f"/deal/board/move/{record.pk}", {"lane": str(step.id), "before": "", **sent}, headers=HTMX
    )


def stage(actor: Actor, record: Record) -> Any:
    [row] = visible(actor, "deal").only([record.pk]).page(columns=["stage"]).rows
    return row.values["stage"].id


def lost() -> stages.Step:
    return next(step for step in steps() if step.kind == "lost")


def test_a_move_writes_and_answers_the_card_and_the_heads(staff: Staff, browse: Browse) -> None:
    first, second = steps()[:2]
    record = deal(staff.owner, stage=first.id, amount=euros(700))

    answer = move(browse("colleague"), record, second, version="1")

    html = answer.content.decode()
    assert answer.status_code == 200
    assert answer.headers["Aperto-Version"] == "2"
    assert stage(staff.owner, record) == second.id
    assert f'id="card-{record.pk}"' in html and html.count('hx-swap-oob="true"') == len(steps()) + 2
    head = html.partition(f'id="lane-{second.id}"')[2].partition("</header>")[0]
    assert "700,00" in head


def test_required_fields_are_asked_and_the_move_goes_on(staff: Staff, browse: Browse) -> None:
    record, client = deal(staff.owner), browse("owner")

    asked = move(client, record, lost(), version="1")

    html = asked.content.decode()
    assert asked.status_code == 422
    assert "<dialog" in html and 'name="lost_reason"' in html and 'name="asked" value="lost_reason"' in html
    assert f'name="lane" value="{lost().id}"' in html
    assert stage(staff.owner, record) == steps()[0].id

    empty = move(client, record, lost(), version="1", asked="lost_reason", lost_reason="")
    assert empty.status_code == 422 and 'name="lost_reason"' in empty.content.decode()

    answer = move(client, record, lost(), version="1", asked="lost_reason", lost_reason="price")
    assert answer.status_code == 200
    assert stage(staff.owner, record) == lost().id
    events = json.loads(answer.headers["HX-Trigger"])
    assert events["dialog:close"] is True

    undone = client.post(events["toast"]["undo"], headers=HTMX)
    assert "Undone." in undone.headers["HX-Trigger"], undone.headers["HX-Trigger"]
    assert stage(staff.owner, record) == steps()[0].id


def test_a_wrong_answer_is_explained_and_kept(staff: Staff, browse: Browse) -> None:
    record = deal(staff.owner)

    answer = move(browse("owner"), record, lost(), asked="lost_reason", lost_reason="nonsense")

    assert answer.status_code == 422
    assert "not one of the choices" in answer.content.decode()
    assert stage(staff.owner, record) == steps()[0].id


def test_somebody_who_was_faster_is_not_overwritten(staff: Staff, browse: Browse) -> None:
    first, second, third = steps()[:3]
    record = deal(staff.owner, stage=first.id, amount=euros(5))
    changes.save(staff.actor("colleague"), record, {"stage": third.id}, via="test")

    answer = move(browse("owner"), record, second, version="1")

    assert answer.status_code == 409
    assert "<dialog" in answer.content.decode()
    assert third.name in answer.content.decode()
    assert stage(staff.owner, record) == third.id


@pytest.mark.parametrize(("who", "status"), [("outsider", 404), ("reader", 403), ("anonymous", 401)])
def test_others_move_nothing(staff: Staff, browse: Browse, who: str, status: int) -> None:
    record = deal(staff.owner)

    assert move(browse(who), record, steps()[1]).status_code == status
    assert stage(staff.owner, record) == steps()[0].id


def test_a_lane_of_something_else_is_not_there(staff: Staff, browse: Browse) -> None:
    record = deal(staff.owner)
    foreign = stages.of_object("lead")[0]

    assert move(browse("owner"), record, foreign).status_code == 404
    assert stage(staff.owner, record) == steps()[0].id
