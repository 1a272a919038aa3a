"""The work of scheduled imports: who is due, the file on its way in, and what its owner is told."""

import io
import logging
from datetime import UTC, datetime
from hashlib import sha256
from smtplib import SMTPException
from typing import BinaryIO
from uuid import UUID

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from aperto.kernel import jobs
from aperto.kernel.access import actors, people
from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import Missing, Refused
from aperto.kernel.objects.registry import registry
from aperto.kernel.outbound import Unreachable
from aperto.transfer import mappings, schedules
from aperto.transfer import models as books
from aperto.transfer import run as runs
from aperto.transfer.models import ImportRun, ImportSchedule, saved_schedules
from aperto.transfer.reading import Unreadable

log = logging.getLogger(__name__)


@jobs.every("transfer.scheduled", minutes=5)
@jobs.task(label=gettext_lazy("Begin scheduled imports"))
def begin_due() -> int:
    """Gives each import that is due to a job of its own, once."""
    now = datetime.now(UTC)
    due = list(saved_schedules().filter(active=True, next_at__lte=now))
    for schedule in due:
        actor = actors.of_user(people.get(schedule.owner))
        next_at = schedules.after(schedule, now, actor)
        mine = saved_schedules().filter(pk=schedule.pk, next_at=schedule.next_at)
        if mine.update(next_at=next_at):
            enqueue(schedule)
    return len(due)


def enqueue(schedule: ImportSchedule) -> None:
    label = _("Scheduled import %(name)s") % {"name": schedule.name}
    bring_in.using(actor_id=schedule.owner, label=label[:300]).enqueue(str(schedule.pk))


@jobs.task(label=gettext_lazy("Scheduled import"), max_attempts=1)
def bring_in(key: str) -> int:
    """Takes the files in; their rows are imported by the jobs of all imports. How many there were."""
    schedule = saved_schedules().filter(pk=UUID(key)).first()
    if schedule is None:
        return 0
    actor = actors.of_user(people.get(schedule.owner))
    with override(actor.viewer.language):
        try:
            schedules.require_rights(actor, schedule)
            return _files(actor, schedule)
        except Refused:
            _fail(schedule, _("Its owner may no longer import here."))
        except Missing:
            _fail(schedule, _("Its mapping was forgotten."))
        except (Unreachable, Unreadable, OSError) as problem:
            _fail(schedule, str(problem)[:500])
    return 0


def _files(actor: Actor, schedule: ImportSchedule) -> int:
    if schedule.source == ImportSchedule.URL:
        content = schedules.fetched(schedule)
        digest = sha256(content).hexdigest()
        if digest == schedule.digest:
            _note(schedule, problem="", run=schedule.last_run)  # the same file as last time
            return 0
        _take(actor, schedule, io.BytesIO(content), schedule.name, len(content))
        saved_schedules().filter(pk=schedule.pk).update(digest=digest)
        return 1
    waiting = schedules.waiting(schedule)
    for path in waiting:
        try:
            with schedules.opened(path) as stream:
                _take(actor, schedule, stream, path.name, path.stat().st_size)
        finally:
            schedules.put_away(path)  # a file that cannot be read must not hold up those behind it
    if not waiting:
        _note(schedule, problem="", run=schedule.last_run)
    return len(waiting)


def _take(actor: Actor, schedule: ImportSchedule, stream: BinaryIO, name: str, size: int) -> None:
    mapping = mappings.get(actor, schedule.mapping)
    run = runs.begin(actor, registry.get(schedule.object), stream, name, size)
    choices = mappings.applied(actor, mapping, run.header)
    run.choices, run.schedule = choices.to_json(), schedule.pk
    run.save(update_fields=["choices", "schedule"])
    if not choices.mapping:
        raise Unreadable(_("The file has none of the columns of its mapping."))
    runs.start(actor, run)
    _note(schedule, problem="", run=run.pk)


def _note(schedule: ImportSchedule, *, problem: str, run: UUID | None) -> None:
    saved_schedules().filter(pk=schedule.pk).update(last_at=datetime.now(UTC), problem=problem, last_run=run)


def _fail(schedule: ImportSchedule, problem: str) -> None:
    """Kept with the schedule, and told once: not again for the same trouble every hour."""
    _note(schedule, problem=problem, run=schedule.last_run)
    if problem != schedule.problem:
        _tell(schedule, _("The scheduled import %(name)s failed") % {"name": schedule.name}, problem)


def report(run: ImportRun) -> None:
    """Tells the owner what came of a scheduled import, when its last row has an end."""
    schedule = saved_schedules().filter(pk=run.schedule).first() if run.schedule else None
    if schedule is None:
        return
    words = {name: getattr(run, name) for name in runs.COUNTS} | {"name": schedule.name, "file": run.name}
    subject = _("Scheduled import %(name)s: %(created)s created, %(failed)s refused") % words
    body = _(
        "%(file)s: %(created)s created, %(updated)s updated, %(unchanged)s unchanged, "
        "%(skipped)s left as they are, %(failed)s refused."
    )
    _tell(schedule, subject, f"{body % words}\n\n{_('See and undo it under Imports.')} /imports/{run.pk}")


def _tell(schedule: ImportSchedule, subject: str, body: str) -> None:
    owner = people.get(schedule.owner)
    if owner.is_active and owner.email:
        try:
            EmailMessage(" ".join(subject.split())[:200], body, to=[owner.email]).send()
        except (OSError, SMTPException):  # the import has its end all the same, and its page says so
            log.warning("the owner of a scheduled import could not be told", exc_info=True)


def _ended(run: ImportRun) -> None:
    """Called when an import has come to its end, however it did."""
    fresh = books.runs().get(pk=run.pk)
    with override(actors.of_user(people.get(fresh.user)).viewer.language):
        report(fresh)


runs.ENDED.append(_ended)
