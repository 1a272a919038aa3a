"""Values that a machine fills in: their source is kept with the write, a person keeps or refuses them, and
what was refused once the same machine does not write again.

Both stand in the row's JSON beside the fields, so that reading a record and writing it ask nothing more.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aperto.kernel.access import rules
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.rules import Owned
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes import history
from aperto.kernel.changes.draft import Draft, Occasion, Outcome, Work
from aperto.kernel.errors import FieldError, Missing, Refused
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.filled_by import FILLED
from aperto.kernel.fields.text import plain
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.kernel.query.engines.bulk import update
from aperto.kernel.query.readable import readable
from aperto.kernel.records import visible

REFUSED = "~refused"  # no key of a field: {field: [[source, hash of the value]]}
LONGEST = 120
MOST = 20  # refusals remembered of one field
FAR = 500  # changes looked through for the value before


@dataclass(frozen=True)
class Source:
    """Who says so: "Chamber of Commerce"; `confidence` in percent."""

    name: str
    confidence: int | None = None


def source(name: str, confidence: int | None = None) -> Source:
    """FieldError for what is no name or no percentage."""
    cleaned = plain(name, LONGEST)
    if not cleaned:
        raise FieldError(_("Say where the values come from."))
    if confidence is not None and not 0 <= confidence <= 100:
        raise FieldError(_("A whole number between 0 and 100 is expected."))
    return Source(cleaned, confidence)


# -- within a write ----------------------------------------------------------------------------------


def leave_refused(works: Sequence[Work]) -> None:
    """A machine does not write again what was refused of it; the rest of its values stand."""
    for work in works:
        said = work.draft.source
        refusals: Mapping[str, Any] = work.record.custom.get(REFUSED, {}) if said else {}
        for key in [key for key in refusals if work.changes(key)]:
            field = work.occasion.declaration.fields.get(key)
            if said and field and [said.name, _hash(field, work.values[key])] in refusals[key]:
                del work.values[key]


def mark(work: Work, difference: Mapping[str, Any]) -> bool:
    """Whether something was marked, or a mark went because somebody else wrote the value."""
    said, held = work.draft.source, work.record.custom.get(FILLED)
    if said is None and not held:
        return False
    kept = {key: each for key, each in (held or {}).items() if key not in difference}
    if said is not None:
        told: dict[str, Any] = {"source": said.name, "at": work.now.isoformat()}
        told |= {} if said.confidence is None else {"confidence": said.confidence}
        given = [key for key, pair in difference.items() if key in work.draft.values and pair[1] is not None]
        kept |= dict.fromkeys(given, told)
    _put(work.record, FILLED, kept)
    return kept != (held or {})


def _put(record: Record, name: str, value: Any) -> None:
    if value:
        record.custom[name] = value
    else:
        record.custom.pop(name, None)


def _hash(field: Field, value: Any) -> str:
    plain_ = None if value in (None, []) else field.to_json(value)
    text = orjson.dumps(plain_, default=str, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)
    return hashlib.sha256(text).hexdigest()[:32]


# -- what a person says of it ------------------------------------------------------------------------


@transaction.atomic
def keep(actor: Actor, declaration: ObjectType, record: UUID, key: str) -> None:
    """The value is right: it is as if the person had written it."""
    row = _marked(actor, declaration, record, key)
    _settle(row, key)


@transaction.atomic
def refuse(actor: Actor, declaration: ObjectType, record: UUID, key: str, *, via: str) -> Outcome:
    """The value before comes back, by one change that can be undone; the same machine's same value is not
    written again. Invalid where the field cannot be what it was."""
    from aperto.kernel.changes.write import write  # noqa: PLC0415 - writing marks its values here

    row = _marked(actor, declaration, record, key)
    field, said = declaration.fields[key], row.custom[FILLED][key]
    before, filled = _before(row.pk, key)
    refusals = dict(row.custom.get(REFUSED, {}))
    told = [said["source"], _hash(field, field.clean(filled) if filled is not None else None)]
    refusals[key] = [*(each for each in refusals.get(key, []) if each != told), told][-MOST:]
    _put(row, REFUSED, refusals)
    _settle(row, key)
    [outcome] = write(Occasion(actor, declaration, via), [Draft({key: before}, record=row.pk)])
    if outcome.error is not None:
        raise outcome.error
    return outcome


def _marked(actor: Actor, declaration: ObjectType, record: UUID, key: str) -> Record:
    """The row, locked, of which the actor may write this field that a machine has filled in."""
    visible(actor, declaration.key).get(record)
    row = declaration.model.objects.select_for_update().get(pk=record)
    field = readable(actor, declaration).get(key)
    if field is None or key not in row.custom.get(FILLED, {}):
        raise Missing(key)
    if field.readonly or not rules.allowed(actor, declaration, Verb.EDIT, [Owned.of(row)]):
        raise Refused(Verb.EDIT)
    return row


def _settle(row: Record, key: str) -> None:
    _put(row, FILLED, {name: each for name, each in row.custom[FILLED].items() if name != key})
    update([row], ("custom",))


def _before(record: UUID, key: str) -> tuple[Any, Any]:
    """What the field held before its newest change, and since."""
    for change in history.of_record(record, limit=FAR):
        if key in change.diff:
            old, new = change.diff[key]
            return old, new
    raise Missing(key)
