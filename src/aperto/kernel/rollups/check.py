"""What the settings of a roll-up must fulfil."""

from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.roll_up import TOTALS, RollUp
from aperto.kernel.formula.kinds import type_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.pointers import targets
from aperto.kernel.rollups.source import children, field_of

FITTING = {"sum": "sum", "mean": "mean", "min": "min", "max": "max"}  # total → the kind's own aggregate


def check(roll_up: RollUp, declaration: ObjectType) -> None:
    if roll_up.of not in registry:
        raise FieldError(_("There is no object called “%(object)s”.") % {"object": roll_up.of[:60]})
    source = registry.get(roll_up.of)
    by = source.fields.get(roll_up.by)
    if by is None or declaration.key not in targets(by):
        words = {"object": source.label, "field": roll_up.by[:60], "target": declaration.label}
        raise FieldError(_("%(object)s has no field “%(field)s” that leads to %(target)s.") % words)
    if roll_up.how not in dict(TOTALS):
        raise FieldError(_("This is no way to add up."))
    if roll_up.how == "count":
        if roll_up.added:
            raise FieldError(_("Records are counted without a field."))
    else:
        _check_field(roll_up, source)
    children(roll_up)


def _check_field(roll_up: RollUp, source: ObjectType) -> None:
    declared = source.fields.get(roll_up.added)
    if declared is None:
        words = {"object": source.label, "field": roll_up.added[:60]}
        raise FieldError(_("%(object)s has no field called “%(field)s”.") % words)
    if type(declared).kind == "roll_up":
        raise FieldError(_("A roll-up cannot add up another one."))
    declared.check(source)
    found = field_of(roll_up)
    if found is None or not _fits(roll_up.how, found):
        words = {"total": dict(TOTALS)[roll_up.how], "field": declared.label or declared.key}
        raise FieldError(_("“%(total)s” does not fit the field %(field)s.") % words)


def _fits(total: str, field: Field) -> bool:
    if total == "latest":
        return type_of(field) is not None
    return FITTING[total] in field.aggregates
