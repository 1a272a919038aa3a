"""Filter ⇄ JSON, for saved views and the API.

A condition is {"field": "company.city", "operator": "contains", "values": ["rotterdam"]}, a group
{"join": "and", "items": […], "not": true}.
"""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from aperto.kernel.fields.operators import OPERATORS
from aperto.kernel.query.ast import (
    DEEPEST,
    LONGEST,
    MOST,
    MOST_ARGUMENTS,
    Condition,
    Filter,
    FilterError,
    Group,
    conditions,
)
from aperto.kernel.query.parse import FIELD
from aperto.kernel.query.print import normal


def to_json(item: Filter | None) -> dict[str, Any] | None:
    if item is None:
        return None
    if isinstance(item, Condition):
        return {"field": ".".join(item.path), "operator": item.operator, "values": list(item.arguments)}
    found: dict[str, Any] = {"join": item.joiner, "items": [to_json(each) for each in item.items]}
    return found | {"not": True} if item.negated else found


def from_json(raw: Any) -> Filter | None:
    """The filter that the JSON says; FilterError for whatever is not one."""
    if raw is None or raw == {}:
        return None
    found = _read(raw, 0)
    if found is not None and sum(1 for _each in conditions(found)) > MOST:
        raise FilterError(_("A filter holds at most %(most)s conditions.") % {"most": MOST})
    return None if found is None else normal(found)


def _read(raw: Any, depth: int) -> Filter | None:
    if depth > DEEPEST:
        raise FilterError(_("The groups are nested too deep."))
    if not isinstance(raw, dict):
        raise FilterError(_("A condition or a group is expected here."))
    return _group(raw, depth) if "items" in raw or "join" in raw else _condition(raw)


def _group(raw: dict[str, Any], depth: int) -> Filter | None:
    joiner, items, negated = raw.get("join", "and"), raw.get("items", []), raw.get("not", False)
    if joiner not in ("and", "or"):
        raise FilterError(_("Groups are joined by “and” or “or”."))
    if not isinstance(items, list) or not isinstance(negated, bool) or len(items) > MOST:
        raise FilterError(_("A group has a list of items, and “not” is true or false."))
    read = [found for each in items if (found := _read(each, depth + 1)) is not None]
    return Group(joiner, tuple(read), negated) if read else None


def _condition(raw: dict[str, Any]) -> Condition:
    path, key, values = raw.get("field"), raw.get("operator"), raw.get("values", [])
    if not isinstance(path, str) or not path or not set(path) <= FIELD or not all(path.split(".")):
        raise FilterError(_("A condition names a field."))
    if len(path) > LONGEST:
        raise FilterError(_("A condition names a field."))
    operator = OPERATORS.get(key) if isinstance(key, str) else None
    if operator is None:
        raise FilterError(_("The comparison is unknown."), place=path)
    if not isinstance(values, list) or len(values) > MOST_ARGUMENTS:
        raise FilterError(_("The values are a list."), place=path)
    if len(values) != operator.arity if operator.arity >= 0 else not values:
        raise FilterError(_("The number of values does not fit the comparison."), place=path)
    return Condition(tuple(path.split(".")), operator.key, tuple(_text(each, path) for each in values))


def _text(value: Any, place: str) -> str:
    """A value as typed text. A fraction of three digits gets a fourth, lest a reader who groups thousands
    by a point takes it for a whole number."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) < 10**30:
        return str(value)
    if isinstance(value, float) and abs(value) < 1e30:
        text = format(Decimal(repr(value)), "f")
        return text + "0" if len(text.partition(".")[2]) == 3 else text
    if isinstance(value, str) and len(value) <= LONGEST:
        return value
    raise FilterError(_("A value is text, a number, true or false."), place=place)
