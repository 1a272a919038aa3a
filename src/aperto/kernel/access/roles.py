"""Roles: the four that come with the product, and those that administrators make."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from aperto.kernel import changes
from aperto.kernel.access import actors, details, people, role_checks
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import Role
from aperto.kernel.access.scopes import READY_ROLES
from aperto.kernel.access.share_models import RecordShare
from aperto.kernel.errors import FieldError, Invalid, Missing, Refused
from aperto.kernel.ids import uuid7

type Matrix = role_checks.Matrix
RIGHTS = ("grants", "conditions", "field_rights")
ADMINISTRATOR = "administrator"


def ensure_ready_roles() -> dict[str, Role]:
    """The ready roles by key; makes those that are missing and leaves the others as they were edited."""
    held = {role.key: role for role in Role.objects.filter(key__in=READY_ROLES)}
    for key, (name, grants) in READY_ROLES.items():
        if key not in held:
            held[key] = Role.objects.get_or_create(key=key, defaults={"name": str(name), "grants": grants})[0]
    return {key: held[key] for key in READY_ROLES}


def everything() -> list[Role]:
    """All roles, the ready ones first, each with `members`: how many active users hold it."""
    order = {key: place for place, key in enumerate(READY_ROLES)}
    rows = Role.objects.annotate(members=Count("users", filter=Q(users__is_active=True)))
    return sorted(rows, key=lambda role: (order.get(role.key or "", len(order)), role.name.lower()))


def get(role_id: UUID) -> Role:
    role = Role.objects.filter(pk=role_id).first()
    if role is None:
        raise Missing(role_id)
    return role


@dataclass(frozen=True)
class Rights:
    """What a role may do; what is None stays as it is."""

    grants: Matrix | None = None
    conditions: Matrix | None = None  # object key → verb → filter
    field_rights: Matrix | None = None  # object key → field key → "hidden" or "readonly"

    def cleaned(self, actor: Actor) -> dict[str, Matrix]:
        """By the columns of the role; Invalid for what is not understood."""
        cleaned: dict[str, Matrix] = {}
        if self.grants is not None:
            cleaned["grants"] = role_checks.grants(self.grants)
        if self.conditions is not None:
            cleaned["conditions"] = role_checks.conditions_of(actor, self.conditions)
        if self.field_rights is not None:
            cleaned["field_rights"] = role_checks.field_rights(self.field_rights)
        return cleaned


@transaction.atomic
def create(
    actor: Actor,
    name: str,
    grants: Matrix,
    via: str = "page",
    batch: UUID | None = None,
    id: UUID | None = None,
    **more: Matrix,
) -> Role:
    """With `id`, one that was deleted returns under its key. `more` are `conditions` and `field_rights`."""
    people.require_administrator(actor)
    cleaned = Rights(grants, **more).cleaned(actor)
    role = Role.objects.create(id=id or uuid7(), name=_clean_name(name), **cleaned)
    rights = {key: [None, getattr(role, key)] for key in RIGHTS if getattr(role, key) or key == "grants"}
    changes.note(
        actor, "role", role.pk, "created", {"name": [None, role.name], **rights}, via=via, batch=batch
    )
    return role


@transaction.atomic
def edit(
    actor: Actor,
    role: Role,
    *,
    name: str | None = None,
    grants: Matrix | None = None,
    via: str = "page",
    batch: UUID | None = None,
    **more: Matrix,
) -> Role:
    """Changes an own role's name, and what any role but the administrator's may do (see `Rights`)."""
    people.require_administrator(actor)
    people.one_at_a_time()
    if role.key == ADMINISTRATOR or (role.key and name is not None):
        raise Refused(_("This role comes with the product and stays as it is."))
    diff: dict[str, list[object]] = {}
    if name is not None and (cleaned := _clean_name(name, role)) != role.name:
        diff["name"], role.name = [role.name, cleaned], cleaned
    for key, wanted in Rights(grants, **more).cleaned(actor).items():
        if wanted != getattr(role, key):
            diff[key] = [getattr(role, key), wanted]
            setattr(role, key, wanted)
    if diff:
        role.save(update_fields=list(diff))
        people.require_an_administrator_left()
        changes.note(actor, "role", role.pk, "changed", diff, via=via, batch=batch)
        actors.rights_changed()
    return role


@transaction.atomic
def delete(actor: Actor, role: Role, via: str = "page", batch: UUID | None = None) -> None:
    """Removes an own role that nobody holds: taking rights away is done person by person, in sight."""
    people.require_administrator(actor)
    people.one_at_a_time()
    if role.key:
        raise Refused(_("This role comes with the product and stays as it is."))
    if role.users.exists():
        raise Refused(_("Somebody still has this role; give them another one first."))
    rights = {key: [getattr(role, key), None] for key in RIGHTS if getattr(role, key) or key == "grants"}
    record, diff = role.pk, {"name": [role.name, None], **rights}
    RecordShare.objects.filter(grantee=role.pk).delete()
    role.delete()
    changes.note(actor, "role", record, "deleted", diff, via=via, batch=batch)


def _clean_name(name: str, role: Role | None = None) -> str:
    try:
        cleaned = details.name(name)[:120]
    except FieldError as error:
        raise Invalid({"name": [error.message]}) from None
    others = Role.objects.exclude(pk=role.pk) if role else Role.objects.all()
    if any(cleaned.casefold() == other.label.casefold() for other in others):
        raise Invalid({"name": [_("There is a role of this name already.")]})
    return cleaned
