"""Reads the layouts of all objects. One that cannot be read is left out and logged."""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.apps import apps

from aperto.kernel.errors import FieldError
from aperto.kernel.layouts.apply import Layout, arranged
from aperto.kernel.layouts.arrangement import read
from aperto.kernel.objects.declaration import ObjectType

COLUMNS = ("id", "of_object", "place", "arrangement", "for_role", "for_team")
logger = logging.getLogger(__name__)


def by_object() -> Mapping[str, Sequence[Layout]]:
    found: dict[str, list[Layout]] = defaultdict(list)
    rows = apps.get_model("kernel", "Layout")._default_manager.filter(deleted_at=None).order_by("pk")
    for id_, of_object, place, raw, role, team in rows.values_list(*COLUMNS):
        try:
            layout = Layout(id_, place, read(place, raw), UUID(role) if role else None, team)
        except (FieldError, ValueError, TypeError):
            logger.exception("The layout %s of %s cannot be read.", id_, of_object)
        else:
            found[of_object].append(layout)
    return found


def with_layouts(
    objects: Mapping[str, ObjectType], layouts: Mapping[str, Sequence[Layout]]
) -> dict[str, ObjectType]:
    """Each object as it is arranged for everybody, with the layouts that hold for some."""
    return {key: _with(each, layouts[key]) if key in layouts else each for key, each in objects.items()}


def _with(declaration: ObjectType, layouts: Sequence[Layout]) -> ObjectType:
    common = [each for each in layouts if each.role is None and each.team is None]
    special = tuple(each for each in layouts if each not in common)
    return arranged(declaration, common).reshaped(layouts=special, standard=declaration)
