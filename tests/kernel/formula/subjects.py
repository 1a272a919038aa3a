"""Records and formulas of the invented objects, without an entry in the text index."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from aperto.kernel.access.actor import Actor, system
from aperto.kernel.fields import Field, Formula
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import Shape, registry
from tests.kernel.query.invented import MODELS, NOW

EVERYBODY = system("test")


def store(object_key: str, **values: Any) -> Record:
    """A stored record with these values."""
    record = blank(object_key, **values)
    MODELS[object_key]._default_manager.bulk_create([record])
    return record


def blank(object_key: str, **values: Any) -> Record:
    record = MODELS[object_key](id=uuid7(), custom={}, created_at=NOW, updated_at=NOW, version=1)
    for key, value in values.items():
        if key in ("owner", "team"):
            setattr(record, key, value)
        else:
            registry.get(object_key).fields[key].set(record, value)
    return record


@contextmanager
def added(**fields: Mapping[str, Field]) -> Iterator[None]:
    """The objects with fields that an administrator might have added: `gadget={"f": Formula(…)}`."""
    held = registry.shape
    objects = dict(held.objects)
    for object_key, given in fields.items():
        declaration = objects[object_key]
        for key, field in given.items():
            field.adopt(declaration.model, key)
        objects[object_key] = declaration.reshaped(added={**declaration.added, **given})
    registry.take(Shape("added", objects))
    try:
        yield
    finally:
        registry.take(held)


def formula(text: str, **options: Any) -> Formula:
    return Formula("F", expression=text, **options)


def checked(text: str, object_key: str = "gadget", key: str = "f") -> Formula:
    """The formula, checked as a field of the object."""
    made = formula(text)
    declaration = registry.get(object_key)
    made.adopt(declaration.model, key)
    made.check(declaration)
    return made


def value(text: str, record: Record, actor: Actor = EVERYBODY, **options: Any) -> Any:
    """What Python says the formula is for the record."""
    return seen(text, registry.get(record.declares.key), actor, **options).get(record)


def seen(text: str, declaration: ObjectType, actor: Actor = EVERYBODY, **options: Any) -> Field:
    made = formula(text, **options)
    made.adopt(declaration.model, "f")
    made.check(declaration)
    return made.seen_by(actor, declaration)


def in_sql(field: Field, record: Record, suffix: str = "") -> Any:
    """What the database says."""
    rows = type(record)._default_manager.filter(pk=record.pk).annotate(result=field.sql(suffix))
    return rows.values_list("result", flat=True)[0]
