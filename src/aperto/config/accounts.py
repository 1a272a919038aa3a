"""Users made and let in from the command line: whoever may read the data folder may sign in as anybody."""

import argparse

from django.conf import settings

from aperto.config import folder
from aperto.config.console import Refusal, say
from aperto.kernel.access import links, organisation, people, roles, setup, sign_in_rules
from aperto.kernel.access.actor import system
from aperto.kernel.access.models import User
from aperto.kernel.errors import Invalid

MINUTES = 15
ACTOR = system("aperto user")


def create(chosen: argparse.Namespace) -> None:
    """The first user of an installation also sets it up, and administers it."""
    ready = roles.ensure_ready_roles()
    if chosen.role not in ready:
        raise Refusal(f"There is no role {chosen.role!r}; choose {', '.join(ready)}.")
    person = {"email": chosen.email, "name": chosen.name or chosen.email.partition("@")[0]}
    try:
        if setup.needed():
            user = setup.start(default_firm(), person, None)
        else:
            user = people.create(ACTOR, person, roles=[ready[chosen.role].pk], via="command")
    except Invalid as invalid:
        raise Refusal(invalid.text) from None
    say(f"{user.email} is a user now. This address lets them in once, within {MINUTES} minutes:")
    say(sign_in(user, MINUTES))


def default_firm() -> dict[str, str]:
    """What the first-run page would ask; an administrator changes it under settings."""
    row = organisation.current()
    return {key: getattr(row, key) for key in setup.FIELDS}


def link(chosen: argparse.Namespace) -> None:
    email = chosen.email.strip().lower()
    user = next((user for user in people.everybody() if user.email == email and user.is_active), None)
    if user is None:
        raise Refusal(f"There is no active user {email}.")
    say(sign_in(user, chosen.minutes))


def unlock(chosen: argparse.Namespace) -> None:
    """For whoever is shut out by the list of addresses of a role."""
    user = people.by_email(chosen.email)
    if user is None:
        raise Refusal(f"There is no user {chosen.email}.")
    names = sign_in_rules.lift(ACTOR, user)
    say(
        f"{user.email} may come from any address now."
        if names
        else f"No role of {user.email} limits addresses."
    )
    for name in names:
        say(f"The role {name} had a list of allowed addresses; it is empty now.")


def sign_in(user: User, minutes: int) -> str:
    """The whole address where the product was started before; else the path alone."""
    return f"{folder.last_address(settings.DATA_DIR)}/sign-in/link/{links.make(user, minutes)}"


def for_console() -> str:
    """For whoever sits at the terminal of `aperto up`; empty before the first user exists."""
    first = min(people.administrators(), default=None)
    return sign_in(people.get(first), MINUTES) if first else ""
