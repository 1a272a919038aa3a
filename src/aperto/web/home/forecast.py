"""What is expected by month: open records with a day, an amount and how likely they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from babel.dates import format_skeleton
from django.utils.translation import gettext as _

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.fields.base import Field, text_of
from aperto.kernel.forecast import Month, months
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.ast import Filter
from aperto.kernel.query.dates import months_later
from aperto.web.home.pipeline import amount_text, total_field
from aperto.web.home.scope import Scope, in_stage, list_url, where

DAY, LIKELY = "close_date", "probability"
SHOWN = 6  # months, with the one that runs


@dataclass(frozen=True)
class Bar:
    """`expected` of `total`: the numbers of the list behind it are `count` and `total`."""

    label: str
    url: str
    count: int
    expected: str
    total: str
    value: str
    whole: str
    late: bool = False


@dataclass(frozen=True)
class Forecast:
    title: str
    icon: str
    url: str
    expected: str
    bars: list[Bar]
    most: str


@dataclass(frozen=True)
class Span:
    """A month, what lies before the first one, or what lies behind the last one."""

    label: str
    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    @property
    def filter(self) -> Filter:
        if self.first is None:
            return where(DAY, "le", str(self.last))
        return (
            where(DAY, "between", str(self.first), str(self.last))
            if self.last
            else where(DAY, "ge", str(self.first))
        )


def forecast(actor: Actor, declaration: ObjectType, scope: Scope) -> Forecast | None:
    """None for objects that do not say when and how likely, and where nothing is expected."""
    total = total_field(declaration)
    if total is None or DAY not in declaration.fields or LIKELY not in declaration.fields:
        return None
    filter_ = scope.with_(in_stage(declaration, "open"))
    selection = records.visible(actor, declaration.key).matching(filter_)
    read = months(selection, declaration.fields[DAY], total, declaration.fields[LIKELY])
    if not read:
        return None
    held = [(span, [each for each in read if span.holds(each.first)]) for span in _spans(actor)]
    most = max(sum((each.total for each in found), Decimal(0)) for _span, found in held)
    return Forecast(
        title=text_of(declaration.plural),
        icon=declaration.icon,
        url=list_url(declaration, scope.with_(in_stage(declaration, "open"), where(DAY, "filled"))),
        expected=amount_text(actor, total, sum((each.expected for each in read), Decimal(0))),
        bars=[
            _bar(actor, declaration, total, scope, span, found)
            for span, found in held
            if found or (span.first and span.last)
        ],
        most=str(max(most, Decimal(1))),
    )


def _spans(actor: Actor) -> Iterable[Span]:
    first = actor.viewer.now().date().replace(day=1)
    yield Span(_("Overdue"), None, first - timedelta(days=1))
    for number in range(SHOWN):
        begin, end = months_later(first, number), months_later(first, number + 1)
        label = format_skeleton("yMMM", begin, locale=actor.viewer.locale)
        yield Span(label, begin, end - timedelta(days=1))
    yield Span(_("Later"), months_later(first, SHOWN), None)


def _bar(
    actor: Actor, declaration: ObjectType, field: Field, scope: Scope, span: Span, found: Sequence[Month]
) -> Bar:
    total = sum((each.total for each in found), Decimal(0))
    expected = sum((each.expected for each in found), Decimal(0))
    return Bar(
        label=span.label,
        url=list_url(declaration, scope.with_(in_stage(declaration, "open"), span.filter)),
        count=sum(each.count for each in found),
        expected=amount_text(actor, field, expected),
        total=amount_text(actor, field, total),
        value=str(max(expected, Decimal(0))),
        whole=str(max(total, Decimal(0))),
        late=span.first is None,
    )
