"""Many records in one call: created or changed by the key that they have in another system."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from aperto.api.http import Call, Problem, problem_of, respond
from aperto.api.operation import Operation
from aperto.api.operations.records import KEY, SOURCE
from aperto.kernel import changes, records
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes import Draft, Outcome, keys
from aperto.kernel.changes.provenance import Source
from aperto.kernel.errors import FieldError, Missing, Refused
from aperto.kernel.fields.base import Field

MOST = 500


NAMES = ("created", "updated", "unchanged", "failed")


def upsert(call: Call) -> HttpResponse:
    """Each record stands alone: what one is refused for does not stop the others."""
    if not call.actor.may(call.object, Verb.BULK):
        raise Refused(Verb.BULK)
    field, rows = _asked(call)
    drafts = _drafts(call, field, rows)
    batch = changes.new_batch()
    good = [draft for draft in drafts if isinstance(draft, Draft)]
    done = iter(changes.save_many(call.actor, call.object.key, good, via="api", batch=batch))
    results = [
        _result(draft, next(done)) if isinstance(draft, Draft) else _refusal(draft) for draft in drafts
    ]
    tally = {name: sum(each["outcome"] == name for each in results) for name in NAMES}
    return respond({"data": results, "counts": tally, "batch": str(batch)})


def _asked(call: Call) -> tuple[Field, list[dict[str, Any]]]:
    """The unique field to match by, and the rows."""
    body = call.body()
    errors = {key: [_("There is no such field.")] for key in body.keys() - {"match", "records"}}
    rows, field = body.get("records"), call.object.writable.get(str(body.get("match")))
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST or any(type(row) is not dict for row in rows):
        errors["records"] = [_("A list of 1 to %(most)s records is expected.") % {"most": MOST}]
    if field is None or not field.unique:
        errors["match"] = [_("A unique field is expected here.")]
    if errors or field is None or not isinstance(rows, list):
        raise Problem(422, _("Not accepted"), errors=errors)
    return field, rows


def _drafts(call: Call, field: Field, rows: list[dict[str, Any]]) -> list[Draft | Exception]:
    """A draft on the record that holds the key, or for a new one: one look-up for all rows."""
    values: list[Any] = []
    for row in rows:
        try:
            values.append(field.clean(row.get(field.key)))
        except FieldError as error:
            values.append(error)
    forms = [form for value in values if not isinstance(value, Exception) for form in field.match_keys(value)]
    holders = keys.holders(call.object, field, forms)
    said = call.source
    held = [record for records_ in holders.values() for record in records_]
    seen, bulk = (
        set(records.visible(call.actor, call.object.key, verb).only(held).ids(len(held)))
        for verb in (Verb.READ, Verb.BULK)
    )
    drafts = [_draft(field, row, value, holders, seen, said) for row, value in zip(rows, values, strict=True)]
    return [Refused(Verb.BULK) if _record_of(draft) in seen - bulk else draft for draft in drafts]


def _record_of(draft: Draft | Exception) -> UUID | None:
    return draft.record if isinstance(draft, Draft) else None


def _draft(
    field: Field,
    row: dict[str, Any],
    value: Any,
    holders: dict[str, list[UUID]],
    seen: set[UUID],
    said: Source | None,
) -> Draft | Exception:
    if isinstance(value, Exception):
        return value
    if value is None:
        return FieldError(_("The field %(key)s is empty.") % {"key": field.key})
    held = (record for form in field.match_keys(value) for record in holders.get(form, ()))
    return Draft(row, source=said, record=next((record for record in held if record in seen), None))


def _result(draft: Draft, outcome: Outcome) -> dict[str, Any]:
    if outcome.error is not None or outcome.record is None:
        return _refusal(outcome.error or Missing(draft.record))
    verb = (
        "unchanged" if outcome.change is None else {"created": "created"}.get(outcome.change.verb, "updated")
    )
    return {"outcome": verb, "id": str(outcome.record.pk), "version": outcome.record.version}


def _refusal(error: Exception) -> dict[str, Any]:
    found = problem_of(error)
    if found is None:
        raise error
    return {"outcome": "failed", "title": found.title, "detail": found.detail, "errors": found.errors}


OPERATIONS = (
    Operation(
        "upsert",
        "POST",
        "/{object}/upsert",
        upsert,
        lazy("Create or change many records"),
        Verb.CREATE,
        "upserted",
        body="upsert",
        parameters=(KEY, *SOURCE),
        writes=True,
        refusals=(400, 401, 403, 404, 415, 422, 429),
    ),
)
