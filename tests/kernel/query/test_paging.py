"""Pages by key: whatever the sort, the pages together are the whole list, in order, each row once."""

import base64
import contextlib
import json
import random
from typing import Any
from uuid import UUID

import pytest

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import User
from aperto.kernel.access.team import Team
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Ref
from aperto.kernel.folding import fold
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.sorting import is_sortable
from tests.fakes.models import Gadget
from tests.kernel.query.invented import MODELS, keep_all, person

SORTABLE = sorted(key for key, field in Gadget.own_fields.items() if is_sortable(field))
POINTING = {"user", "reference", "multi_reference", "stage", "parent"}
COUNT = 29


def filled(object_key: str, *keys: str, seed: int = 0) -> list[Any]:
    """Records with values of these fields: some absent, many the same."""
    pick = random.Random(seed)
    fields = registry.get(object_key).fields
    samples = {key: [None, None, *(fields[key].sample(number) for number in range(5))] for key in keys}
    return keep_all(object_key, [{key: pick.choice(samples[key]) for key in keys} for _row in range(COUNT)])


def pages(actor: Actor, object_key: str, sort: str, limit: int) -> list[UUID]:
    found: list[UUID] = []
    after: str | None = None
    while True:
        page = records.visible(actor, object_key).page(columns=(), sort=sort, after=after, limit=limit)
        found += [row.id for row in page.rows]
        assert len(page.rows) == limit or page.next is None
        if page.next is None:
            return found
        after = page.next


@pytest.mark.parametrize("direction", ["", "-"])
@pytest.mark.parametrize("object_key", MODELS)
@pytest.mark.parametrize("key", [key for key in SORTABLE if key not in POINTING])
def test_pages_are_the_whole_list(
    db: None, everybody: Actor, object_key: str, key: str, direction: str
) -> None:
    filled(object_key, key)
    whole = records.visible(everybody, object_key).page(columns=(key,), sort=direction + key, limit=500)

    assert pages(everybody, object_key, direction + key, 4) == [row.id for row in whole.rows]
    absent = [row.values[key] is None for row in whole.rows]
    assert absent == sorted(absent)
    assert len(whole.rows) == COUNT


@pytest.mark.parametrize(
    "sort", ["integer", "-integer", "date,-integer", "-decimal,text", "rating,boolean,-date"]
)
@pytest.mark.parametrize("object_key", MODELS)
def test_order_is_that_of_the_values(db: None, everybody: Actor, object_key: str, sort: str) -> None:
    names = [(key.removeprefix("-"), key.startswith("-")) for key in sort.split(",")]
    filled(object_key, *(key for key, _down in names), seed=3)
    rows = (
        records.visible(everybody, object_key)
        .page(columns=[key for key, _down in names], sort=sort, limit=500)
        .rows
    )

    expected = sorted(rows, key=lambda row: row.id, reverse=names[0][1])
    for key, down in reversed(names):
        expected.sort(key=lambda row: _rank(row.values[key], down))

    assert [row.id for row in rows] == [row.id for row in expected]
    for limit in (1, 5, 28, 29, 30):
        assert pages(everybody, object_key, sort, limit) == [row.id for row in rows]


def _rank(value: Any, down: bool) -> tuple[bool, Any]:
    if value is None or isinstance(value, str):
        return value is None, fold(value or "")
    number = float(value.toordinal() if hasattr(value, "toordinal") else value)
    return False, -number if down else number


def test_users_and_teams_sort_by_name(db: None, everybody: Actor) -> None:
    users = [User.objects.create_user(f"{name}@example.com", name=name) for name in ("Zoë", "anna", "Ben")]
    teams = [Team.objects.create(title=name, title_folded=name.lower()) for name in ("West", "East")]
    rows = [{"text": user.name, "owner": user.pk, "team": teams[0].pk} for user in users]
    keep_all("gadget", [*rows, {"text": "nobody's", "team": teams[1].pk}])

    def titles(sort: str) -> list[str]:
        return [row.title for row in records.visible(everybody, "gadget").page(sort=sort).rows]

    assert titles("owner") == ["anna", "Ben", "Zoë", "nobody's"]
    assert titles("-owner") == ["Zoë", "Ben", "anna", "nobody's"]
    assert titles("team,owner") == ["nobody's", "anna", "Ben", "Zoë"]
    assert len(pages(everybody, "gadget", "team,-owner", 1)) == 4


