"""Values that are not stored yet are judged as stored ones are filtered."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.judge import judged
from aperto.kernel.query.parse import parse
from tests.kernel.query import invented

pytestmark = pytest.mark.django_db
VALUES: dict[str, Any] = {
    "text": "Rotterdam Zuid", "integer": 12, "decimal": Decimal("12.50"), "select": "red", "boolean": True,
    "multi_select": ["red", "blue"], "date": date(2026, 3, 18), "rating": 4,
}  # fmt: skip
FILTERS = (
    "text ~ zuid", "text = \"rotterdam zuid\"", "text is empty", "integer > 12", "integer >= 12",
    "decimal = 12.5",
    "select in (red, blue)", "select != red", "boolean = yes", "boolean = no", "multi_select in (blue)",
    "date < 2026-04-01",
    "date is filled and rating = 4", "rating < 3 or text ^ rot", "long_text is empty", "time is filled",
)  # fmt: skip


@pytest.mark.parametrize("object_key", ["gadget", "gizmo"])
def test_judgement_agrees_with_the_list(object_key: str, everybody: Actor) -> None:
    record = invented.keep(object_key, **VALUES)
    filters = [parse(text) for text in FILTERS]

    answers = judged(registry.get(object_key), uuid7(), VALUES, [each for each in filters if each], everybody)

    mine = records.visible(everybody, object_key).only([record.pk])
    listed = [mine.matching(text).exists() for text in FILTERS]
    assert dict(zip(FILTERS, answers, strict=True)) == dict(zip(FILTERS, listed, strict=True))
    assert True in answers
    assert False in answers
