"""A field's kind is changed: what fits converts, what does not is kept, and one undo returns all."""

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from aperto.kernel import changes, files, records
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Invalid, Refused
from aperto.kernel.fields import Field
from aperto.kernel.fields.base import Ref
from aperto.kernel.ids import uuid7
from aperto.kernel.jobs import worker
from aperto.kernel.objects.registry import registry
from aperto.kernel.shape.change_kind import carry_out
from aperto.kernel.shape.change_kind.preview import lines, preview
from aperto.kernel.shape.change_kind.proposal import propose
from aperto.kernel.shape.change_kind.ways import WAYS
from aperto.web.records.diffs import told_of
from tests.company import Staff
from tests.kernel.shape.test_fields import SETTINGS, add
from tests.snapshot import unchanged
from tests.web.files.test_files import PNG

ORIGINS = sorted({origin for origin, _to in WAYS})
NEEDED = {**SETTINGS, "reference": {"to": "company"}, "multi_reference": {"to": ["company"]}}
WORDS = (
    "12",
    "€ 1.234,50",
    "2026-11-24",
    "14:30",
    "yes",
    "jo@example.com",
    "Acme",
    "Gold",
    "https://a.example",
)


def own(staff: Staff) -> None:
    changes.create(staff.admin, "custom_object", {"name": "Boat", "has_activities": False}, via="test")


def value(staff: Staff, field: Field, n: int) -> Any:
    """A sample whose record exists; texts that other kinds read."""
    if field.kind in ("reference", "multi_reference"):
        ref = Ref("company", companies(staff)[n].pk)
        return ref if field.kind == "reference" else companies_of(staff, n)
    if field.kind == "user":
        return Ref("user", staff.users["owner"].pk)
    if field.kind == "image":
        return picture(staff)
    return WORDS[n % len(WORDS)] if field.kind == "text" else field.clean(field.sample(n))


def picture(staff: Staff) -> Ref:
    stored = files.store(staff.admin, SimpleUploadedFile("a.png", PNG, "image/png"))
    return Ref("stored_file", stored.pk, stored.name)


def companies(staff: Staff) -> list[Any]:
    if not hasattr(staff, "firms"):
        names = ("Acme", "Bolt", "Clay")
        made = [changes.create(staff.owner, "company", {"name": name}, via="test") for name in names]
        object.__setattr__(staff, "firms", made)
    firms: list[Any] = staff.firms  # type: ignore[attr-defined]  # kept there for one test
    return firms


def companies_of(staff: Staff, n: int) -> list[Ref]:
    return [Ref("company", each.pk) for each in companies(staff)[: n + 1]]


def filled(staff: Staff, object_key: str, kind: str, count: int = 3) -> list[UUID]:
    """Records with a value of this kind in a field of their own."""
    field = registry.get(object_key).fields["extra"]
    name = "last_name" if object_key == "contact" else "name"
    made = []
    for n in range(count):
        given = {} if field.readonly else {"extra": value(staff, field, n)}
        made.append(changes.create(staff.admin, object_key, {name: f"No {n}", **given}, via="test").pk)
    return made


def held(staff: Staff, object_key: str) -> dict[UUID, Any]:
    rows = records.visible(staff.admin, object_key).iterate(["extra"])
    field = registry.get(object_key).fields["extra"]
    values = {row.id: row.values["extra"] for row in rows}
    return {id: None if each in (None, []) else field.to_json(each) for id, each in values.items()}


PLACES = [("boat", origin, 99) for origin in ORIGINS]
PLACES += [("contact", origin, 1) for origin in ("text", "money", "multi_reference", "select", "datetime")]


@pytest.mark.parametrize(("object_key", "origin", "most"), PLACES)
def test_nothing_is_lost_and_undo_returns_all(staff: Staff, object_key: str, origin: str, most: int) -> None:
    own(staff)
    add(staff, "Extra", origin, of=object_key)
    filled(staff, object_key, origin)
    before = held(staff, object_key)

    for target in [to for one, to in WAYS if one == origin][:most]:
        proposal, batch = propose(staff.admin, object_key, "extra", target, NEEDED.get(target)), uuid7()
        seen = preview(staff.admin, proposal)
        carry_out.change_kind(staff.admin, proposal, False, batch)
        after = held(staff, object_key)
        assert registry.get(object_key).fields["extra"].kind == target
        assert counted(before, after) == (seen.holding, seen.converting)
        told(staff, object_key)
        undone = changes.undo_batch(staff.admin, batch, via="undo")
        assert (held(staff, object_key), undone.kept) == (before, 0), target


def counted(*held: dict[UUID, Any]) -> tuple[int, ...]:
    return tuple(sum(value is not None for value in each.values()) for each in held)


def told(staff: Staff, object_key: str) -> None:
    """History is told of values of any former kind."""
    field = registry.get(object_key).fields["extra"]
    for change in Change.objects.filter(object=object_key):
        for pair in [change.diff["extra"]] if "extra" in change.diff else []:
            assert [told_of(field, each) is None for each in pair] == [each is None for each in pair]


