"""Every page serves an object that an administrator made as it serves those in the code."""

from typing import Any

import pytest

from aperto.kernel import changes
from aperto.kernel.fields import KINDS
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from tests.web.office import Office

OPTIONS = [{"key": "gold", "label": "Gold", "labels": {"nl": "Goud"}}, {"key": "silver", "label": "Silver"}]
SETTINGS: dict[str, dict[str, Any]] = {
    "select": {"options": OPTIONS},
    "multi_select": {"options": OPTIONS},
    "reference": {"to": "company"},
    "multi_reference": {"to": ["company", "deal"]},
}
PATHS = "; /rows; /count; /footer; /new; /board; /board/sums; /filter; /import; /export; /{0}; /{0}/edit"


@pytest.fixture
def boat(office: Office) -> Record:
    """A record of an object of one's own, with a field of every kind."""
    switches = {"has_pipeline": True, "number_prefix": "B-"}
    changes.create(
        office.actor(office.admin),
        "custom_object",
        {"name": "Boat", "plural": "Boats"} | switches,
        via="test",
    )
    line = changes.create(
        office.actor(office.admin), "pipeline", {"name": "Build", "of_object": "boat"}, via="test"
    )
    changes.create(
        office.actor(office.admin), "stage", {"name": "Keel", "pipeline": line.pk, "kind": "open"}, via="test"
    )
    for kind in sorted(key for key, kind in KINDS.items() if kind.addable and not kind.derived):
        given = {"name": f"Own {kind}", "key": f"own_{kind}", "kind": kind, "of_object": "boat"}
        changes.create(
            office.actor(office.admin), "custom_field", given | {"settings": SETTINGS.get(kind)}, via="test"
        )
    fields = registry.get("boat").fields
    samples = {
        key: field.to_json(field.clean(field.sample(0)))
        for key, field in fields.items()
        if field.custom and not field.readonly and not list(field.references(field.sample(0)))
    }
    return office.make("boat", name="Zeehond", **{key: value for key, value in samples.items() if value})


@pytest.mark.parametrize("path", PATHS.split("; "))
def test_page_shows_it(office: Office, boat: Record, path: str) -> None:
    answer = office.client().get(f"/boat{path.format(boat.pk)}")

    assert answer.status_code == 200
    assert b"Traceback" not in answer.content


def test_navigation_and_list_name_it(office: Office, boat: Record) -> None:
    page = office.client().get("/boat").content.decode()

    assert 'href="/boat"' in page
    assert "<h1>Boats</h1>" in page or ">Boats<" in page
    assert "Zeehond" in page


def test_every_field_is_edited_in_place(office: Office, boat: Record) -> None:
    client = office.client()

    codes = {
        key: client.get(f"/boat/cell/{boat.pk}/{key}").status_code
        for key, field in registry.get("boat").fields.items()
        if field.custom and not field.readonly
    }

    assert {key for key, code in codes.items() if code != 200} == set()
