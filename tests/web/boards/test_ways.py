"""What a pipeline does not allow is said by every door, in the same words."""

from typing import Any

import pytest
from django.test import Client

from aperto.kernel import changes, records
from aperto.kernel.fields.base import Ref
from aperto.kernel.pipelines import stages
from tests.api.conftest import ask
from tests.company import Staff
from tests.web.boards.test_board import steps
from tests.web.boards.test_move import move
from tests.web.lists.conftest import HTMX, Browse, deal

__all__ = ["ask"]
SAID = "From Qualify one cannot move to Lost, only to: Discovery."


@pytest.fixture(autouse=True)
def narrow(staff: Staff) -> None:
    """From the first stage records go to the second alone; renewals are for the other team."""
    first, second = steps()[:2]
    row = records.visible(staff.admin, "stage").get(first.id)
    changes.save(staff.admin, row, {"moves": [Ref("stage", second.id)]}, via="test")
    renewals = next(step.pipeline for step in stages.all_steps() if step.pipeline_name == "Renewals")
    row = records.visible(staff.admin, "pipeline").get(renewals)
    changes.save(staff.admin, row, {"teams": [Ref("team", staff.teams[1])]}, via="test")
    stages.forget()


def lost() -> stages.Step:
    return next(step for step in steps() if step.kind == "lost")


def test_board_says_why_a_card_goes_back(staff: Staff, browse: Browse) -> None:
    answer = move(browse("owner"), deal(staff.owner), lost(), version="1")

    assert answer.status_code == 422
    assert SAID in answer.headers["HX-Trigger"] and "<dialog" not in answer.content.decode()


def test_page_offers_only_what_is_next(staff: Staff, browse: Browse) -> None:
    made, client = deal(staff.owner), browse("owner")

    page = client.get(f"/deal/{made.pk}").content.decode()
    said = client.post(f"/deal/{made.pk}/stage/{lost().id}", {"lost_reason": "price"}, headers=HTMX)
    editor = client.get(f"/deal/{made.pk}/field/stage", headers=HTMX).content.decode()

    assert f"/stage/{steps()[1].id}" in page and f"/stage/{lost().id}" not in page
    assert SAID in said.headers["HX-Trigger"]
    assert "Discovery" in editor and "Lost" not in editor and "Renewed" not in editor


def test_api_refuses_with_the_same_words(staff: Staff, ask: Any) -> None:
    made = deal(staff.owner)

    answer = ask("owner").patch(f"/deal/{made.pk}", {"stage": str(lost().id)})

    assert answer.status_code == 422
    assert answer.json()["errors"] == {"stage": [SAID]}


def test_other_teams_do_not_see_the_pipeline(staff: Staff, browse: Browse, ask: Any) -> None:
    def named(client: Client) -> bool:
        return "Renewals" in client.get("/deal/board").content.decode()

    listed = ask("owner").get("/objects/deal").json()["stages"]
    assert (named(browse("owner")), named(browse("outsider"))) == (False, True)
    assert {each["pipeline"] for each in listed} == {"Sales"}
