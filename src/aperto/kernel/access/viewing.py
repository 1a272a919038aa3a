"""An administrator looks through another person's eyes: reads what they read, and writes nothing."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aperto.kernel import changes
from aperto.kernel.access import actors, people
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import User
from aperto.kernel.errors import Refused


@transaction.atomic
def start(administrator: Actor, user: User, via: str = "page") -> Actor:
    """The actor to look with; history of the person says who looked, from this moment on."""
    people.require_administrator(administrator)
    looking = actors.viewing_as(administrator, user)
    changes.note(administrator, "user", user.pk, "viewed_as", {}, via=via)
    return looking


@transaction.atomic
def end(administrator: Actor, user: User, via: str = "page") -> None:
    """To the moment that they stopped; this asks for no right, so that nobody is held there."""
    if administrator.kind != "user" or administrator.behind is not None:
        raise Refused(_("Only an administrator may do this."))
    changes.note(administrator, "user", user.pk, "view_ended", {}, via=via)
