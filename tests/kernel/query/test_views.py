"""Saved views: who sees them, who changes them, and what they may hold."""

from dataclasses import replace
from typing import Any

import pytest

from aperto.kernel.access import roles
from aperto.kernel.access.actor import ANONYMOUS, Actor, system
from aperto.kernel.errors import Invalid, Missing, Refused
from aperto.kernel.ids import uuid7
from aperto.kernel.query.views import (
    SavedView,
    delete_view,
    get_view,
    opens_first,
    save_view,
    visible_views,
)
from tests.kernel.query.invented import OTHER_TEAM, TEAM, person

ADMINISTRATOR = Actor(
    "user", user_id=uuid7(), grants=({"*": {"read": "all", "configure": "all"}},), name="Administrator"
)


def view(**values: Any) -> SavedView:
    usual = {"object": "gadget", "name": "Mine", "columns": ["title", "text"], "sort": "-integer"}
    return SavedView(**(usual | values))


def names(actor: Actor) -> list[str]:
    return [each.name for each in visible_views(actor, "gadget")]


def first(actor: Actor) -> str:
    return getattr(opens_first(actor, visible_views(actor, "gadget")), "name", "")


def test_views_are_seen_by_those_they_are_shared_with(db: None) -> None:
    owner, mate, stranger = person("own"), person("own"), person("own", teams=(OTHER_TEAM,))
    save_view(owner, view(name="A mine"))
    save_view(owner, view(name="B team's", share="team", team=TEAM))
    save_view(ADMINISTRATOR, view(name="C all", share="everyone"))

    assert names(owner) == ["A mine", "B team's", "C all"]
    assert names(mate) == ["B team's", "C all"]
    assert names(stranger) == ["C all"]
    assert names(person("none")) == names(ANONYMOUS) == []


def test_owners_change_their_views_and_nobody_else(db: None) -> None:
    owner, mate, stranger = person("own"), person("own"), person("own", teams=(OTHER_TEAM,))
    kept = save_view(owner, view(share="team", team=TEAM))

    for actor, refusal in ((mate, Refused), (stranger, Missing), (ANONYMOUS, Missing)):
        changed = SavedView.objects.get(pk=kept.pk)
        changed.name, changed.owner = "Taken", actor.user_id
        with pytest.raises(refusal):
            save_view(actor, changed)
        with pytest.raises(refusal):
            delete_view(actor, changed)

    kept.name = "Renamed"
    assert save_view(owner, kept).name == get_view(mate, str(kept.pk)).name == "Renamed"
    delete_view(owner, kept)
    assert names(owner) == []


def test_only_administrators_share_with_everyone(db: None) -> None:
    with pytest.raises(Refused):
        save_view(person("all"), view(share="everyone"))
    with pytest.raises(Refused):
        save_view(person("all"), view(share="team", team=OTHER_TEAM))
    kept = save_view(ADMINISTRATOR, view(share="everyone"))

    with pytest.raises(Refused):
        delete_view(person("all"), kept)
    kept.name = "Renamed"
    save_view(system("a test"), kept)
    assert names(person("all")) == ["Renamed"]


def test_one_default_of_each_share(db: None) -> None:
    owner = person("own")
    save_view(ADMINISTRATOR, view(name="All", share="everyone", is_default=True))
    assert first(owner) == "All"
    save_view(owner, view(name="First", is_default=True))
    save_view(owner, view(name="Second", is_default=True))

    assert first(owner) == "Second"
    assert [each.name for each in visible_views(owner, "gadget") if each.is_default] == ["All", "Second"]


def test_view_of_a_role_opens_for_whoever_holds_it_and_for_nobody_else(db: None) -> None:
    role = roles.ensure_ready_roles()["user"].pk
    holder, other = replace(person("own"), grantees=(role,)), person("own")
    save_view(ADMINISTRATOR, view(name="All", share="everyone", is_default=True))
    kept = save_view(ADMINISTRATOR, view(name="Sellers", share="role", role=role, is_default=True))

    assert (first(holder), first(other), first(ADMINISTRATOR)) == ("Sellers", "All", "All")
    assert (names(other), "Sellers" in names(ADMINISTRATOR)) == (["All"], True)
    with pytest.raises(Refused):
        save_view(holder, view(name="Mine for all", share="role", role=role))
    with pytest.raises(Refused):
        delete_view(holder, kept)
    with pytest.raises(Missing):
        delete_view(other, kept)
    with pytest.raises(Missing):
        save_view(ADMINISTRATOR, view(share="role", role=uuid7()))
    with pytest.raises(Invalid):
        save_view(ADMINISTRATOR, view(share="role"))
    save_view(holder, view(name="Mine", is_default=True))
    assert first(holder) == "Mine"


WRONG: dict[str, dict[str, Any]] = {
    "no name": {"name": "  "},
    "long name": {"name": "x" * 121},
    "share": {"share": "world"},
    "layout": {"layout": "map"},
    "board": {"layout": "board", "board": "nonsense"},
    "column": {"columns": ["nonsense"]},
    "columns": {"columns": "title"},
    "many": {"columns": ["title"] * 61},
    "sort": {"sort": "nonsense"},
    "long sort": {"sort": "integer," * 50},
    "filter": {"filter": {"field": "nonsense", "operator": "empty"}},
    "no filter": {"filter": "text ~ a"},
    "widths": {"widths": {"title": "wide"}},
    "pinned": {"pinned": 61},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_views_are_refused(db: None, wrong: str) -> None:
    with pytest.raises(Invalid):
        save_view(person("own"), view(**WRONG[wrong]))

    assert SavedView.objects.count() == 0


def test_unknown_views_are_missing(db: None) -> None:
    for key in ("", "x", uuid7(), "\0"):
        with pytest.raises(Missing):
            get_view(person("all"), key)
    with pytest.raises(Missing):
        save_view(person("none"), view())
