"""The first run with a pack: the organisation, its first user and what the pack brings, or none of it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from aperto.kernel.access import actors, organisation, setup
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import User
from aperto.kernel.configuration.apply import apply, look_again
from aperto.kernel.configuration.compare import compare
from aperto.kernel.configuration.document import Unfit
from aperto.packs import packs


def start(firm: Mapping[str, Any], person: Mapping[str, Any], password: str | None, pack: str = "") -> User:
    """Unfit when the pack does not fit, Missing when there is none of the name; then nothing was made."""
    try:
        with transaction.atomic():
            user = setup.start(firm, person, password)
            if pack:
                bring(actors.of_user(user), pack, user.language)
    except Exception:
        organisation.forget()
        look_again()
        raise
    return user


def bring(actor: Actor, key: str, language: str) -> int:
    """How many entries the pack has brought; none when all of it is there already."""
    found = packs.get(key, language)
    diff = compare(actor, found.document)
    if diff:
        apply(actor, diff, None, found.name)
    return len(diff.due)


__all__ = ["Unfit", "bring", "start"]
