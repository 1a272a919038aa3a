"""A right that hangs on a filter holds before a write and after it: nobody moves a record out of what they
may edit, or makes one that they may not, unless another right of theirs allows it.

The filter is the database's to answer, so such records are stored on trial and taken back.
"""

from collections.abc import Callable, Sequence

from django.db import transaction

from aperto.kernel.access import rules
from aperto.kernel.access.reach import reach_of
from aperto.kernel.access.rules import Owned
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes.draft import Occasion, Work
from aperto.kernel.errors import Refused


def hanging(occasion: Occasion, works: Sequence[Work]) -> list[Work]:
    """The works whose right hangs on a filter; asked before their values are put into the rows."""
    actor, declaration = occasion.actor, occasion.declaration
    rows = [Owned.of(work.record) for work in works if not work.created]
    changed = rules.hanging(actor, declaration, Verb.EDIT, rows)
    making = reach_of(actor, declaration, Verb.CREATE)
    made = bool(making.filtered) and not making.plain
    return [work for work in works if (made if work.created else work.record.pk in changed)]


def kept(
    occasion: Occasion, works: list[Work], judged: list[Work], store: Callable[[Sequence[Work]], None]
) -> list[Work]:
    """The works without those that a trial refuses."""
    if not judged:
        return works
    point = transaction.savepoint_create()
    store(judged)
    for verb, created in ((Verb.EDIT, False), (Verb.CREATE, True)):
        some = [work for work in judged if work.created is created]
        keys = [work.record.pk for work in some]
        found = rules.fulfilling(occasion.actor, occasion.declaration, verb, keys) if some else set()
        for work in some:
            if work.record.pk not in found:
                work.refusal = Refused(verb)
    transaction.savepoint_rollback(point)
    return [work for work in works if work.refusal is None]
