"""Which shape holds now. Every request and job asks first, so that a change is seen at once everywhere."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.db import connection, transaction

from aperto.kernel.changes.draft import Occasion
from aperto.kernel.objects.registry import Shape, registry
from aperto.kernel.query import statements
from aperto.kernel.shape.models import ShapeVersion

KEPT = 4
_shapes: OrderedDict[str, Shape] = OrderedDict()


def refresh() -> None:
    """This thread goes on with the shape that the database holds."""
    version = _version()
    if version != registry.shape.version:
        registry.take(_shape(version))


def changed(occasion: Occasion, records: Sequence[Any]) -> None:
    """A definition was written: what this transaction does next sees it, everybody else after its commit."""
    ShapeVersion.objects.update_or_create(pk=1, defaults={"version": uuid4().hex})
    registry.take(_shape(_version()), newest=False)
    transaction.on_commit(refresh)


def _version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT version FROM kernel_shape_version")
        row = cursor.fetchone()
    return row[0] if row else ""


def _shape(version: str) -> Shape | None:
    """None for the blank version, which is what the code declares."""
    if not version:
        return None
    held = _shapes.get(version)
    if held is None:
        from aperto.kernel.shape.snapshot import read  # noqa: PLC0415 - reads definitions, whose rules are here

        held = _shapes[version] = read(version)
        statements.forget()
        if len(_shapes) > KEPT:
            _shapes.popitem(last=False)
    return held