@pytest.mark.parametrize(
    "sort", ["parent", "nonsense", "multi_reference", "json", "text,text", "a" * 500, "-"]
)
def test_other_sorts_are_refused(db: None, everybody: Actor, sort: str) -> None:
    with pytest.raises(FieldError):
        records.visible(everybody, "gadget").page(sort=sort)


def test_rows_that_change_between_pages_do_not_disturb_the_others(db: None, everybody: Actor) -> None:
    made = filled("gadget", "integer")
    first = records.visible(everybody, "gadget").page(sort="integer", limit=10)
    Gadget.objects.filter(pk=first.rows[-1].id).delete()

    rest = records.visible(everybody, "gadget").page(sort="integer", after=first.next, limit=500)

    assert {row.id for row in first.rows} | {row.id for row in rest.rows} == {row.pk for row in made}


def forged(values: list[Any], sort: str = "gadget,integer", key: str = "0" * 32) -> str:
    return base64.urlsafe_b64encode(json.dumps([sort, values, key]).encode()).decode()


@pytest.mark.parametrize(
    "after",
    [
        "x", "é", "\0", "!!!!", "e30", "W10", "a" * 9_000,
        forged(["text"]), forged([2**70]), forged([1.5]), forged([[1]]), forged([True]), forged([]),
        forged([1], sort="gadget,-integer"), forged([1], sort="gizmo,integer"), forged([1], key="no key"),
        forged([{"a": 1}]), forged([1, 2]),
    ],
)  # fmt: skip
def test_cursors_that_do_not_fit_are_refused(db: None, everybody: Actor, after: str) -> None:
    with pytest.raises(FieldError):
        records.visible(everybody, "gadget").page(sort="integer", after=after)


@pytest.mark.parametrize("key", [key for key in SORTABLE if key not in POINTING])
@pytest.mark.parametrize(
    "value", ["\0", "x" * 3_000, 10**40, 1e300, -1, [], {}, "NaN", "Infinity", "9999-99-99"]
)
def test_forged_values_harm_nothing(db: None, everybody: Actor, key: str, value: Any) -> None:
    for object_key in MODELS:
        after = forged([value], sort=f"{object_key},{key}")
        with contextlib.suppress(FieldError):
            records.visible(everybody, object_key).page(sort=key, after=after)


@pytest.mark.parametrize("limit", [0, -1, 501])
def test_limits_are_kept(db: None, everybody: Actor, limit: int) -> None:
    with pytest.raises(FieldError):
        records.visible(everybody, "gadget").page(limit=limit)


def test_iterate_reads_all_in_chunks(db: None, everybody: Actor) -> None:
    made = filled("gadget", "integer", "text")

    rows = list(records.visible(everybody, "gadget").iterate(("text",), chunk=7))

    assert [row.id for row in rows] == sorted(record.pk for record in made)
    by_number = list(records.visible(everybody, "gadget").iterate(("integer",), chunk=7, sort="-integer"))
    assert {row.id for row in by_number} == {record.pk for record in made}


def test_queries_do_not_grow_with_rows(db: None, django_assert_num_queries: Any) -> None:
    users = [User.objects.create_user(f"u{number}@example.com", name=f"U{number}") for number in range(6)]
    parents = keep_all("gadget", [{"text": f"Parent {number}"} for number in range(6)])
    rows = [
        {"text": f"Row {number}", "owner": users[number].pk, "parent": Ref("gadget", parents[number].pk),
         "user": Ref("user", users[-number].pk)}
        for number in range(6)
    ]  # fmt: skip
    actor = person("all")
    for count in (1, 6):
        keep_all("gizmo", rows[:count])
        with django_assert_num_queries(3):
            page = records.visible(actor, "gizmo").page(
                columns=("text", "owner", "user", "parent"), limit=count
            )
        assert len(page.rows) == count
        assert all(row.values["owner"].title and row.values["parent"].title for row in page.rows)
