"""Conditions on dates and moments, whose arguments may be ranges: "this month", or a day for a moment."""

from collections.abc import Sequence
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.formats.dates import read_date
from aperto.kernel.query import dates
from aperto.kernel.query.dates import Days, Moments
from aperto.kernel.viewer import Viewer

type Span = Days | Moments


def on_days(field: Field, operator: str, arguments: Sequence[str], actor: Actor) -> Q:
    """A condition on a date."""
    viewer = actor.viewer

    def span(text: str) -> Span:
        found = dates.relative(text, viewer)
        if found is None:
            return dates.one_day(_value(field, operator, text, viewer))
        return found if isinstance(found, Days) else dates.days(found, viewer)

    return _compared(field, operator, [span(text) for text in arguments])


def in_time(field: Field, operator: str, arguments: Sequence[str], actor: Actor) -> Q:
    """A condition on a moment; a day stands for all its moments."""
    viewer = actor.viewer

    def span(text: str) -> Span:
        found = dates.relative(text, viewer) or _day(text, viewer)
        if found is None:
            moment = _value(field, operator, text, viewer)
            return Moments(moment, moment)
        return found if isinstance(found, Moments) else dates.moments(found, viewer)

    return _compared(field, operator, [span(text) for text in arguments])


def _day(text: str, viewer: Viewer) -> Days | None:
    """The day that a text without a time of day names."""
    try:
        return dates.one_day(read_date(text, viewer))
    except FieldError:
        return None


def _value(field: Field, operator: str, text: str, viewer: Viewer) -> Any:
    value = field.parse_argument(operator, text, viewer)
    if value is None:
        raise FieldError(_("Nothing is no value; say “is empty”."))
    return value


def _compared(field: Field, operator: str, spans: Sequence[Span]) -> Q:
    if operator == "between":
        comparisons = [*dates.bounds(spans[0], "ge"), *dates.bounds(spans[1], "le")]
    else:
        comparisons = dates.bounds(spans[0], operator)
    return reduce(and_, (field.where(key, [value]) for key, value in comparisons))
