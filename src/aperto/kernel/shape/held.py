"""What the rows of definitions hold, as the definitions that fields and objects are made of."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps


def definition[Definition](of: type[Definition], values: Mapping[str, Any]) -> Definition:
    """What the row leaves empty is as it usually is."""
    return of(**{name: value for name, value in values.items() if value is not None})


def names(of: type[Any]) -> tuple[str, ...]:
    return tuple(of.__dataclass_fields__)


def rows(model: str = "CustomField") -> Any:
    """By the name of the model: this module is loaded before there are models."""
    return apps.get_model("kernel", model)._default_manager.all()
