"""Records of any object: list, create, read, change, delete, restore, history and verbs."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from aperto.api.http import Call, Problem, etag, if_match, key_of, respond
from aperto.api.operation import Operation, Parameter
from aperto.api.represent import chosen, record_json
from aperto.kernel import changes, records
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes import history
from aperto.kernel.errors import FieldError, Invalid, Message
from aperto.kernel.objects import actions
from aperto.kernel.query.readable import readable
from aperto.kernel.recurrence import reach

MOST = 200


def list_records(call: Call) -> HttpResponse:
    keys = chosen(call.actor, call.object, call.parameter("fields"))
    include = _included_fields(call)
    selection = records.visible(call.actor, call.object.key).matching(call.parameter("filter") or None)
    page = selection.printed(
        [key for key in keys if key != "version"],
        include=list(dict.fromkeys(include)),
        sort=call.parameter("sort"),
        after=call.parameter("cursor") or None,
        limit=call.number("limit", 50, MOST),
    )
    answer: dict[str, Any] = {"data": page.data, "next": page.next}
    if include:
        answer["included"] = page.included
    if call.choice("count", ("0", "1")) == "1":
        count = selection.count()
        answer["count"] = {"number": count.number, "exact": count.exact}
    return respond(answer)


def _included_fields(call: Call) -> list[str]:
    keys = [key for key in call.parameter("include").split(",") if key]
    fields = readable(call.actor, call.object)
    for key in keys:
        if key not in fields or not hasattr(fields[key], "to") and fields[key].kind != "user":
            raise FieldError(_("%(key)s is not a reference.") % {"key": key[:60]})
    return keys


def create_record(call: Call) -> HttpResponse:
    record = changes.create(call.actor, call.object.key, call.body(), via="api", source=call.source)
    return _one(call, record, 201, {"Location": f"/api/v1/{call.object.key}/{record.pk}"})


def read_record(call: Call) -> HttpResponse:
    record = records.visible(call.actor, call.object.key).get(call.record)
    if call.request.headers.get("If-None-Match", "") == etag(record.version):
        return HttpResponse(status=304, headers={"ETag": etag(record.version)})
    return _one(call, record)


def change_record(call: Call) -> HttpResponse:
    record = records.visible(call.actor, call.object.key).get(call.record)
    said, version = call.source, if_match(call.request)
    how = reach.Reach(call.choice("series", REACHES))
    if how is not reach.Reach.ONE:
        reach.save(call.actor, record, call.body(), how, via="api", if_version=version)
        return _one(call, records.visible(call.actor, call.object.key).get(call.record))
    outcome = changes.save(
        call.actor, record, call.body(), via="api", if_version=version, strict=version is not None,
        source=said,
    )  # fmt: skip
    assert outcome.record is not None
    return _one(call, outcome.record)


def delete_record(call: Call) -> HttpResponse:
    record = records.visible(call.actor, call.object.key).get(call.record)
    version = if_match(call.request)
    if version is not None and version != record.version:
        raise Problem(412, _("Changed meanwhile"), _("Somebody else wrote first."))
    how = reach.Reach(call.choice("series", REACHES))
    if how is reach.Reach.ONE:
        changes.delete(call.actor, record, via="api")
    else:
        reach.delete(call.actor, record, how, via="api")
    return respond(None, 204)


def restore_record(call: Call) -> HttpResponse:
    changes.restore(call.actor, call.object.key, key_of(call.record), via="api")
    return _one(call, records.visible(call.actor, call.object.key).get(call.record))


def read_history(call: Call) -> HttpResponse:
    record = records.visible(call.actor, call.object.key).get(call.record)
    before = call.parameter("cursor")
    limit = call.number("limit", 50, MOST)
    rows = history.of_record(record.pk, key_of(before) if before else None, limit)
    seen = readable(call.actor, call.object)
    data = [change_json(change, set(seen)) for change in rows]
    return respond({"data": data, "next": str(rows[-1].pk) if len(rows) == limit else None})


def change_json(change: Any, fields: set[str]) -> dict[str, Any]:
    """A change, with the fields that the reader may see."""
    return {
        "id": str(change.pk),
        "object": change.object,
        "record": str(change.record),
        "verb": change.verb,
        "at": change.at.isoformat(),
        "by": {"id": change.actor and str(change.actor), "name": change.actor_name},
        "via": change.via,
        "version": change.version,
        "batch": change.batch and str(change.batch),
        "changes": {
            key: {"from": old, "to": new} for key, (old, new) in change.diff.items() if key in fields
        },
    }


def run_action(call: Call) -> HttpResponse:
    """The answers of the body are cleaned by the fields that the verb asks for."""
    verb = actions.get(call.path["action"])
    record = records.visible(call.actor, call.object.key).get(call.record)
    if verb.object != call.object.key or not verb.fits(record):
        raise Problem(404, _("Not found"), _("This verb does not fit the record."))
    verb.check(call.actor)
    body, answers = call.body(), {}
    errors: dict[str, list[Message]] = {}
    asked = {each.field.key: each.field for each in verb.inputs(call.actor, record)}
    for key, raw in body.items():
        try:
            answers[key] = asked[key].clean(raw)
        except KeyError:
            errors[key] = [_("There is no such field.")]
        except FieldError as error:
            errors[key] = [error.message]
    if errors:
        raise Invalid(errors)
    result = verb.run(call.actor, record, via="api", **answers)
    shown = {"object": result.record.declares.key, "record": str(result.record.pk)}
    return respond(shown | {"message": str(result.message), "batch": result.batch and str(result.batch)})


def _one(call: Call, record: Any, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    text = call.parameter("fields")
    keys = chosen(call.actor, call.object, text) if text else None
    data = record_json(call.actor, record, keys)
    return respond(data, status, (headers or {}) | {"ETag": etag(record.version)})


FIELDS = Parameter("fields", lazy("Keys of the wanted fields, separated by commas."))
IF_MATCH = Parameter(
    "If-Match", lazy("The version that you saw; refused when it is no longer the newest."), where="header"
)
REACHES = tuple(each.value for each in reach.Reach)
SERIES = Parameter(
    "series",
    lazy("Of a series: this one, this and the later ones, or all."),
    {"type": "string", "enum": list(REACHES), "default": "one"},
)
KEY = Parameter(
    "Idempotency-Key", lazy("Sent again with the same key, the write takes effect once."), where="header"
)
SOURCE = (
    Parameter("Aperto-Source", lazy("The machine that the values come from; they are marked with it."),
              {"type": "string", "maxLength": 120}, "header"),
    Parameter("Aperto-Confidence", lazy("How sure it is, in percent."),
              {"type": "integer", "minimum": 0, "maximum": 100}, "header"),
)  # fmt: skip
LIST = (
    Parameter("filter", lazy("A condition in the filter language: stage.kind = open and amount > 1000.")),
    Parameter("sort", lazy("Field keys, separated by commas; a minus sign sorts downwards.")),
    FIELDS,
    Parameter("include", lazy("Reference fields whose titles are sent along.")),
    Parameter("cursor", lazy("The value of `next` of the page before.")),
    Parameter(
        "limit", lazy("Records on a page."), {"type": "integer", "minimum": 1, "maximum": MOST, "default": 50}
    ),
    Parameter(
        "count",
        lazy("1 counts the matching records: exact up to 10,000."),
        {"type": "string", "enum": ["0", "1"]},
    ),
)
PAGING = LIST[4:6]

OPERATIONS = (
    Operation(
        "list",
        "GET",
        "/{object}",
        list_records,
        lazy("List records"),
        Verb.READ,
        "list",
        parameters=LIST,
        refusals=(400, 401, 403, 404, 429),
    ),
    Operation(
        "create",
        "POST",
        "/{object}",
        create_record,
        lazy("Create a record"),
        Verb.CREATE,
        "record",
        201,
        body="write",
        parameters=(FIELDS, KEY, *SOURCE),
        writes=True,
        refusals=(400, 401, 403, 404, 415, 422, 429),
    ),
    Operation(
        "read",
        "GET",
        "/{object}/{id}",
        read_record,
        lazy("Read a record"),
        Verb.READ,
        "record",
        parameters=(FIELDS,),
        refusals=(400, 401, 403, 404, 429),
    ),
    Operation(
        "change",
        "PATCH",
        "/{object}/{id}",
        change_record,
        lazy("Change a record"),
        Verb.EDIT,
        "record",
        body="patch",
        parameters=(FIELDS, SERIES, IF_MATCH, KEY, *SOURCE),
        writes=True,
        refusals=(400, 401, 403, 404, 412, 415, 422, 429),
    ),
    Operation(
        "delete",
        "DELETE",
        "/{object}/{id}",
        delete_record,
        lazy("Move a record to the recycle bin"),
        Verb.DELETE,
        "nothing",
        204,
        parameters=(SERIES, IF_MATCH, KEY),
        writes=True,
        refusals=(400, 401, 403, 404, 412, 422, 429),
    ),
    Operation(
        "restore",
        "POST",
        "/{object}/{id}/restore",
        restore_record,
        lazy("Bring a record back"),
        Verb.DELETE,
        "record",
        parameters=(KEY,),
        writes=True,
        refusals=(400, 401, 403, 404, 422, 429),
    ),
    Operation(
        "history",
        "GET",
        "/{object}/{id}/history",
        read_history,
        lazy("Read the changes of a record"),
        Verb.READ,
        "changes",
        parameters=PAGING,
        refusals=(400, 401, 403, 404, 429),
    ),
    Operation(
        "action",
        "POST",
        "/{object}/{id}/actions/{action}",
        run_action,
        lazy("Carry out a verb"),
        Verb.EDIT,
        "result",
        body="answers",
        parameters=(KEY,),
        writes=True,
        refusals=(400, 401, 403, 404, 415, 422, 429),
    ),
)