def change(staff: Staff, kind: str, keep: bool = True, **settings: Any) -> UUID:
    batch = uuid7()
    proposal = propose(staff.admin, "boat", "extra", kind, settings)
    carry_out.change_kind(staff.admin, proposal, keep, batch)
    return batch


@pytest.fixture
def boats(staff: Staff) -> list[UUID]:
    """Three boats with texts: a number, an amount, a date."""
    own(staff)
    add(staff, "Extra", "text", of="boat", searchable=True)
    return filled(staff, "boat", "text")


def test_what_does_not_convert_is_kept_in_a_retired_field_and_in_a_file(
    staff: Staff, boats: list[UUID]
) -> None:
    proposal = propose(staff.admin, "boat", "extra", "integer")
    [*refused] = lines(staff.admin, proposal)
    change(staff, "integer")

    [old] = records.deleted(staff.admin, "custom_field").iterate(["name", "kind"])
    changes.restore(staff.admin, "custom_field", old.id, via="test")
    values = records.visible(staff.admin, "boat").iterate(["extra", "extra_old"])
    assert [(row.values["extra"], row.values["extra_old"]) for row in values] == [
        (12, "12"), (None, "€ 1.234,50"), (None, "2026-11-24"),
    ]  # fmt: skip
    assert [line[:3] for line in refused] == [
        (str(boats[1]), "No 1", "€ 1.234,50"), (str(boats[2]), "No 2", "2026-11-24"),
    ]  # fmt: skip


def test_what_was_typed_since_goes_back_with_the_kind(staff: Staff, boats: list[UUID]) -> None:
    batch = change(staff, "integer")
    row = records.visible(staff.admin, "boat").get(boats[2])
    changes.save(staff.admin, row, {"extra": 77}, via="test")

    changes.undo_batch(staff.admin, batch, via="undo")

    assert list(held(staff, "boat").values()) == ["12", "€ 1.234,50", "77"]


def test_options_are_made_of_the_texts_that_stand_there(staff: Staff, boats: list[UUID]) -> None:
    row = records.visible(staff.admin, "boat").get(boats[2])
    changes.save(staff.admin, row, {"extra": " 12"}, via="test")

    change(staff, "select")

    field: Any = registry.get("boat").fields["extra"]
    assert [str(option.label) for option in field.options] == ["12", "€ 1.234,50"]
    assert [field.text(each, staff.admin.viewer) for each in held(staff, "boat").values()] == [
        "12", "€ 1.234,50", "12",
    ]  # fmt: skip


def test_many_are_converted_by_a_job_that_undo_takes_back(
    staff: Staff, boats: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carry_out, "FEW", 1)
    batch = uuid7()
    job = carry_out.change_kind(staff.admin, propose(staff.admin, "boat", "extra", "integer"), True, batch)
    assert registry.get("boat").fields["extra"].kind == "text"

    worker.run_pending()
    found = [row.id for row in records.visible(staff.admin, "boat").matching("extra > 3").iterate([])]
    before = Change.objects.filter(record=boats[1], verb="converted").count()
    changes.undo_batch(staff.admin, batch, via="undo")
    worker.run_pending()

    assert (job is not None, found, before) == (True, [boats[0]], 1)
    assert list(held(staff, "boat").values()) == ["12", "€ 1.234,50", "2026-11-24"]


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("formula", {"settings": {"expression": "extra + 1"}}),
        ("text", {"shown_when": "extra > 3"}),
        ("roll_up", {"settings": {"of": "boat", "by": "owned", "total": "sum", "field": "extra"}}),
    ],
)
def test_what_relies_on_the_kind_refuses_the_change(staff: Staff, kind: str, field: dict[str, Any]) -> None:
    own(staff)
    add(staff, "Extra", "integer", of="boat")
    add(staff, "Owned", "reference", of="boat", settings={"to": "company"})
    add(staff, "Other", kind, of="company" if kind == "roll_up" else "boat", **field)

    with pytest.raises(Invalid) as refused, unchanged():
        change(staff, "text")

    assert "Other" in str(refused.value.errors["kind"])


def test_only_administrators_change_kinds_and_only_by_the_verb(staff: Staff, boats: list[UUID]) -> None:
    row = records.visible(staff.admin, "custom_field").get(
        records.visible(staff.admin, "custom_field").ids(1)[0]
    )
    with pytest.raises(Refused), unchanged():
        propose(staff.owner, "boat", "extra", "integer")
    for values in ({"kind": "integer"}, {"slot": "name"}):
        with pytest.raises(Invalid), unchanged():
            changes.save(staff.admin, row, values, via="api")
    with pytest.raises(Invalid):
        propose(staff.admin, "boat", "extra", "stage")
    with pytest.raises(Invalid):
        propose(staff.admin, "boat", "extra", "integer", {"minimum": "x"})
