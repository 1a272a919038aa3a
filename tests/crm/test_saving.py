"""The one way to write: what it keeps, what it refuses, and that a refusal leaves no trace."""

from typing import Any

import pytest

from aperto.kernel import changes, records
from aperto.kernel.access.actor import ANONYMOUS
from aperto.kernel.changes import Draft
from aperto.kernel.changes.models import Change, MatchKey, Timeline, UniqueValue
from aperto.kernel.errors import Conflict, Invalid, Missing, Refused
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.record import Record
from tests.company import Staff
from tests.snapshot import unchanged


def contact(staff: Staff, who: str = "owner", **values: Any) -> Record:
    given = {"first_name": "Marieke", "last_name": "van Dijk"} | values
    return changes.create(staff.actor(who), "contact", given, via="test")


def again(staff: Staff, record: Record) -> Any:
    return records.visible(staff.admin, record.declares.key).get(record.pk)


def test_create_keeps_values_owner_team_and_title(staff: Staff) -> None:
    made = again(staff, contact(staff, emails=[{"address": "Marieke@VanDijk.example"}]))

    assert made.title == "Marieke van Dijk"
    assert made.emails[0]["address"] == "Marieke@vandijk.example"
    assert (made.owner, made.team) == (staff.users["owner"].pk, staff.teams[0])
    assert (made.version, made.created_by) == (1, staff.users["owner"].pk)


def test_create_leaves_history_and_timeline(staff: Staff) -> None:
    made = contact(staff)

    [change] = Change.objects.filter(record=made.pk)
    assert (change.verb, change.via, change.actor) == ("created", "test", staff.users["owner"].pk)
    assert change.diff["last_name"] == [None, "van Dijk"]
    assert Timeline.objects.filter(record=made.pk, reference=change.pk, kind="change").count() == 1


def test_save_keeps_only_what_differs(staff: Staff) -> None:
    made = contact(staff)

    outcome = changes.save(staff.owner, made, {"first_name": "Marieke", "job_title": "Buyer"}, via="test")

    assert outcome.change is not None
    assert outcome.change.diff == {"job_title": [None, "Buyer"]}
    assert again(staff, made).version == 2


def test_save_of_equal_values_writes_nothing(staff: Staff) -> None:
    made = contact(staff)

    with unchanged():
        outcome = changes.save(staff.owner, made, {"first_name": "Marieke"}, via="test")

    assert outcome.change is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"last_name": "", "first_name": None}, "first_name"),
        ({"nonsense": "1"}, "nonsense"),
        ({"version": 7}, "version"),
        ({"created_by": None}, "created_by"),
        ({"title": "Other"}, "title"),
        ({"emails": [{"address": "no address"}]}, "emails"),
        ({"first_name": "a\0b"}, "first_name"),
        ({"company": "01890000-0000-7000-8000-000000000000"}, "company"),
        ({"birthday": "31 February"}, "birthday"),
    ],
)
def test_save_refuses_by_field_and_changes_nothing(staff: Staff, values: dict[str, Any], field: str) -> None:
    made = contact(staff)

    with unchanged(), pytest.raises(Invalid) as refusal:
        changes.save(staff.owner, made, values, via="test")

    assert set(refusal.value.errors) == {field}


@pytest.mark.parametrize(
    ("who", "error"), [("outsider", Missing), ("reader", Refused), ("anonymous", Missing)]
)
def test_save_is_closed_to_others(staff: Staff, who: str, error: type[Exception]) -> None:
    made = contact(staff)

    with unchanged(), pytest.raises(error):
        changes.save(staff.actor(who), made, {"job_title": "Buyer"}, via="test")


@pytest.mark.parametrize("who", ["owner", "colleague", "manager", "admin"])
def test_save_is_open_to_team_and_above(staff: Staff, who: str) -> None:
    made = contact(staff)

    changes.save(staff.actor(who), made, {"job_title": "Buyer"}, via="test")

    assert again(staff, made).job_title == "Buyer"


@pytest.mark.parametrize("who", ["reader", "anonymous"])
def test_create_is_closed_to_whoever_may_not(staff: Staff, who: str) -> None:
    with unchanged(), pytest.raises(Refused):
        contact(staff, who)


