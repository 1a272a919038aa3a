"""Roles, views and settings go back with their batch, unless somebody changed them since."""

import pytest

from aperto.kernel import changes
from aperto.kernel.access import organisation, roles
from aperto.kernel.access.actor import Actor
from aperto.kernel.configuration.apply import apply
from aperto.kernel.configuration.compare import compare
from aperto.kernel.configuration.export import as_yaml
from aperto.kernel.configuration.understand import understand
from tests.firm import user

FIRST = """aperto: 1
role: [{name: Clerk, grants: {contact: {read: all}}}]
view: [{of_object: contact, name: Mine, filter: owner = me, is_default: true}]
"""
SECOND = """aperto: 1
organisation: {zone: Europe/Lisbon}
role: [{name: Clerk, grants: {contact: {read: team}}, field_rights: {contact: {phones: hidden}}}]
view: [{of_object: contact, name: All, is_default: true}]
"""


@pytest.fixture(autouse=True)
def administrator(keeper: Actor) -> None:
    user("ana@example.org", "administrator")


def test_changes_and_removals_go_back(keeper: Actor) -> None:
    apply(keeper, compare(keeper, understand(FIRST)))
    before = as_yaml(keeper)
    changed = apply(keeper, compare(keeper, understand(SECOND)))
    removed = apply(keeper, compare(keeper, understand("aperto: 1\n"), remove=True))

    assert "Clerk" not in as_yaml(keeper)
    for batch in (removed, changed):
        assert changes.undo_batch(keeper, batch, "test").kept == 0

    assert as_yaml(keeper) == before


def test_what_was_changed_since_is_kept(keeper: Actor) -> None:
    apply(keeper, compare(keeper, understand(FIRST)))
    batch = apply(keeper, compare(keeper, understand(SECOND)))
    [clerk] = [role for role in roles.everything() if role.name == "Clerk"]
    roles.edit(keeper, clerk, grants={"contact": {"read": "own"}})

    undone = changes.undo_batch(keeper, batch, "test")

    assert undone.kept == 1
    assert roles.get(clerk.pk).grants == {"contact": {"read": "own"}}
    organisation.forget()
    assert organisation.current().zone == "Europe/Amsterdam"
