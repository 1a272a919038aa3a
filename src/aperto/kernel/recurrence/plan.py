"""Rule of an object that repeats: what somebody says of its repetition, before it is written."""

from django.utils.translation import gettext as _

from aperto.kernel.changes.draft import Work
from aperto.kernel.fields.recurrence import Repetition
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.record import Record
from aperto.kernel.recurrence import moments
from aperto.kernel.recurrence.series import field_of, zone_of

# On the row of one write, for what follows it: the repetition that it leaves, and whether it begins one.
BEFORE, BEGINS = "_repeated", "_begins"
BEGUN = "_begun"  # on the occasion of one write: how many series it begins
MOST_AT_ONCE = 10


def plan(work: Work) -> None:
    """A rule that says nothing new changes nothing; another one begins a series with this record."""
    field = field_of(work.occasion.declaration)
    if field is None or field.key not in work.values or work.occasion.undo_of:
        return
    value: Repetition | None = work.values[field.key]
    before: Repetition | None = work.before.get(field.key)
    if value is not None and not value.known:
        value = _meant(work, value, before)
        work.put(field.key, value)
        vars(work.record)[BEGINS] = value != before
    if before is not None and before != value and not (value and value.known):
        vars(work.record)[BEFORE] = before


def left_by(record: Record) -> Repetition | None:
    """What the write of this row has left."""
    held: Repetition | None = vars(record).get(BEFORE)
    return held


def is_begun_by(record: Record) -> bool:
    return bool(vars(record).get(BEGINS))


def _count(work: Work, key: str) -> None:
    """A bulk edit or an import may not turn a thousand records into four hundred thousand."""
    held = vars(work.occasion)
    held[BEGUN] = held.get(BEGUN, 0) + 1
    if held[BEGUN] > MOST_AT_ONCE:
        work.refuse(key, _("At most %(n)s series can begin at once.") % {"n": MOST_AT_ONCE})


def _meant(work: Work, value: Repetition, before: Repetition | None) -> Repetition | None:
    """An occurrence of a series elsewhere (a file of an export, a copy by API) stands alone here."""
    if before is None and value.series is not None:
        return None
    field = field_of(work.occasion.declaration)
    assert field is not None
    zone = zone_of(work.occasion.actor, before)
    if before and before.planned and not value.anew:
        day = moments.day_of(before.planned, zone)
        if value.rule.completed(day) == before.rule:
            return before
    moment = work.value(field.moment)
    if moment is None:
        work.refuse(field.moment, _("What repeats needs a moment to begin with."))
        return before
    _count(work, field.key)
    rule = value.rule.completed(moments.day_of(moment, zone))
    if rule.until and rule.until < moments.day_of(moment, zone):
        work.refuse(field.key, _("It would end before it begins."))
    return Repetition(rule, uuid7(), moment)
