"""Many records in one call: created or changed by the key that they have in another system."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from aperto.api.http import Call, Problem, problem_of, respond
from aperto.api.operation import Operation
from aperto.api.operations.records import KEY
from aperto.kernel import changes, records
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes import Draft, Outcome
from aperto.kernel.errors import FieldError, Missing

MOST = 500


def upsert(call: Call) -> HttpResponse:
    """Each record stands alone: what one is refused for does not stop the others."""
    body = call.body()
    rows, match = body.get("records"), body.get("match", "external_id")
    if (
        not isinstance(rows, list)
        or not 1 <= len(rows) <= MOST
        or not all(isinstance(row, dict) for row in rows)
    ):
        message = _("A list of 1 to %(most)s records is expected.") % {"most": MOST}
        raise Problem(422, _("Not accepted"), errors={"records": [message]})
    field = call.object.fields.get(match) if isinstance(match, str) else None
    if field is None or not field.unique:
        raise Problem(422, _("Not accepted"), errors={"match": [_("A unique field is expected here.")]})
    batch = changes.new_batch()
    drafts = [_draft(call, match, row) for row in rows]
    good = [draft for draft in drafts if isinstance(draft, Draft)]
    done = iter(changes.save_many(call.actor, call.object.key, good, via="api", batch=batch))
    results = [
        _result(draft, next(done)) if isinstance(draft, Draft) else _refusal(draft) for draft in drafts
    ]
    tally = {name: sum(each["outcome"] == name for each in results) for name in NAMES}
    return respond({"data": results, "counts": tally, "batch": str(batch)})


NAMES = ("created", "updated", "unchanged", "failed")


def _draft(call: Call, match: str, row: dict[str, Any]) -> Draft | Exception:
    """A draft on the record that holds the key, or for a new one."""
    try:
        key = call.object.fields[match].clean(row.get(match))
    except FieldError as error:
        return error
    if key is None:
        return FieldError(_("The field %(key)s is empty.") % {"key": match})
    condition = call.object.fields[match].where("is", [key])
    selection = records.visible(call.actor, call.object.key).where(condition)
    held = selection.ids(1)
    return Draft(row, record=held[0] if held else None)


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
        parameters=(KEY,),
        writes=True,
        refusals=(400, 401, 403, 404, 415, 422, 429),
    ),
)
