"""How roles, views and the organisation's settings go back with the batch that changed them."""

from typing import Any

from aperto.kernel import changes
from aperto.kernel.access import organisation, people, roles, setup
from aperto.kernel.access.actor import Actor
from aperto.kernel.changes.models import Change
from aperto.kernel.changes.undo import reverses
from aperto.kernel.configuration.past import KIND
from aperto.kernel.configuration.views_section import NAME, OBJECT, raw
from aperto.kernel.errors import Conflict
from aperto.kernel.query.views import EVERYONE, SavedView, delete_view, get_view, save_view


def old(change: Change) -> dict[str, Any]:
    return {key: pair[0] for key, pair in change.diff.items()}


def _require_unchanged(change: Change, present: dict[str, Any]) -> None:
    theirs = {key: present[key] for key, (_old, new) in change.diff.items() if present[key] != new}
    if theirs:
        raise Conflict(0, {key: change.diff[key][0] for key in theirs}, theirs)


def role(actor: Actor, change: Change, via: str) -> None:
    people.require_administrator(actor)
    before = old(change)
    if change.verb == "deleted":
        rights: Any = {key: before.get(key) or {} for key in roles.RIGHTS}
        roles.create(actor, before["name"], via=via, id=change.record, **rights)
        return
    held = roles.get(change.record)
    _require_unchanged(change, {key: getattr(held, key) for key in ("name", *roles.RIGHTS)})
    if change.verb == "created":
        roles.delete(actor, held, via=via)
    else:
        roles.edit(actor, held, via=via, **before)


def view(actor: Actor, change: Change, via: str) -> None:
    people.require_administrator(actor)
    before = old(change)
    if change.verb == "deleted":
        held = SavedView(id=change.record, share=EVERYONE, object=before.pop(OBJECT), name=before.pop(NAME))
    else:
        held = get_view(actor, change.record)
        _require_unchanged(change, raw(held))
    if change.verb == "created":
        delete_view(actor, held)
    else:
        for key, value in before.items():
            setattr(held, key, value)
        save_view(actor, held)
    diff = {key: [pair[1], pair[0]] for key, pair in change.diff.items()}
    verb = {"created": "deleted", "deleted": "restored"}.get(change.verb, "changed")
    changes.note(actor, "view", change.record, verb, diff, via=via)


def settings(actor: Actor, change: Change, via: str) -> None:
    organisation.forget()
    row = organisation.current()
    _require_unchanged(change, {key: getattr(row, key) for key in setup.FIELDS})
    setup.edit_organisation(actor, old(change), via=via)


def application(actor: Actor, change: Change, via: str) -> None:
    """That a file was applied is a note alone."""
    people.require_administrator(actor)


def register() -> None:
    reverses(KIND, application)
    for kind, reverse in (("role", role), ("view", view), ("organisation", settings)):
        reverses(kind, reverse)
