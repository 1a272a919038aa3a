"""Every kind that sorts does so as Python would, in both storages; the empty ones stand together."""

from typing import Any

from django.db.models import F

from aperto.kernel.fields import Field
from tests.kernel.fields.subjects import subject

BY_TEXT = {"emails", "phones"}


def test_rows_sort_as_in_python(kept: Field, filled: list[Any]) -> None:
    if kept.sort_suffix is None:
        return
    rows = kept.owner._default_manager.order_by(
        F("sorted").asc(nulls_last=True) if False else kept.sql(kept.sort_suffix).asc(nulls_last=True),
        "version",
    )

    found = list(rows.values_list("version", flat=True))

    places = [place for place, value in enumerate(filled) if value is not None]
    expected = sorted(places, key=lambda place: (key(kept, filled[place]), place))
    assert found == [*expected, *(place for place, value in enumerate(filled) if value is None)]


def key(field: Field, value: Any) -> Any:
    if field.kind in BY_TEXT:
        return value[0][field.main].removeprefix("+")  # type: ignore[attr-defined]
    return subject(field, value)
