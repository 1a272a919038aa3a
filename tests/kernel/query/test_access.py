"""Every way to rows is cut by access: nobody reads, counts, sums up, finds or infers what is not theirs."""

from uuid import UUID

import pytest

from aperto.kernel import records
from aperto.kernel.access.actor import ANONYMOUS, Actor
from aperto.kernel.errors import Missing
from aperto.kernel.fields.base import Ref
from aperto.kernel.ids import uuid7
from aperto.kernel.query import search
from tests.kernel.query.invented import NOW, OTHER_TEAM, TEAM, keep, person

ME = uuid7()
OWNER, COLLEAGUE, MANAGER = "own", "team", "all"


@pytest.fixture
def rows(db: None) -> dict[str, UUID]:
    """One of mine, one of my team, one of another team, and one in the bin."""
    return {
        "mine": keep("gadget", text="Secret alpha", integer=1, owner=ME, team=OTHER_TEAM).pk,
        "team": keep("gadget", text="Secret beta", integer=10, owner=uuid7(), team=TEAM).pk,
        "other": keep("gadget", text="Secret gamma", integer=100, owner=uuid7(), team=OTHER_TEAM).pk,
        "binned": keep("gadget", text="Secret delta", integer=1000, owner=ME, team=TEAM, deleted_at=NOW).pk,
    }


REACHES = {
    "own": ["mine"],
    "team": ["mine", "team"],
    "all": ["mine", "other", "team"],
    "none": [],
}


@pytest.fixture(params=REACHES)
def reach(request: pytest.FixtureRequest, rows: dict[str, UUID]) -> tuple[Actor, set[UUID], int]:
    """An actor, the keys of what they may see, and the sum of their numbers."""
    names = REACHES[request.param]
    numbers = {"mine": 1, "team": 10, "other": 100}
    actor = person(request.param, user=ME)
    return actor, {rows[name] for name in names}, sum(numbers[name] for name in names)


def test_page_shows_only_what_is_reached(reach: tuple[Actor, set[UUID], int]) -> None:
    actor, seen, _total = reach

    assert {row.id for row in records.visible(actor, "gadget").page(sort="-updated_at").rows} == seen
    assert {row.id for row in records.visible(actor, "gadget").page(sort="integer").rows} == seen


def test_matching_shows_only_what_is_reached(reach: tuple[Actor, set[UUID], int]) -> None:
    actor, seen, _total = reach

    for text in ("text ~ secret", "integer >= 0", "not (integer = 7)", "text ~ secret or integer = 100"):
        assert {row.id for row in records.visible(actor, "gadget").matching(text).page().rows} == seen


def test_numbers_tell_only_of_what_is_reached(reach: tuple[Actor, set[UUID], int]) -> None:
    actor, seen, total = reach
    selection = records.visible(actor, "gadget")

    assert selection.count().number == len(seen)
    assert selection.exists() == bool(seen)
    assert selection.aggregate([("integer", "sum")])["integer", "sum"] == (total or None)
    assert sum(lane.count for lane in selection.lanes("boolean").values()) == len(seen)


def test_keys_reach_only_what_is_reached(reach: tuple[Actor, set[UUID], int], rows: dict[str, UUID]) -> None:
    actor, seen, _total = reach
    selection = records.visible(actor, "gadget")

    assert set(selection.ids(10)) == seen
    assert {row.id for row in selection.iterate(("text",))} == seen
    assert set(selection.titles(rows.values())) == seen
    assert {row.id for row in selection.only(rows.values()).page().rows} == seen
    for key in rows.values():
        if key in seen:
            assert selection.get(key).pk == key
        else:
            with pytest.raises(Missing):
                selection.get(key)


def test_search_finds_only_what_is_reached(
    reach: tuple[Actor, set[UUID], int], rows: dict[str, UUID]
) -> None:
    actor, seen, _total = reach

    for text in ("secret", "s", "ecre", "secert", "secret a"):
        found = {hit.id for hit in search.find(actor, text, objects=["gadget"])}
        assert found <= seen
        assert found == seen or text == "secret a"


def test_bin_shows_only_what_is_reached(rows: dict[str, UUID]) -> None:
    assert [row.id for row in records.deleted(person("own", user=ME), "gadget").page().rows] == [
        rows["binned"]
    ]
    assert records.deleted(person("own"), "gadget").page().rows == []
    assert records.deleted(person("none"), "gadget").page().rows == []


def test_anonymous_reads_nothing(rows: dict[str, UUID]) -> None:
    assert records.visible(ANONYMOUS, "gadget").count().number == 0
    assert search.find(ANONYMOUS, "secret", objects=["gadget"]) == []


def test_unrestricted_needs_a_reason(rows: dict[str, UUID]) -> None:
    assert records.unrestricted("gadget", reason="a nightly sum").count().number == 3
    with pytest.raises(ValueError):
        records.unrestricted("gadget", reason="")


def test_references_to_hidden_records_have_no_title(rows: dict[str, UUID]) -> None:
    for name in ("mine", "other"):
        keep("gizmo", text=name, parent=Ref("gadget", rows[name]), owner=ME)

    page = records.visible(person("own", user=ME), "gizmo").page(columns=("text", "parent"), sort="text")

    assert [row.values["parent"].title for row in page.rows] == ["Secret alpha", ""]


@pytest.mark.parametrize(
    "text", ["parent.text ~ secret", "parent.integer > 0", "parent ~ secret", 'parent = "Secret alpha"']
)
def test_filters_cannot_ask_about_hidden_references(rows: dict[str, UUID], text: str) -> None:
    mine = keep("gizmo", text="mine", parent=Ref("gadget", rows["mine"]), owner=ME)
    keep("gizmo", text="hidden", parent=Ref("gadget", rows["other"]), owner=ME)

    found = records.visible(person("own", user=ME), "gizmo").matching(text).page().rows

    assert [row.id for row in found] == [mine.pk]


@pytest.mark.parametrize(
    "key", ["", "x", "1" * 40, "../..", "\0", None, 7, {}, "01890000-0000-7000-8000-000000000000"]
)
def test_garbage_keys_are_missing(db: None, everybody: Actor, key: object) -> None:
    with pytest.raises(Missing):
        records.visible(everybody, "gadget").get(key)  # type: ignore[arg-type]


def test_unknown_objects_are_missing(everybody: Actor) -> None:
    with pytest.raises(Missing):
        records.visible(everybody, "nonsense")
