"""Whose work the home page shows, and the filters of its tiles: one tree for the numbers and for the link."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from aperto.kernel.errors import Message
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.pipelines import stages
from aperto.kernel.query.ast import Condition, Filter, Group
from aperto.kernel.query.url import to_url


@dataclass(frozen=True)
class Scope:
    """`owner` narrows every tile; the rights of the actor narrow it further."""

    key: str
    label: Message
    owner: str = ""

    def with_(self, *conditions: Filter) -> Filter:
        own = (where("owner", "is", self.owner),) if self.owner else ()
        return Group("and", (*own, *conditions))


SCOPES = (
    Scope("me", _("Me"), "me"),
    Scope("team", _("Team"), "my team"),
    Scope("company", _("Company")),
)


def scope_of(key: str) -> Scope:
    return next((each for each in SCOPES if each.key == key), SCOPES[0])


def where(key: str, operator: str, *arguments: str) -> Condition:
    return Condition((key,), operator, arguments)


def either(*conditions: Filter) -> Filter:
    return Group("or", conditions)


def in_stage(declaration: ObjectType, kind: str) -> Filter:
    """By the stages themselves: an index serves them, a condition on their kind it would not."""
    steps: Sequence[stages.Step] = stages.of_object(declaration.key)
    keys = [str(step.id) for step in steps if step.kind == kind]
    return where(declaration.path, "any_of", *keys) if keys else where(declaration.path, "empty")


def list_url(declaration: ObjectType, filter_: Filter) -> str:
    """The list behind a tile."""
    return f"/{declaration.key}?{_parameters(filter_)}"


@lru_cache(maxsize=1_024)
def _parameters(filter_: Filter) -> str:
    """Remembered, because the tiles of everyone ask for the same few filters."""
    return to_url(filter_)
