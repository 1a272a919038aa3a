"""A value survives each of its forms: parts, JSON, export, form."""

from typing import Any

from aperto.kernel.fields import Field
from aperto.kernel.viewer import NEUTRAL, Viewer
from tests.kernel.fields.rows import COUNT, keep


def samples(field: Field) -> list[Any]:
    return [field.sample(number) for number in range(COUNT)]


def test_samples_are_clean(field: Field) -> None:
    assert [field.clean(value) for value in samples(field)] == samples(field)


def test_samples_differ(field: Field) -> None:
    few = {"boolean": 2, "select": 4, "rating": 6}

    distinct = {repr(value) for value in samples(field)}

    assert len(distinct) == few.get(field.kind, COUNT)


def test_parts_join_to_the_value(kept: Field) -> None:
    for value in samples(kept):
        parts = kept.split(value)

        assert (len(parts), kept.join(parts)) == (len(kept.parts), value)


def test_empty_has_empty_parts(kept: Field) -> None:
    parts = kept.split(None)

    assert (set(parts), kept.join(parts)) == ({None}, None)


def test_json_form_cleans_to_the_value(field: Field) -> None:
    assert [field.clean(field.to_json(value)) for value in samples(field)] == samples(field)


def test_export_parses_to_the_value(field: Field) -> None:
    assert [field.parse(field.export(value), NEUTRAL) for value in samples(field)] == samples(field)


def test_text_for_editing_of_empty_is_empty(field: Field) -> None:
    assert (field.export(None), field.text(None, Viewer()), field.cell(None, Viewer())) == ("", "", "")
    assert field.clean(None) is None
    assert field.clean("") is None
    assert field.parse("  ", Viewer()) is None


def test_database_returns_the_value(kept: Field, db: None) -> None:
    keep(kept, [*samples(kept), None])

    rows = kept.owner._default_manager.order_by("version")

    assert [kept.get(row) for row in rows] == [*samples(kept), None]


def test_database_returns_the_parts_by_name(kept: Field, db: None) -> None:
    keep(kept, samples(kept))

    if kept.stored == "column":
        rows = kept.owner._default_manager.order_by("version").values_list(*kept.names)
        values = [kept.join(row) for row in rows]
    else:
        holders = kept.owner._default_manager.order_by("version").values_list("custom", flat=True)
        values = [kept.from_json_parts(custom) for custom in holders]

    assert values == samples(kept)


def test_setting_empty_leaves_nothing(kept: Field) -> None:
    row = kept.owner()
    kept.set(row, kept.sample(1))
    kept.set(row, None)

    assert (kept.get(row), row.custom) == (None, {})
