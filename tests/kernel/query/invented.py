"""Rows of the invented objects, declared for the length of a test, and people with each reach."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from unittest import mock
from uuid import UUID

from aperto.kernel.access.actor import Actor
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import Shape, registry
from aperto.kernel.query import search
from tests.fakes.models import Gadget, Gizmo

MODELS: dict[str, type[Record]] = {"gadget": Gadget, "gizmo": Gizmo}
WEIGHTS = {"text": 4, "emails": 2, "phones": 2, "long_text": 1}
NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)  # a Wednesday
TEAM, OTHER_TEAM = uuid7(), uuid7()


@contextmanager
def declared() -> Iterator[None]:
    """Gadget and Gizmo as objects of the registry, with searchable fields."""
    objects = dict(registry.declared)
    for key, model in MODELS.items():
        declaration = ObjectType(
            key, key.capitalize(), f"{key.capitalize()}s", "box", "{text}", columns=("title", "text")
        )
        declaration.subtitle = ("emails", "parent")
        declaration.model = model
        objects[key] = model.declares = declaration
    weights = [
        mock.patch.object(model.own_fields[key], "search_weight", weight)
        for model in MODELS.values()
        for key, weight in WEIGHTS.items()
    ]
    registry.take(Shape(objects=objects))
    for weight in weights:
        weight.start()
    yield
    for weight in weights:
        weight.stop()
    registry.take(None)


def keep(object_key: str, **values: Any) -> Record:
    """A stored and indexed record with these values."""
    [record] = keep_all(object_key, [values])
    return record


def keep_all(object_key: str, rows: Iterable[dict[str, Any]]) -> list[Record]:
    records = [_record(object_key, values) for values in rows]
    MODELS[object_key]._default_manager.bulk_create(records)
    search.index(registry.get(object_key), records)
    return records


def _record(object_key: str, values: dict[str, Any]) -> Record:
    record = MODELS[object_key]()
    usual = {"title": values.get("text"), "updated_at": NOW, "created_at": NOW, "version": 1}
    fields = registry.get(object_key).fields
    for key, value in (usual | values).items():
        if key in ("owner", "team") and isinstance(value, UUID):
            setattr(record, key, value)
        else:
            fields[key].set(record, value)
    return record


def person(scope: str, *, teams: tuple[UUID, ...] = (TEAM,), user: UUID | None = None) -> Actor:
    """Somebody whose right to read everything reaches so far."""
    me = user or uuid7()
    return Actor("user", user_id=me, team_ids=teams, mates=frozenset([me]), grants=({"*": {"read": scope}},))
