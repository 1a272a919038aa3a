"""A model for each object that an administrator made: the same table, and only the rows of that object."""

from typing import TYPE_CHECKING, Any

from django.apps.registry import Apps
from django.db import models
from django.db.models import Q

from aperto.kernel.objects.record import Record
from aperto.kernel.shape.models import CustomBase, CustomRecord

if TYPE_CHECKING:
    Rows = models.Manager[Record]
else:
    Rows = models.Manager


class RowsOfObject(Rows):
    """Cuts every query to the rows of one object; no code needs to remember it."""

    def get_queryset(self) -> Any:
        mine = {"object": self.model._meta.get_field("object").default}  # type: ignore[misc]  # of those made below
        return super().get_queryset().filter(Q(**mine))


_made: dict[str, type[Record]] = {}


def model_of(object_key: str) -> type[Record]:
    """Made once for each process: a model says nothing of an object but its key."""
    if object_key not in _made:
        _made[object_key] = _make(object_key)
    return _made[object_key]


def _make(object_key: str) -> type[Record]:
    # A registry of models of its own: migrations and checks know the one real table alone.
    meta = type(
        "Meta",
        (),
        {
            "apps": Apps(),
            "app_label": "kernel",
            "managed": False,
            "db_table": CustomRecord._meta.db_table,
            "base_manager_name": "objects",
            "default_permissions": (),
        },
    )
    body = {
        "__module__": __name__,
        "Meta": meta,
        "object": models.CharField(max_length=40, default=object_key, editable=False),
        "objects": RowsOfObject(),
    }
    return type(f"Custom_{object_key}", (CustomBase,), body)
