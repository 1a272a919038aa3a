"""Each pack fits an empty installation, speaks every language, and goes back whole."""

from typing import Any

import pytest

from aperto.crm.setup import prepare
from aperto.kernel import changes
from aperto.kernel.access import roles
from aperto.kernel.access.actor import Actor, system
from aperto.kernel.configuration.apply import apply
from aperto.kernel.configuration.compare import CHANGED, compare
from aperto.kernel.configuration.export import as_yaml
from aperto.packs import packs
from tests.firm import found
from tests.keepsake import kept

LANGUAGES = ("nl", "pt", "fr")


@pytest.fixture
def keeper(db: None) -> Actor:
    prepared()
    return system("test")


@kept
def prepared() -> None:
    found()
    roles.ensure_ready_roles()
    prepare("en")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("key", packs.keys())
def test_pack_is_applied_and_undone_to_the_byte(keeper: Actor, key: str, language: str) -> None:
    before = as_yaml(keeper)
    diff = compare(keeper, packs.get(key, language).document)

    batch = apply(keeper, diff)
    again = compare(keeper, packs.get(key, language).document)
    undone = changes.undo_batch(keeper, batch, "test")

    assert not again, [(item.id, item.differences) for item in again.due]
    assert CHANGED not in {item.verb for item in diff.due}
    assert undone.kept == 0
    assert as_yaml(keeper) == before


@pytest.mark.parametrize("key", packs.keys())
def test_pack_brings_what_a_trade_needs(key: str, db: None) -> None:
    document = packs.get(key, "en").document

    assert 2 <= len(document.of("custom_object")) <= 4
    for section in ("custom_field", "pipeline", "stage", "role", "view"):
        assert document.of(section), section


@pytest.mark.parametrize("key", packs.keys())
def test_every_word_is_said_in_every_language(key: str) -> None:
    parts = dict(packs._read(key))
    known = parts.pop("words")[0].values
    used = {word for part in parts.values() for each in part for word in words(each.values)}

    lacking = {word for word in used if set(known.get(word, ())) != set(LANGUAGES)}
    assert {word for word in lacking if len(word) > 1} == set()
    assert set(known) <= used


def words(value: Any) -> list[str]:
    if isinstance(value, list):
        return [word for each in value for word in words(each)]
    if not isinstance(value, dict):
        return []
    own = [value[key] for key in ("name", "plural", "label", "help") if key in value]
    head = [value["description"]] if "icon" in value and "key" not in value else []
    return own + head + [word for inner in value.values() for word in words(inner)]


def test_unknown_pack_is_missing() -> None:
    from aperto.kernel.errors import Missing

    with pytest.raises(Missing):
        packs.get("../real-estate", "en")
