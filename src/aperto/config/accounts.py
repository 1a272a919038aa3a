"""Users made and let in from the command line: whoever may read the data folder may sign in as anybody."""

import argparse

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from aperto.config.console import Refusal, say
from aperto.kernel.access import links, users

MINUTES = 15
ADMINISTRATOR = "administrator"


def create(chosen: argparse.Namespace) -> None:
    email = chosen.email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refusal(f"{chosen.email!r} is no e-mail address.") from error
    if users.find(email):
        raise Refusal(f"{email} is a user already; `aperto user link {email}` lets them in.")
    if chosen.role not in users.role_keys():
        raise Refusal(f"There is no role {chosen.role!r}; choose {', '.join(users.role_keys())}.")
    users.create(email, name=chosen.name or email.partition("@")[0], role=chosen.role)
    say(f"{email} is a user now. This lets them in once, within {MINUTES} minutes:")
    say(path_for(email, MINUTES))


def link(chosen: argparse.Namespace) -> None:
    say(path_for(chosen.email.strip().lower(), chosen.minutes))


def path_for(email: str, minutes: int) -> str:
    user = users.find(email)
    if user is None or not user.is_active:
        raise Refusal(f"There is no active user {email}.")
    return f"/sign-in/link/{links.make(user, minutes=minutes)}"


def link_for_console() -> str:
    """For whoever sits at the terminal of `aperto up`; empty before the first user exists."""
    user = users.first_administrator()
    return path_for(user.email, MINUTES) if user else ""