def test_reference_to_an_invisible_record_is_refused(staff: Staff) -> None:
    hidden = changes.create(staff.actor("manager"), "company", {"name": "Hidden"}, via="test")

    with unchanged(), pytest.raises(Invalid) as refusal:
        contact(staff, company=Ref("company", hidden.pk))

    assert set(refusal.value.errors) == {"company"}


def test_record_cannot_be_given_to_another_team(staff: Staff) -> None:
    made = contact(staff)

    with unchanged(), pytest.raises(Invalid) as refusal:
        changes.save(staff.owner, made, {"owner": staff.users["outsider"].pk}, via="test")

    assert set(refusal.value.errors) == {"owner"}


def test_stale_version_conflicts_on_the_same_field(staff: Staff) -> None:
    made = contact(staff)
    changes.save(staff.actor("colleague"), made, {"job_title": "Director"}, via="test")

    with unchanged(), pytest.raises(Conflict) as conflict:
        changes.save(staff.owner, made, {"job_title": "Buyer"}, via="test", if_version=1)

    assert conflict.value.theirs == {"job_title": "Director"}
    assert conflict.value.mine == {"job_title": "Buyer"}


def test_stale_version_merges_other_fields(staff: Staff) -> None:
    made = contact(staff)
    changes.save(staff.actor("colleague"), made, {"job_title": "Director"}, via="test")

    changes.save(staff.owner, made, {"department": "Board"}, via="test", if_version=1)

    assert (again(staff, made).job_title, again(staff, made).department) == ("Director", "Board")


def test_unique_value_is_held_by_one_record(staff: Staff) -> None:
    contact(staff, external_id="A-1")

    with unchanged(), pytest.raises(Invalid) as refusal:
        contact(staff, external_id="a-1")

    assert set(refusal.value.errors) == {"external_id"}


def test_unique_value_is_released_by_deletion_and_blocks_return(staff: Staff) -> None:
    first = contact(staff, external_id="A-1")
    changes.delete(staff.owner, first, via="test")
    contact(staff, external_id="A-1")

    with unchanged(), pytest.raises(Invalid):
        changes.restore(staff.owner, "contact", first.pk, via="test")


def test_two_equal_unique_values_in_one_batch_are_refused_once(staff: Staff) -> None:
    drafts = [Draft({"last_name": name, "external_id": "A-1"}) for name in ("One", "Two")]

    outcomes = changes.save_many(staff.owner, "contact", drafts, via="test")

    assert [outcome.error is None for outcome in outcomes] == [True, False]
    assert UniqueValue.objects.filter(object="contact").count() == 1


def test_batch_keeps_the_good_and_tells_of_the_bad(staff: Staff) -> None:
    drafts = [Draft({"last_name": "Good"}), Draft({"job_title": "Nobody"})]

    good, bad = changes.save_many(staff.owner, "contact", drafts, via="test")

    assert good.record is not None
    assert isinstance(bad.error, Invalid)
    assert Change.objects.filter(object="contact").count() == 1


def test_match_keys_follow_the_values(staff: Staff) -> None:
    made = contact(staff, emails=[{"address": "a@one.example"}, {"address": "b@two.example"}])

    changes.save(staff.owner, made, {"emails": [{"address": "b@two.example"}]}, via="test")

    held = MatchKey.objects.filter(record=made.pk, field="emails").values_list("value", flat=True)
    assert list(held) == ["b@two.example"]


def test_delete_moves_to_the_bin_and_restore_returns(staff: Staff) -> None:
    made = contact(staff)

    changes.delete(staff.owner, made, via="test")

    with pytest.raises(Missing):
        records.visible(staff.owner, "contact").get(made.pk)
    assert records.deleted(staff.owner, "contact").get(made.pk).pk == made.pk
    changes.restore(staff.owner, "contact", made.pk, via="test")
    assert records.visible(staff.owner, "contact").get(made.pk).version == 3


def test_delete_needs_its_own_right(staff: Staff) -> None:
    made = contact(staff)

    with unchanged(), pytest.raises(Refused):
        changes.delete(staff.actor("colleague"), made, via="test")


def test_anonymous_sees_nothing(staff: Staff) -> None:
    made = contact(staff)

    assert not records.visible(ANONYMOUS, "contact").exists()
    with pytest.raises(Missing):
        records.visible(ANONYMOUS, "contact").get(made.pk)
