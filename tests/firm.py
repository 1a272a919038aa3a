"""A small firm for tests: its organisation, the ready roles, and people who hold them."""

from aperto.kernel.access import actors, organisation, people, roles
from aperto.kernel.access.actor import Actor, system
from aperto.kernel.access.models import Organisation, User

SYSTEM = system("test")
PASSWORD = "a long sentence of words"


def found() -> None:
    Organisation.objects.update_or_create(pk=1, defaults={"name": "Nordwijk Trading"})
    organisation.forget()


def user(email: str, role: str = "user", *, name: str = "", password: str | None = PASSWORD) -> User:
    """A user with a ready role; the name is that before the @."""
    ready = roles.ensure_ready_roles()
    values = {
        "email": email,
        "name": name or email.partition("@")[0].title(),
        "language": "en",
        "zone": "Europe/Amsterdam",
    }
    return people.create(SYSTEM, values, roles=[ready[role].pk], password=password, via="test")


def actor(user: User) -> Actor:
    user.refresh_from_db()
    return actors.of_user(user)
