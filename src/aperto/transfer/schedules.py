"""Imports that come by themselves: a file of the web or of the folder for incoming files, by a remembered
mapping, in the name of its owner and with the owner's rights at that moment.

Only the client for foreign addresses fetches (`kernel.outbound`), and the folder is one beneath the data
folder, to which an administrator gives files; links in it are not followed. Each file is an import of its
own, with its report and its undo.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from aperto.kernel import outbound
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Invalid, Message, Missing, Refused
from aperto.kernel.objects.registry import registry
from aperto.transfer import mappings
from aperto.transfer import run as runs
from aperto.transfer.models import ImportSchedule, saved_schedules

FOLDER = "incoming"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
MOST_BYTES = 50 * 1024 * 1024
MOST_SCHEDULES = 50
OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def listed(actor: Actor, object_key: str) -> list[ImportSchedule]:
    """The actor's own; an administrator sees everybody's."""
    return list(_mine(actor).filter(object=object_key).order_by("name", "pk"))


def _mine(actor: Actor) -> "models.QuerySet[ImportSchedule]":
    found = saved_schedules()
    if actor.configures:
        return found
    return found.filter(owner=actor.user_id) if actor.user_id else found.none()


def get(actor: Actor, key: UUID) -> ImportSchedule:
    found = _mine(actor).filter(pk=key).first() if actor.user_id else None
    if found is None or found.object not in registry:
        raise Missing(key)
    return found


def save(actor: Actor, schedule: ImportSchedule) -> ImportSchedule:
    """Adds one; Refused without the rights, Invalid for what cannot be."""
    if actor.user_id is None or actor.behind is not None:
        raise Refused(Verb.IMPORT)
    require_rights(actor, schedule)
    schedule.owner = actor.user_id
    if errors := _errors(actor, schedule):
        raise Invalid(errors)
    schedule.next_at = after(schedule, datetime.now(UTC), actor)
    schedule.save()
    return schedule


def require_rights(actor: Actor, schedule: ImportSchedule) -> None:
    """To import at all; and a folder of the machine is an administrator's."""
    if not runs.may_import(actor, registry.get(schedule.object)):
        raise Refused(Verb.IMPORT)
    if schedule.source == ImportSchedule.FOLDER and not actor.configures:
        raise Refused(_("Only administrators take files from the machine."))


def _errors(actor: Actor, schedule: ImportSchedule) -> dict[str, list[Message]]:
    errors: dict[str, list[Message]] = {}
    schedule.name = " ".join(schedule.name.split())
    if not 1 <= len(schedule.name) <= 120 or "\0" in schedule.name:
        errors["name"] = [_("A name of at most 120 characters is needed.")]
    if schedule.source == ImportSchedule.URL:
        try:
            outbound.require_web_address(schedule.place)
        except outbound.Unreachable as refusal:
            errors["place"] = [refusal.message]
    elif not NAME.fullmatch(schedule.place):
        errors["place"] = [_("The name of a folder: letters, figures, - and _.")]
    known = {each.pk for each in mappings.listed(actor, schedule.object)}
    if schedule.mapping not in known:
        errors["mapping"] = [_("Choose a remembered mapping.")]
    if saved_schedules().filter(owner=schedule.owner).count() >= MOST_SCHEDULES:
        errors["name"] = [_("At most %(most)s scheduled imports.") % {"most": MOST_SCHEDULES}]
    return errors


def forget(actor: Actor, schedule: ImportSchedule) -> None:
    if actor.behind is not None:
        raise Refused(Verb.IMPORT)
    schedule.delete()


def after(schedule: ImportSchedule, moment: datetime, actor: Actor) -> datetime:
    """When it is due next: every hour, or daily at its time in the owner's zone."""
    local = moment.astimezone(actor.viewer.zone)
    due = local.replace(minute=schedule.at.minute, second=0, microsecond=0)
    if schedule.every == ImportSchedule.DAY:
        due = due.replace(hour=schedule.at.hour)
    step = timedelta(days=1) if schedule.every == ImportSchedule.DAY else timedelta(hours=1)
    return (due if due > local else due + step).astimezone(UTC)


# -- files -------------------------------------------------------------------------------------------


def fetched(schedule: ImportSchedule) -> bytes:
    """What the address answers; Unreachable says what keeps it."""
    answer = outbound.Client(MOST_BYTES).get(schedule.place)
    if answer.status_code != 200:
        told = _("The address answered %(status)s instead of a file.")
        raise outbound.Unreachable(told % {"status": answer.status_code})
    return bytes(answer.content)


def folder_of(schedule: ImportSchedule) -> Path:
    return Path(settings.DATA_DIR) / FOLDER / schedule.place


def waiting(schedule: ImportSchedule) -> list[Path]:
    """Files of the folder, oldest first; what begins with a dot is still being written."""
    folder = folder_of(schedule)
    if folder.is_symlink() or folder.parent.is_symlink():
        return []
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = [each for each in folder.iterdir() if each.is_file() and not each.is_symlink()]
    return sorted((each for each in files if each.name[0] != "."), key=lambda each: each.stat().st_mtime)[:20]


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file itself, never what a link leads to."""
    with os.fdopen(os.open(path, OPEN_FLAGS), "rb") as stream:
        yield stream


def put_away(path: Path) -> None:
    """What was taken in lies in `done`, under a name of its own."""
    done = path.parent / "done"
    done.mkdir(mode=0o700, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    path.replace(done / f"{stamp}-{path.name}")
