"""An undo of a definition may be the undo of its kind; then the records hear of it."""

from collections.abc import Sequence
from typing import Any

from aperto.kernel.changes.draft import Occasion
from aperto.kernel.changes.models import Change
from aperto.kernel.shape import held
from aperto.kernel.shape.build import FieldDefinition


def kind_went_back(occasion: Occasion, records: Sequence[Any]) -> None:
    if occasion.undo_of is None:
        return
    difference = Change.objects.values_list("diff", flat=True).get(pk=occasion.undo_of)
    if "slot" not in difference:
        return
    from aperto.kernel.shape.change_kind.carry_out import undone  # noqa: PLC0415 - it loads after the models

    for record in records:
        values = {name: getattr(record, name) for name in held.names(FieldDefinition)}
        undone(held.definition(FieldDefinition, values), difference, occasion.actor)
