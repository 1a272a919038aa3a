"""The menu of the navigation: its order, groups and what is left out, for everybody or for a role.

    {"groups": [{"title", "titles", "items": [object keys]}], "hidden": [object keys]}

What a menu does not name, such as an object that is made tomorrow, follows in the last group. Hiding takes an
entry out of sight and no right away.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError, Message
from aperto.kernel.fields.setting import labels, spoken, text
from aperto.kernel.layouts.arrangement import keys, once, only
from aperto.kernel.objects.registry import registry

RECORDS = _("Records")
MOST_GROUPS = 30
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class MenuGroup:
    title: str
    titles: tuple[tuple[str, str], ...]
    items: tuple[str, ...]

    @property
    def said(self) -> Message:
        """The one title that the product has itself speaks all of its languages."""
        return spoken(RECORDS if self.title == "Records" else self.title, dict(self.titles))


@dataclass(frozen=True)
class MenuPlan:
    groups: tuple[MenuGroup, ...]
    hidden: frozenset[str] = frozenset()
    role: UUID | None = None


def read(raw: Any, role: str | None = None) -> MenuPlan:
    """FieldError for what is no menu; whether its objects exist is another question."""
    only(raw, {"groups", "hidden"})
    groups = raw.get("groups")
    if not isinstance(groups, list) or not 0 < len(groups) <= MOST_GROUPS:
        raise FieldError(_("A menu has from 1 to %(most)s groups.") % {"most": MOST_GROUPS})
    hidden = keys(raw.get("hidden", []))
    plan = MenuPlan(tuple(_group(each) for each in groups), frozenset(hidden), UUID(role) if role else None)
    once([key for group in plan.groups for key in group.items] + list(hidden))
    return plan


def _group(raw: Any) -> MenuGroup:
    only(raw, {"title", "titles", "items"})
    titles = tuple(sorted(labels(raw.get("titles")).items()))
    return MenuGroup(text(raw.get("title", "")).strip(), titles, keys(raw.get("items")))


def stored() -> tuple[MenuPlan, ...]:
    """All menus, the oldest first. One that cannot be read is left out and logged."""
    found = []
    rows = apps.get_model("kernel", "Menu")._default_manager.filter(deleted_at=None).order_by("pk")
    for raw, role in rows.values_list("arrangement", "for_role"):
        try:
            found.append(read(raw, role))
        except (FieldError, ValueError, TypeError):
            logger.exception("A menu cannot be read.")
    return tuple(found)


def of(actor: Actor) -> MenuPlan | None:
    """The menu of one of the actor's roles, else that of everybody, else none."""
    menus: Sequence[MenuPlan] = registry.shape.menus
    own = next((each for each in menus if each.role is not None and each.role in actor.grantees), None)
    return own or next((each for each in menus if each.role is None), None)
