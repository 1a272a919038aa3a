"""One chunk of rows written: what became of each, and one bad row never takes the others with it."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction

from aperto.kernel import changes
from aperto.kernel.changes import Draft, Outcome
from aperto.transfer.choices import Mode
from aperto.transfer.lines import Line
from aperto.transfer.plan import Plan

log = logging.getLogger(__name__)


@dataclass
class Tally:
    """How many rows had which end; `failures` are the refused ones."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[Line] = field(default_factory=list)

    def fail(self, line: Line) -> None:
        self.counts["failed"] += 1
        self.failures.append(line)


def write_chunk(plan: Plan, lines: Sequence[Line], batch: UUID) -> Tally:
    """Writes the rows in one transaction of the caller."""
    plan.settle(lines, create=True)
    tally = Tally()
    written: dict[UUID, Line] = {}
    waiting = list(lines)
    while waiting:
        wave, waiting = _wave(waiting)
        due = [line for line in wave if _is_due(plan, line, written, tally)]
        for line, outcome in zip(due, _save(plan, due, batch), strict=True):
            _count(plan, line, outcome, written, tally)
    tally.failures.sort(key=lambda line: line.number)
    return tally


def _wave(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Rows about different records, and those that have to wait for another row about theirs."""
    wave: dict[object, Line] = {}
    rest = []
    for line in lines:
        key = line.record or line.number
        if key in wave:
            rest.append(line)
        else:
            wave[key] = line
    return list(wave.values()), rest


def _is_due(plan: Plan, line: Line, written: dict[UUID, Line], tally: Tally) -> bool:
    """Whether the row is to be written; what has another end is counted here."""
    leader = written.get(line.record) if line.record else None
    if plan.skips(line) or (leader is not None and plan.choices.mode is Mode.SKIP):
        tally.counts["skipped"] += 1
        return False
    if line.errors or line.record is None:
        tally.fail(line)
        return False
    if line.follows and leader is None:  # the row that was to make the record was refused
        line.is_new, line.follows = True, False
    elif leader is not None:
        line.is_new, line.present = False, dict(leader.values)
        plan.grow(line)
    return True


def _save(plan: Plan, lines: Sequence[Line], batch: UUID) -> list[Outcome]:
    """Writes all at once; where the database refuses, halves show which row it is."""
    if not lines:
        return []
    drafts = [
        Draft(plan.values_of(line), record=None if line.is_new else line.record,
              id=line.record if line.is_new else None, clean=True)
        for line in lines
    ]  # fmt: skip
    try:
        with transaction.atomic():
            return changes.save_many(plan.actor, plan.declaration.key, drafts, via="import", batch=batch)
    except (OperationalError, InterfaceError):
        raise  # the database's trouble, not a row's: the job tries again
    except Exception as error:
        log.warning("a row of an import was refused", exc_info=True)
        if len(lines) == 1:
            return [Outcome(error=error)]
    middle = len(lines) // 2
    return _save(plan, lines[:middle], batch) + _save(plan, lines[middle:], batch)


def _count(plan: Plan, line: Line, outcome: Outcome, written: dict[UUID, Line], tally: Tally) -> None:
    if outcome.error is not None:
        line.fail(plan.declaration, outcome.error)
        tally.fail(line)
        return
    assert line.record is not None
    if line.is_new:
        tally.counts["created"] += 1
    else:
        tally.counts["updated" if outcome.change else "unchanged"] += 1
    before = written.get(line.record)
    if before is not None:
        line.values = before.values | line.values
    if line.is_new or before is not None:
        written[line.record] = line
