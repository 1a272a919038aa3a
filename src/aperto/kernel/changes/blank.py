"""New rows, copied from an empty one: to make one anew, Django asks each of its sixty columns."""

from typing import Any

from django.db.models import Model
from django.db.models.base import ModelState

_patterns: dict[type[Model], dict[str, Any]] = {}


def blank[Row: Model](model: type[Row], **values: Any) -> Row:
    """A row that is not stored yet. Values that a row changes in place are to be given: the empty one's are
    shared."""
    pattern = _patterns.get(model)
    if pattern is None:
        pattern = _patterns[model] = model().__dict__
    row = model.__new__(model)
    row.__dict__.update(pattern)
    row.__dict__.update(values, _state=ModelState())
    return row
