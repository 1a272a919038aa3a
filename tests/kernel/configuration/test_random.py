"""Random shapes: what one installation writes, an empty one takes and writes again to the byte."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aperto.kernel.access.actor import Actor
from aperto.kernel.configuration.apply import apply
from aperto.kernel.configuration.compare import compare
from aperto.kernel.configuration.document import Document, Entry
from aperto.kernel.configuration.export import as_yaml
from aperto.kernel.configuration.sections import sections
from aperto.kernel.configuration.understand import understand
from aperto.kernel.configuration.writing import write
from aperto.kernel.pipelines import stages
from aperto.kernel.shape import current

KEYS = st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=4, unique=True)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), min_size=1, max_size=20
).map(lambda text: " ".join(text.split()) or "–")
KINDS = {"text": {}, "integer": {"minimum": 3}, "boolean": {}, "date": {}, "decimal": {"digits": 2}}
type Row = dict[str, Any]


@st.composite
def shapes(draw: st.DrawFn) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {"custom_object": [], "custom_field": [], "pipeline": [], "stage": []}
    rows["team"] = [{"name": f"Team {key}", "description": draw(WORDS)} for key in draw(KEYS)]
    for key in draw(KEYS):
        name = f"own_{key}"
        rows["custom_object"].append(
            {"key": name, "name": draw(WORDS), "plural": draw(WORDS), "labels": {"nl": draw(WORDS)}}
            | {"description": draw(WORDS), "has_pipeline": True, "has_files": draw(st.booleans())}
        )
        for place, field in enumerate(draw(KEYS)):
            kind = draw(st.sampled_from(sorted(KINDS)))
            own: Row = {"of_object": name, "key": f"f_{field}", "name": draw(WORDS), "kind": kind}
            rows["custom_field"].append(
                own | {"settings": KINDS[kind], "position": place, "help": draw(WORDS)}
            )
        rows["pipeline"].append({"of_object": name, "name": draw(WORDS)})
    return rows


def file_of(rows: dict[str, list[Row]]) -> str:
    entries = tuple(Entry(key, "", row) for key, found in rows.items() for row in found)
    return write(Document(entries), [(key, key, False) for key in sections()])


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=shapes())
def test_a_random_shape_arrives_whole(keeper: Actor, rows: dict[str, list[Row]]) -> None:
    said, written = file_of(rows), []
    for _turn in range(2):
        with transaction.atomic():
            apply(keeper, compare(keeper, understand(said)))
            written.append(as_yaml(keeper))
            said = written[-1]
            assert not compare(keeper, understand(said), remove=True)
            transaction.set_rollback(True)
        current.refresh()
        stages.forget()

    assert written[0] == written[1]


@pytest.fixture(autouse=True)
def forgotten() -> Any:
    yield
    stages.forget()
