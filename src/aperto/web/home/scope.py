"""Whose work the home page shows."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from aperto.kernel.errors import Message
from aperto.kernel.objects.declaration import ObjectType


@dataclass(frozen=True)
class Scope:
    """`filter` narrows every tile; the rights of the actor narrow it further."""

    key: str
    label: Message
    filter: str = ""

    def with_(self, *conditions: str) -> str:
        return " and ".join(
            f"({each})" if " or " in each else each for each in (self.filter, *conditions) if each
        )


SCOPES = (
    Scope("me", _("Me"), "owner = me"),
    Scope("team", _("Team"), "owner = my team"),
    Scope("company", _("Company")),
)


def scope_of(key: str) -> Scope:
    return next((each for each in SCOPES if each.key == key), SCOPES[0])


def list_url(declaration: ObjectType, filter_: str) -> str:
    """The list behind a tile."""
    return f"/{declaration.key}?q={quote(filter_)}"
