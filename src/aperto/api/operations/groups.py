"""Records in groups, and what they add up to: the numbers of a list without its rows."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from aperto.api.http import Call, respond
from aperto.api.operation import Operation, Parameter
from aperto.kernel import records
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import FieldError
from aperto.kernel.query.aggregates import Totals
from aperto.kernel.query.grouping import Grouping, grouping_of, label_of, written

MOST_TOTALS = 20
MOST_SKIPPED = 10_000_000


def list_groups(call: Call) -> HttpResponse:
    """Without `by`, all that the filter finds is one group."""
    selection = records.visible(call.actor, call.object.key).matching(call.parameter("filter") or None)
    wanted, by = _wanted(call.parameter("totals")), call.parameter("by")
    start = call.number("start", 0, MOST_SKIPPED)
    if not by:
        return respond({"data": [_shown(None, "", None, selection.aggregate(wanted))], "next": None})
    grouping = grouping_of(by, call.object, call.actor)
    found = selection.groups(grouping, wanted, start)
    data = [_group(call, grouping, group.value, group.count, group.totals) for group in found.groups]
    return respond({"data": data, "next": found.next})


def _wanted(text: str) -> list[tuple[str, str]]:
    """ "amount:sum,amount:median" as pairs."""
    pairs = [each.partition(":") for each in text.split(",") if each.strip()]
    if len(pairs) > MOST_TOTALS:
        raise FieldError(_("At most %(most)s totals can be asked for.") % {"most": MOST_TOTALS})
    return list(dict.fromkeys((key.strip(), name.strip()) for key, _colon, name in pairs))


def _group(call: Call, grouping: Grouping, value: Any, count: int, totals: Totals) -> dict[str, Any]:
    plain = value if isinstance(value, bool) else written(value) or None
    return _shown(plain, label_of(grouping, value, call.actor.viewer), count, totals)


def _shown(value: Any, label: str, count: int | None, totals: Totals) -> dict[str, Any]:
    told = {f"{key}:{name}": _plain(total) for (key, name), total in totals.items()}
    counted = {} if count is None else {"count": count}
    return {"value": value, "label": label, **counted, "totals": told}


def _plain(total: Any) -> Any:
    """Decimals as text, as everywhere: a JSON number is a floating one to most readers."""
    if isinstance(total, Decimal):
        return format(total, "f")
    return total.isoformat() if isinstance(total, date | datetime) else total


PARAMETERS = (
    Parameter("by", lazy("A field, with a period for dates: stage, -close_date:month. Blank: one group.")),
    Parameter("filter", lazy("A condition in the filter language.")),
    Parameter("totals", lazy("What is added up: amount:sum,amount:median,company:distinct.")),
    Parameter(
        "start",
        lazy("How many groups are skipped: the `next` of the answer before."),
        {"type": "integer", "minimum": 1, "maximum": MOST_SKIPPED},
    ),
)

OPERATIONS = (
    Operation(
        "groups",
        "GET",
        "/{object}/groups",
        list_groups,
        lazy("Count and add up records in groups"),
        Verb.READ,
        "groups",
        parameters=PARAMETERS,
        refusals=(400, 401, 403, 404, 429),
    ),
)
