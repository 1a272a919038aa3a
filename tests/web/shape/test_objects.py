"""Settings → Objects: words, looks and switches; nothing that was kept is lost."""

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from aperto.kernel import changes, records
from aperto.kernel.fields.base import text_of
from aperto.kernel.objects.registry import registry
from tests.company import Staff
from tests.snapshot import unchanged

BOAT = {"name": "Boat", "plural": "Boats", "icon": "world", "hue": "teal", "number_prefix": "B-"}
SWITCHES = {"has_pipeline": "on", "has_files": "on"}
WORDS = {"label_nl": "Boot", "plural_nl": "Boten"}


def make(admin: Client, **given: str) -> Any:
    return admin.post("/settings/objects/new", BOAT | SWITCHES | WORDS | given)


def test_objects_are_listed_with_fields_and_records(staff: Staff, admin: Client) -> None:
    changes.create(staff.owner, "company", {"name": "Nordwijk"}, via="test")

    text = admin.get("/settings/objects").content.decode()

    assert (
        "Companies" in text and "1 records" in text and f"{len(registry.get('deal').fields)} fields" in text
    )
    assert "Pipelines</strong>" not in text


def test_new_object_is_in_the_navigation_at_once(admin: Client) -> None:
    answer = make(admin)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/settings/objects/boat/fields")
    made = registry.get("boat")
    assert (made.icon, made.hue, made.path, "number" in made.fields) == ("world", "teal", "stage", True)
    assert "last_activity" not in made.fields
    with override("nl"):
        assert (text_of(made.label), text_of(made.plural)) == ("Boot", "Boten")
    assert 'href="/boat"' in admin.get("/").content.decode()


@pytest.mark.parametrize("given", [{"name": ""}, {"name": "Deal"}, {"name": "Search"}, {"icon": "nonsense"}])
def test_refused_object_keeps_what_was_typed(admin: Client, given: dict[str, str]) -> None:
    with unchanged():
        answer = make(admin, **given)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="B-"' in page and 'value="Boten"' in page and "field-error" in page


def test_preview_shows_what_is_typed_and_writes_nothing(admin: Client) -> None:
    with unchanged():
        answer = admin.post("/settings/objects/preview", {"name": "Boat", "plural": "<Boats>", "icon": "x"})

    text = answer.content.decode()
    assert "&lt;Boats&gt;" in text and "<html" not in text


def test_deal_is_called_otherwise_and_reset(admin: Client) -> None:
    words = {"name": "Opportunity", "plural": "Opportunities", "label_fr": "Occasion"}

    assert admin.post("/settings/objects/deal/words", words).status_code == 302
    assert text_of(registry.get("deal").plural) == "Opportunities"
    with override("fr"):
        assert text_of(registry.get("deal").label) == "Occasion"
    form = admin.get("/settings/objects/deal/words").content.decode()
    assert 'value="Occasion"' in form and 'value="Opportunity"' in form and "icon-grid" not in form
    admin.post("/settings/objects/deal/retire")

    assert text_of(registry.get("deal").plural) == "Deals"


def test_hiding_keeps_the_words_of_each_language(admin: Client) -> None:
    admin.post("/settings/objects/deal/switch")

    assert registry.get("deal").group == ""
    assert 'data-go="d"' not in admin.get("/").content.decode()
    with override("nl"):
        assert text_of(registry.get("deal").plural) == text_of(registry.declared["deal"].plural)
    admin.post("/settings/objects/deal/switch")
    assert registry.get("deal").group == "records"


def test_retired_object_comes_back_with_its_records(staff: Staff, admin: Client) -> None:
    make(admin)
    kept = changes.create(staff.owner, "boat", {"name": "Zeehond"}, via="test")

    admin.post("/settings/objects/boat/retire")
    assert "boat" not in registry
    assert "Boats" in admin.get("/settings/objects").content.decode()
    admin.post("/settings/objects/boat/restore")

    assert records.visible(staff.owner, "boat").get(kept.pk).title == "Zeehond"


def test_what_arranges_the_product_is_not_reshaped(admin: Client) -> None:
    with unchanged():
        assert admin.post("/settings/objects/pipeline/switch").status_code == 404
        assert admin.get("/settings/objects/stage/words").status_code == 404
