"""Allowed moves, pipelines of teams, and stages that are retired: held by the one way to write."""

from typing import Any

import pytest

from aperto.kernel import changes, records
from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import Invalid
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.record import Record
from aperto.kernel.pipelines import stages
from aperto.kernel.pipelines.retire import retire
from aperto.kernel.pipelines.stages import Step
from tests.company import Staff
from tests.snapshot import unchanged


def step(name: str) -> Step:
    stages.forget()
    return next(each for each in stages.of_object("deal") if each.name == name)


def deal(actor: Actor, name: str = "Robots", **values: Any) -> Record:
    return changes.create(actor, "deal", {"name": name} | values, via="test")


def standing(staff: Staff, record: Record) -> Any:
    return records.visible(staff.admin, "deal").get(record.pk).stage  # type: ignore[attr-defined]


def put(staff: Staff, record: Record, name: str, actor: Actor | None = None) -> Any:
    return changes.save(actor or staff.owner, record, {"stage": Ref("stage", step(name).id)}, via="test")


def allow(staff: Staff, name: str, *to: str) -> None:
    row = records.visible(staff.admin, "stage").get(step(name).id)
    moves = [Ref("stage", step(each).id) for each in to]
    changes.save(staff.admin, row, {"moves": moves}, via="test")
    stages.forget()


def give(staff: Staff, pipeline: str, team: int) -> None:
    stages.forget()
    key = next(each.pipeline for each in stages.all_steps() if each.pipeline_name == pipeline)
    row = records.visible(staff.admin, "pipeline").get(key)
    changes.save(staff.admin, row, {"teams": [Ref("team", staff.teams[team])]}, via="test")
    stages.forget()


def test_record_moves_only_where_its_stage_leads(staff: Staff) -> None:
    made = deal(staff.owner, amount="5")
    allow(staff, "Qualify", "Discovery")

    with unchanged(), pytest.raises(Invalid, match="From Qualify one cannot move to Proposal, only to: Disc"):
        put(staff, made, "Proposal")

    put(staff, made, "Discovery")
    assert standing(staff, made) == step("Discovery").id


def test_undo_goes_back_where_no_move_leads(staff: Staff) -> None:
    made = deal(staff.owner, amount="5")
    allow(staff, "Discovery", "Proposal")
    outcome = put(staff, made, "Discovery")

    changes.undo(staff.owner, outcome.change, via="test")

    assert standing(staff, made) == step("Qualify").id


def test_pipeline_of_another_team_is_neither_offered_nor_taken(staff: Staff) -> None:
    give(staff, "Renewals", 1)
    made = deal(staff.owner)

    with unchanged(), pytest.raises(Invalid, match="The pipeline Renewals is for other teams"):
        put(staff, made, "Offered")

    names = {who: {each.pipeline_name for each in stages.offered(staff.actor(who), "deal")} for who in WHO}
    assert names == {"owner": {"Sales"}, "outsider": {"Sales", "Renewals"}, "admin": {"Sales", "Renewals"}}


WHO = ("owner", "outsider", "admin")


def test_new_record_begins_in_a_pipeline_of_ones_own(staff: Staff) -> None:
    give(staff, "Sales", 1)

    assert standing(staff, deal(staff.owner)) == step("Due").id

    give(staff, "Renewals", 1)
    with unchanged(), pytest.raises(Invalid, match="All pipelines are for other teams"):
        deal(staff.owner)


def test_stage_with_records_is_not_deleted(staff: Staff) -> None:
    deal(staff.owner)
    row = records.visible(staff.admin, "stage").get(step("Qualify").id)

    with unchanged(), pytest.raises(Invalid, match="1 records stand there"):
        changes.delete(staff.admin, row, via="test")


def test_retired_stage_sends_its_records_elsewhere(staff: Staff) -> None:
    made = [deal(staff.owner, name) for name in ("One", "Two")]
    allow(staff, "Qualify", "Discovery")
    allow(staff, "Discovery", "Qualify")
    batch, old = changes.new_batch(), step("Qualify")

    result = retire(staff.admin, old, step("Negotiation"), via="test", batch=batch)

    assert (result.moved, result.refused, list(result.reasons)) == (
        0, 2, ["Entering the stage Negotiation requires this field."]
    )  # fmt: skip
    assert retire(staff.admin, old, step("Discovery"), via="test", batch=batch).moved == 2
    assert {standing(staff, each) for each in made} == {step("Discovery").id}
    assert "Qualify" not in {each.name for each in stages.of_object("deal")}


def test_one_undo_brings_a_retired_stage_back(staff: Staff) -> None:
    made = deal(staff.owner)
    allow(staff, "Qualify", "Discovery")
    batch, old = changes.new_batch(), step("Qualify")
    retire(staff.admin, old, step("Due"), via="test", batch=batch)

    changes.undo_batch(staff.admin, batch, via="test")

    assert standing(staff, made) == old.id
    assert step("Qualify").moves == {step("Discovery").id}


@pytest.mark.parametrize(
    "values",
    [{"required_fields": ["nonsense"]}, {"required_fields": [3]}, {"required_fields": {"amount": 1}}],
)
def test_stage_asks_only_for_fields_of_its_object(staff: Staff, values: dict[str, Any]) -> None:
    row = records.visible(staff.admin, "stage").get(step("Qualify").id)

    with unchanged(), pytest.raises(Invalid):
        changes.save(staff.admin, row, values, via="test")


def test_stage_leads_only_to_stages_of_its_object(staff: Staff) -> None:
    row = records.visible(staff.admin, "stage").get(step("Qualify").id)
    foreign = Ref("stage", stages.of_object("lead")[0].id)

    with unchanged(), pytest.raises(Invalid):
        changes.save(staff.admin, row, {"moves": [foreign]}, via="test")


def test_pipeline_stays_with_its_object(staff: Staff) -> None:
    row = records.visible(staff.admin, "pipeline").get(step("Qualify").pipeline)

    for key in ("lead", "nonsense", "user"):
        with unchanged(), pytest.raises(Invalid):
            changes.save(staff.admin, row, {"of_object": key}, via="test")
