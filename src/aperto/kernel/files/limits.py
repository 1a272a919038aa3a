"""How much is kept, and of what: for one file, for one person, for the organisation.

Judged before anything is written, so that a refusal leaves nothing behind.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError, Invalid
from aperto.kernel.files.content import FAMILIES, family_of
from aperto.kernel.files.models import FileLimits, StoredFile

MB = 1 << 20
MOST = 1 << 30  # megabytes
AMOUNTS = ("largest_mb", "person_mb", "total_mb")
FIELDS = (*AMOUNTS, "kinds")
RECORD = UUID(int=1)  # how history names the one row


def current() -> FileLimits:
    return FileLimits.objects.filter(pk=1).first() or FileLimits()


def largest(limits: FileLimits | None = None) -> int:
    """Bytes of the largest file that is accepted: the machine's limit, or a lower one of the organisation."""
    machine = int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
    own = (limits or current()).largest_mb
    return min(machine, own * MB) if own else machine


def check(limits: FileLimits, size: int, content_type: str) -> None:
    """FieldError for a file that is not kept whoever sends it."""
    if not size:
        raise FieldError(_("The file is empty."))
    most = largest(limits)
    if size > most:
        raise FieldError(_("The file is too large: at most %(size)s fit.") % {"size": filesizeformat(most)})
    family = family_of(content_type)
    if limits.kinds and family not in limits.kinds:
        kept = ", ".join(str(FAMILIES[key]).lower() for key in FAMILIES if key in limits.kinds)
        raise FieldError(_("Files of this kind are not kept here. These are: %(kinds)s.") % {"kinds": kept})


def check_room(limits: FileLimits, actor: Actor, size: int) -> None:
    """FieldError when what is there leaves no room. Two that arrive together wait for each other here."""
    FileLimits.objects.select_for_update().filter(pk=1).first()
    if limits.total_mb and used() + size > limits.total_mb * MB:
        raise FieldError(_("There is no room left for files of the organisation. Ask an administrator."))
    if limits.person_mb and actor.user_id and used(actor.user_id) + size > limits.person_mb * MB:
        room = filesizeformat(max(0, limits.person_mb * MB - used(actor.user_id)))
        raise FieldError(_("Your room for files is full: %(size)s are left.") % {"size": room})


def used(person: UUID | None = None) -> int:
    """Bytes of all files, or of those that one person sent."""
    rows = StoredFile.objects.filter(created_by=person) if person else StoredFile.objects.all()
    return rows.aggregate(all=Sum("size"))["all"] or 0


def cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a form or a configuration says, as it is kept; Invalid by field."""
    errors: dict[str, list[str]] = {}
    clean: dict[str, Any] = {}
    for key in AMOUNTS:
        text = str(values.get(key) or "").strip()
        if text and not (text.isascii() and text.isdigit() and 0 < int(text) <= MOST):
            errors[key] = [_("Say a whole number of megabytes, or nothing.")]
        else:
            clean[key] = int(text) if text else None
    asked = set(values.get("kinds") or ())
    if asked - set(FAMILIES):
        errors["kinds"] = [_("There is no such kind.")]
    clean["kinds"] = [key for key in FAMILIES if key in asked] if asked != set(FAMILIES) else []
    if errors:
        raise Invalid({key: list(found) for key, found in errors.items()})
    return clean


@transaction.atomic
def write(values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Keeps them and answers what changed; who may, and what history says, is the caller's affair."""
    row, _made = FileLimits.objects.select_for_update().get_or_create(pk=1)
    diff = {key: [getattr(row, key), new] for key, new in values.items() if getattr(row, key) != new}
    for key, (_old, new) in diff.items():
        setattr(row, key, new)
    if diff:
        row.save()
    return diff
