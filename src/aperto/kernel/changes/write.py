"""The one way to write: access → values → rules → rows → history, in one transaction.

Works on batches throughout; a single save is a batch of one. Doors call the verbs in `changes`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction

from aperto.kernel import files
from aperto.kernel.changes import activity, check, history, keys, links, provenance, within
from aperto.kernel.changes.blank import blank
from aperto.kernel.changes.draft import Draft, Occasion, Outcome, Work
from aperto.kernel.changes.models import Change
from aperto.kernel.changes.numbers import number
from aperto.kernel.changes.outline import Outline, outline_of
from aperto.kernel.changes.titles import title_of
from aperto.kernel.errors import Missing
from aperto.kernel.fields.base import Ref
from aperto.kernel.fields.filled_by import FILLED
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.kernel.query import search
from aperto.kernel.query.engines.bulk import insert, update


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
    occasion = _tied(occasion, works)
    check.all_of(occasion, [work for work in works if work.refusal is None])
    accepted = [work for work in works if work.failure is None]
    changes = _store(occasion, accepted)
    return [
        Outcome(error=work.failure) if work.failure else Outcome(work.record, changes.get(work.record.pk))
        for work in works
    ]


def _tied(occasion: Occasion, works: Sequence[Work]) -> Occasion:
    """What writes other records too (a repetition) is a batch, so that one undo takes all of it back."""
    keys = outline_of(occasion.declaration).spreading
    if not keys or occasion.batch is not None or occasion.undo_of is not None:
        return occasion
    spread = any(
        key in work.draft.values and (work.draft.values[key] or work.before.get(key))
        for work in works
        for key in keys
    )
    return replace(occasion, batch=uuid7()) if spread else occasion


def _load(occasion: Occasion, drafts: Sequence[Draft]) -> list[Work]:
    """The present rows, locked in key order so that two writers cannot wait for each other."""
    declaration = occasion.declaration
    wanted = [draft.record for draft in drafts if draft.record]
    rows = {row.pk: row for row in locked(declaration, wanted)} if wanted else {}
    linked = links.read(declaration, wanted)
    works = []
    for draft in drafts:
        if draft.record is None:
            row = blank(declaration.model, id=draft.id or uuid7(), custom={})
            works.append(Work(occasion, draft, row, created=True))
        elif (present := rows.get(draft.record)) is None:
            work = Work(occasion, draft, declaration.model(id=draft.record), created=False)
            work.refusal = Missing(draft.record)
            works.append(work)
        else:
            before = {key: field.get(present) for key, field in outline_of(declaration).stored.items()}
            works.append(Work(occasion, draft, present, created=False, before=before | linked[present.pk]))
    return works


def locked(declaration: ObjectType, wanted: Sequence[UUID], deleted: bool = False) -> list[Record]:
    rows = declaration.model.objects.filter(pk__in=wanted, deleted_at__isnull=not deleted)
    return list(rows.order_by("pk").select_for_update())


def _store(occasion: Occasion, works: Sequence[Work]) -> dict[UUID, Any]:
    number(occasion.declaration, [work for work in works if work.created])
    provenance.leave_refused(works)
    differences = {work.record.pk: history.diff(work) for work in works}
    live = [work for work in works if work.created or differences[work.record.pk]]
    outline = outline_of(occasion.declaration)
    judged = within.hanging(occasion, live)
    for work in live:
        _apply(work, outline)
        work.marked = provenance.mark(work, differences[work.record.pk])

    def store(some: Sequence[Work]) -> None:
        _rows(occasion.declaration, some, differences)
        links.sync(occasion.declaration, some)
        files.hold(_files(outline, some))

    live = within.kept(occasion, live, judged, store)
    store(live)
    keys.sync(occasion.declaration, live)
    search.index(occasion.declaration, [work.record for work in live])
    changes = [_told(occasion, work, differences[work.record.pk]) for work in live]
    history.keep(occasion, changes)
    _follow_activities(occasion.declaration, live)
    occasion.follow([work.record for work in live])
    return {change.record: change for change in changes}


def _told(occasion: Occasion, work: Work, difference: dict[str, list[Any]]) -> Change:
    verb, past = "created" if work.created else "changed", work.draft.past
    moment = past.made_at if past and work.created else work.now
    known = past is not None or work.draft.at is not None
    return history.change_of(occasion, work.record, verb, moment, difference, past=known)


def _files(outline: Outline, works: Sequence[Work]) -> list[UUID]:
    values = (work.values.get(each.key) for work in works for each in outline.filed)
    return [value.id for value in values if value]


def _follow_activities(declaration: ObjectType, works: Sequence[Work]) -> None:
    for created in (True, False):
        activity.sync(declaration, [work.record for work in works if work.created is created], fresh=created)


def _apply(work: Work, outline: Outline) -> None:
    """Puts the values into the row, with what follows from every write."""
    record, declaration = work.record, work.occasion.declaration
    _put(record, work.values, outline)
    past, writer = work.draft.past, work.occasion.actor.user_id
    writer = past.changed_by if past else writer
    stamps: dict[str, Any] = {"updated_at": work.now, "updated_by": writer and Ref("user", writer)}
    if work.created:
        made_by = past.made_by if past else writer
        made = {
            "created_at": past.made_at if past else work.now,
            "created_by": made_by and Ref("user", made_by),
        }
        stamps |= made | {"version": 1}
    else:
        stamps["version"] = record.version + 1
    stamps["title"] = title_of(declaration, record)
    _put(record, stamps, outline)


def _put(record: Record, values: Mapping[str, Any], outline: Outline) -> None:
    row = vars(record)
    for key, value in values.items():
        if plain := outline.columns.get(key):
            names, split = plain
            row.update(zip(names, split(value), strict=True))
        elif field := outline.stored.get(key):
            field.set(record, value)


def _rows(declaration: ObjectType, works: Sequence[Work], differences: dict[UUID, dict[str, Any]]) -> None:
    """New rows at once, and changed ones by the columns that differ: a statement for each set of them."""
    insert([work.record for work in works if work.created])
    groups: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    outline = outline_of(declaration)
    for work in works:
        if not work.created:
            changed = (*differences[work.record.pk], *STAMPS, *([FILLED] if work.marked else []))
            groups[_columns(changed, outline)].append(work.record)
    for names, records in groups.items():
        update(records, names)


STAMPS = ("updated_at", "updated_by", "version", "title")


def _columns(changed: Iterable[str], outline: Outline) -> tuple[str, ...]:
    """The columns that hold these fields."""
    names: set[str] = set()
    for key in changed:
        field = outline.stored.get(key)
        if field is not None:
            names.update(("custom",) if field.stored == "json" else field.names)
    return tuple(sorted(names))
