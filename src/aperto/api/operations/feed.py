"""The feed of changes since a position, and undo."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from aperto.api.http import Call, Problem, key_of, respond
from aperto.api.operation import Operation, Parameter
from aperto.api.operations.records import KEY, change_json
from aperto.kernel import changes, records
from aperto.kernel.changes import outbox
from aperto.kernel.changes.lookup import get_change
from aperto.kernel.errors import Conflict
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.readable import readable

MOST = 500


def list_changes(call: Call) -> HttpResponse:
    """Changes of records that the caller may see; `next` goes on even where all of a page was hidden."""
    text = call.parameter("since", "0")
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Problem(400, _("Bad parameter"), errors={"since": [_("A position of this feed is expected.")]})
    outbox.number()
    rows = outbox.since(int(text), call.number("limit", 100, MOST))
    seen = _visible(call, rows)
    fields = {each.key: set(readable(call.actor, each)) for each in registry}
    data = [
        change_json(row, fields[row.object]) | {"position": row.position}
        for row in rows
        if row.record in seen
    ]
    return respond({"data": data, "next": rows[-1].position if rows else int(text)})


def _visible(call: Call, rows: list[Any]) -> set[UUID]:
    """Keys of the records that the caller may see, the deleted ones too: their deletion is news."""
    by_object: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        if row.object in registry:
            by_object[row.object].add(row.record)
    seen: set[UUID] = set()
    for object_key, keys in by_object.items():
        seen |= set(records.visible(call.actor, object_key).only(keys).ids(len(keys)))
        seen |= set(records.deleted(call.actor, object_key).only(keys).ids(len(keys)))
    return seen


def undo_change(call: Call) -> HttpResponse:
    change = get_change(call.actor, key_of(call.record))
    try:
        outcome = changes.undo(call.actor, change, via="api")
    except Conflict as error:
        more = {"theirs": error.theirs}
        raise Problem(409, _("Changed since"), _("A newer change would be lost."), more=more) from None
    assert outcome.change is not None
    return respond({"change": str(outcome.change.pk), "record": str(change.record)})


OPERATIONS = (
    Operation("feed", "GET", "/changes", list_changes, lazy("Read changes since a position"), None, "feed",
              parameters=(Parameter("since", lazy("The value of `next` of the call before; 0 at first."),
                                    {"type": "integer", "minimum": 0}),
                          Parameter("limit", lazy("Changes of one call."),
                                    {"type": "integer", "minimum": 1, "maximum": MOST, "default": 100})),
              tag="changes", refusals=(400, 401, 429)),
    Operation("undo", "POST", "/changes/{id}/undo", undo_change, lazy("Undo a change"), None, "undone",
              parameters=(KEY,), writes=True, tag="changes", refusals=(400, 401, 403, 404, 409, 422, 429)),
)  # fmt: skip
