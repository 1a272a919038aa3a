"""Whom to remind of what at this moment. Whoever was told is not told again, unless it was moved since."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel import jobs
from aperto.kernel.access.models import User
from aperto.kernel.fields.base import Ref
from aperto.kernel.fields.formats.times import write_moment
from aperto.kernel.fields.reminder import LONGEST, Reminder
from aperto.kernel.notices import notify
from aperto.kernel.notices.models import Notice
from aperto.kernel.notices.sorts import REMINDER
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.reminders.habits import field_of
from aperto.kernel.reminders.models import ReminderHabit
from aperto.kernel.viewer import Viewer

GRACE = timedelta(hours=1)  # after its moment nobody is reminded any more


@dataclass(frozen=True)
class Due:
    object: str
    record: UUID
    user: UUID
    moment: datetime

    @property
    def event(self) -> UUID:
        """Another one once it was moved."""
        return uuid5(self.record, f"reminder {self.moment.astimezone(UTC).isoformat()} {self.user}")


@jobs.every("kernel.remind", minutes=1)
@jobs.task(label=gettext_lazy("Remind of what comes next"), max_attempts=1)
def remind() -> int:
    return remind_all(datetime.now(UTC))


def remind_all(now: datetime) -> int:
    """How many were told now."""
    due = [each for declaration in registry for each in _of_object(declaration, now)]
    told = set(Notice.objects.filter(event__in=[each.event for each in due]).values_list("event", flat=True))
    fresh = [each for each in due if each.event not in told]
    people = {user.pk: user for user in User.objects.filter(pk__in={each.user for each in fresh})}
    return sum(_tell(each, people[each.user]) for each in fresh if each.user in people)


def _of_object(declaration: ObjectType, now: datetime) -> Iterable[Due]:
    field = field_of(declaration)
    if field is None or declaration.activity is None:
        return
    ending = declaration.activity.done
    open_ = Q(deleted_at__isnull=True, owner__isnull=False) & (~Q(**{ending: True}) if ending else Q())
    yield from _said(declaration, field, open_, now)
    yield from _usual(declaration, field, open_, now)


def _said(declaration: ObjectType, field: Reminder, open_: Q, now: datetime) -> Iterator[Due]:
    """Those that say themselves when: an index holds them alone."""
    latest = now + timedelta(seconds=LONGEST)
    within = Q(**{f"{field.moment}__gt": now - GRACE, f"{field.moment}__lte": latest})
    rows = declaration.model.objects.filter(open_, within, **{f"{field.key}__isnull": False})
    for key, owner, moment, seconds in rows.values_list("pk", "owner", field.moment, field.key):
        if moment - timedelta(seconds=seconds) <= now:
            yield Due(declaration.key, key, owner, moment)


def _usual(declaration: ObjectType, field: Reminder, open_: Q, now: datetime) -> Iterator[Due]:
    """Those of people who want to be reminded anyway."""
    for user, seconds in ReminderHabit.objects.values_list("pk", "seconds"):
        if declaration.key not in seconds:
            continue
        latest = now + timedelta(seconds=seconds[declaration.key])
        within = Q(**{f"{field.moment}__gt": now - GRACE, f"{field.moment}__lte": latest})
        rows = declaration.model.objects.filter(
            open_, within, **{"owner": user, f"{field.key}__isnull": True}
        )
        for key, moment in rows.values_list("pk", field.moment):
            yield Due(declaration.key, key, user, moment)


def _tell(due: Due, user: User) -> int:
    """In the language and on the clock of whoever hears it."""
    with translation.override(user.language):
        moment = write_moment(due.moment, Viewer(language=user.language, zone_name=user.zone))
        text = _("Planned for %(moment)s") % {"moment": moment}
    return notify(REMINDER.key, [user.pk], event=due.event, about=Ref(due.object, due.record), text=text)
