"""The one way to write: access → values → rules → rows → history, in one transaction.

Works on batches throughout; a single save is a batch of one. Doors call the verbs in `changes`.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.base import ModelState

from aperto.kernel.changes import activity, check, history, keys, links
from aperto.kernel.changes.draft import Draft, Occasion, Outcome, Work
from aperto.kernel.changes.numbers import number
from aperto.kernel.changes.titles import title_of
from aperto.kernel.errors import Missing
from aperto.kernel.fields.base import Ref
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.kernel.query import search
from aperto.kernel.query.engines.bulk import insert


def write(occasion: Occasion, drafts: Sequence[Draft]) -> list[Outcome]:
    """Carries out the drafts; what is refused is told in its outcome and leaves no trace."""
    outcomes: dict[int, Outcome] = {}
    with transaction.atomic():
        for places in _rounds(drafts):
            round_ = _write_round(occasion, [drafts[place] for place in places])
            outcomes |= dict(zip(places, round_, strict=True))
    return [outcomes[place] for place in range(len(drafts))]


def _rounds(drafts: Sequence[Draft]) -> list[list[int]]:
    """Places of the drafts, so that no round writes a record twice: the second one builds on the first."""
    rounds: list[list[int]] = [[]]
    seen: Counter[UUID] = Counter()
    for place, draft in enumerate(drafts):
        turn = seen[draft.record] if draft.record else 0
        if draft.record:
            seen[draft.record] += 1
        if turn == len(rounds):
            rounds.append([])
        rounds[turn].append(place)
    return rounds


def _write_round(occasion: Occasion, drafts: Sequence[Draft]) -> list[Outcome]:
    works = _load(occasion, drafts)
    check.all_of(occasion, [work for work in works if work.refusal is None])
    accepted = [work for work in works if work.failure is None]
    changes = _store(occasion, accepted)
    return [
        Outcome(error=work.failure) if work.failure else Outcome(work.record, changes.get(work.record.pk))
        for work in works
    ]


def _load(occasion: Occasion, drafts: Sequence[Draft]) -> list[Work]:
    """The present rows, locked in key order so that two writers cannot wait for each other."""
    declaration = occasion.declaration
    wanted = [draft.record for draft in drafts if draft.record]
    rows = {row.pk: row for row in locked(declaration, wanted)} if wanted else {}
    linked = links.read(declaration, wanted)
    works = []
    for draft in drafts:
        if draft.record is None:
            works.append(Work(occasion, draft, blank(declaration, draft.id or uuid7()), created=True))
        elif (row := rows.get(draft.record)) is None:
            work = Work(occasion, draft, declaration.model(id=draft.record), created=False)
            work.refusal = Missing(draft.record)
            works.append(work)
        else:
            before = {
                key: field.get(row) for key, field in declaration.fields.items() if not field.stored_elsewhere
            }
            works.append(Work(occasion, draft, row, created=False, before=before | linked[row.pk]))
    return works


def blank(declaration: ObjectType, key: UUID) -> Record:
    """An empty row, copied from the first one: making it anew would ask each of its sixty columns."""
    model = declaration.model
    pattern = _patterns.get(model)
    if pattern is None:
        pattern = _patterns[model] = model().__dict__
    record = model.__new__(model)
    record.__dict__.update(pattern, _state=ModelState(), id=key, custom={})
    return record


_patterns: dict[type[Record], dict[str, Any]] = {}


def locked(declaration: ObjectType, wanted: Sequence[UUID], deleted: bool = False) -> list[Record]:
    rows = declaration.model.objects.filter(pk__in=wanted, deleted_at__isnull=not deleted)
    return list(rows.order_by("pk").select_for_update())


def _store(occasion: Occasion, works: Sequence[Work]) -> dict[UUID, Any]:
    number(occasion.declaration, [work for work in works if work.created])
    differences = {work.record.pk: history.diff(work) for work in works}
    live = [work for work in works if work.created or differences[work.record.pk]]
    for work in live:
        _apply(work)
    _rows(occasion.declaration, live, differences)
    links.sync(occasion.declaration, live)
    keys.sync(occasion.declaration, live)
    search.index(occasion.declaration, [work.record for work in live])
    changes = [
        history.change_of(
            occasion,
            work.record,
            "created" if work.created else "changed",
            work.now,
            differences[work.record.pk],
            past=work.draft.at is not None,
        )
        for work in live
    ]
    history.keep(occasion, changes)
    activity.sync(occasion.declaration, [work.record for work in live])
    return {change.record: change for change in changes}


def _apply(work: Work) -> None:
    """Puts the values into the row, with what follows from every write."""
    record, declaration = work.record, work.occasion.declaration
    fields = declaration.fields
    for key, value in work.values.items():
        if not fields[key].stored_elsewhere:
            fields[key].set(record, value)
    writer = work.occasion.actor.user_id
    stamps: dict[str, Any] = {"updated_at": work.now, "updated_by": writer and Ref("user", writer)}
    if work.created:
        stamps |= {"created_at": stamps["updated_at"], "created_by": stamps["updated_by"], "version": 1}
    else:
        stamps["version"] = record.version + 1
    stamps["title"] = title_of(declaration, record)
    for key, value in stamps.items():
        fields[key].set(record, value)


def _rows(declaration: ObjectType, works: Sequence[Work], differences: dict[UUID, dict[str, Any]]) -> None:
    table = declaration.model.objects
    insert([work.record for work in works if work.created])
    for work in works:
        if not work.created:
            changed = {*differences[work.record.pk], "updated_at", "updated_by", "version", "title"}
            table.filter(pk=work.record.pk).update(**columns(declaration, work.record, changed))


def columns(declaration: ObjectType, record: Record, changed: set[str]) -> dict[str, Any]:
    """The columns that hold these fields, with their values in the row."""
    written: dict[str, Any] = {}
    fields = declaration.fields
    for key in changed:
        field = fields[key]
        if field.stored_elsewhere:
            continue
        if field.stored == "json":
            written["custom"] = record.custom
        else:
            written |= {name: getattr(record, name) for name in field.names}
    return written
