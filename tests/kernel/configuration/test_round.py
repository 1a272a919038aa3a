"""A configuration leaves one installation and arrives in another; and all of it goes back."""

import pytest

from aperto.kernel import changes
from aperto.kernel.access.actor import Actor
from aperto.kernel.configuration.apply import apply, rehearse
from aperto.kernel.configuration.compare import KEPT, compare
from aperto.kernel.configuration.document import Unfit
from aperto.kernel.configuration.export import as_yaml
from aperto.kernel.configuration.understand import understand

SHAPED = """
aperto: 1
organisation: {currency: SEK}
team:
- {name: North, parent: Whole}
- {name: Whole}
custom_object:
- {key: vessel, name: Vessel, plural: Vessels, title_pattern: "{name} {flag}", has_pipeline: true}
- {key: adviser, name: Adviser, plural: Advisers, hidden: true, ends: [vessel, contact],
   has_activities: false, has_files: false}
custom_field:
- {of_object: adviser, key: vessel, name: Vessel, kind: reference, required: true,
   settings: {to: vessel, panel: Advisers, panels: "nl: Adviseurs"}}
- {of_object: adviser, key: contact, name: Contact, kind: reference, settings: {to: contact}, unique: true}
- {of_object: vessel, key: flag, name: Flag, kind: text, required_when: "stage.name = Sold"}
- {of_object: vessel, key: length, name: Length, kind: decimal, settings: {digits: 1}, position: 2}
- {of_object: vessel, key: agent, name: Agent, kind: reference, settings: {to: [company]}}
role:
- name: Broker
  grants: {vessel: {read: all, edit: own}}
  conditions: {vessel: {read: length > 5}}
  field_rights: {vessel: {agent: hidden}}
pipeline:
- {name: Yard, of_object: vessel, teams: [North]}
stage:
- {pipeline: vessel / Yard, name: Offered, position: 1, probability: 10, moves: [vessel / Yard / Sold]}
- {pipeline: vessel / Yard, name: Sold, kind: won, position: 2, required_fields: [length]}
layout:
- {of_object: vessel, place: card, arrangement: {fields: [length, agent]}}
- {of_object: vessel, place: card, for_role: Broker, for_team: North, arrangement: {fields: [length]}}
sharing_rule:
- {name: Long ones, of_object: vessel, condition: length > 20, with_role: Broker}
view:
- {of_object: vessel, name: Long, filter: length > 20 and stage.kind = open, columns: [name, length],
   is_default: true}
- {of_object: vessel, name: Offered, filter: 'stage = <stage vessel / Yard / Offered>'}
"""


def test_what_is_applied_is_exported_and_goes_back_whole(keeper: Actor) -> None:
    before = as_yaml(keeper)

    batch = apply(keeper, compare(keeper, understand(SHAPED)))
    after = as_yaml(keeper)

    assert not compare(keeper, understand(SHAPED))
    assert not compare(keeper, understand(after), remove=True)
    assert "flag" in after and "<stage vessel / Yard / Offered>" in after
    undone = changes.undo_batch(keeper, batch, "test")
    assert undone.kept == 0
    assert as_yaml(keeper) == before


def test_another_installation_becomes_equal(keeper: Actor) -> None:
    batch = apply(keeper, compare(keeper, understand(SHAPED)))
    file = as_yaml(keeper)
    changes.undo_batch(keeper, batch, "test")

    apply(keeper, compare(keeper, understand(file)))

    assert as_yaml(keeper) == file
    left = "aperto: 1\nteam:\n- {name: South}\n"
    diff = compare(keeper, understand(left), remove=True)
    assert rehearse(keeper, diff) == []
    apply(keeper, diff)
    assert "vessel" not in as_yaml(keeper)


def test_what_the_file_does_not_name_is_kept(keeper: Actor) -> None:
    apply(keeper, compare(keeper, understand(SHAPED)))

    diff = compare(keeper, understand("aperto: 1\nteam: [{name: North, description: Cold}]"))

    assert [(item.verb, item.id) for item in diff.due] == [("changed", "team:North")]
    assert "team:Whole" in {item.id for item in diff.items if item.verb == KEPT}


def test_a_mistake_is_told_with_its_line_and_nothing_is_applied(keeper: Actor) -> None:
    wrong = (
        SHAPED
        + """\
lead_conversion:
- name: Mine
  table: {deal: {nothing: like_this}}
"""
    )
    before = as_yaml(keeper)

    with pytest.raises(Unfit) as refused:
        apply(keeper, compare(keeper, understand(wrong)))

    [problem] = refused.value.problems
    assert wrong.splitlines()[problem.line - 1].strip().startswith("table:")
    assert as_yaml(keeper) == before
