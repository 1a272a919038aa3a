"""Roles: the four that come with the product, and those that administrators make."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from aperto.kernel import changes
from aperto.kernel.access import actors, details, people
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import Role
from aperto.kernel.access.scopes import READY_ROLES, Scope, Verb
from aperto.kernel.errors import FieldError, Invalid, Message, Missing, Refused
from aperto.kernel.objects.registry import registry

type Matrix = dict[str, dict[str, str]]  # object key or "*" → verb → scope
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


def label(role: Role) -> Message:
    """Ready roles speak the reader's language, own roles the words of whoever made them."""
    ready = READY_ROLES.get(role.key or "")
    return str(ready[0]) if ready else role.name


def get(role_id: UUID) -> Role:
    role = Role.objects.filter(pk=role_id).first()
    if role is None:
        raise Missing(role_id)
    return role


@transaction.atomic
def create(actor: Actor, name: str, grants: Matrix, via: str = "page") -> Role:
    people.require_administrator(actor)
    role = Role.objects.create(name=_clean_name(name), grants=_clean_grants(grants))
    diff = {"name": [None, role.name], "grants": [None, role.grants]}
    changes.note(actor, "role", role.pk, "created", diff, via=via)
    return role


@transaction.atomic
def edit(
    actor: Actor, role: Role, *, name: str | None = None, grants: Matrix | None = None, via: str = "page"
) -> Role:
    """Changes an own role's name, and what any role but the administrator's may do."""
    people.require_administrator(actor)
    people.one_at_a_time()
    if role.key == ADMINISTRATOR or (role.key and name is not None):
        raise Refused(_("This role comes with the product and stays as it is."))
    diff: dict[str, list[object]] = {}
    if name is not None and (cleaned := _clean_name(name, role)) != role.name:
        diff["name"], role.name = [role.name, cleaned], cleaned
    if grants is not None and (wanted := _clean_grants(grants)) != role.grants:
        diff["grants"], role.grants = [role.grants, wanted], wanted
    if diff:
        role.save(update_fields=list(diff))
        people.require_an_administrator_left()
        changes.note(actor, "role", role.pk, "changed", diff, via=via)
        actors.rights_changed()
    return role


@transaction.atomic
def delete(actor: Actor, role: Role, via: str = "page") -> None:
    """Removes an own role that nobody holds: taking rights away is done person by person, in sight."""
    people.require_administrator(actor)
    people.one_at_a_time()
    if role.key:
        raise Refused(_("This role comes with the product and stays as it is."))
    if role.users.exists():
        raise Refused(_("Somebody still has this role; give them another one first."))
    record, diff = role.pk, {"name": [role.name, None], "grants": [role.grants, None]}
    role.delete()
    changes.note(actor, "role", record, "deleted", diff, via=via)


def _clean_name(name: str, role: Role | None = None) -> str:
    try:
        cleaned = details.name(name)[:120]
    except FieldError as error:
        raise Invalid({"name": [error.message]}) from None
    others = Role.objects.exclude(pk=role.pk) if role else Role.objects.all()
    if any(cleaned.casefold() == str(label(other)).casefold() for other in others):
        raise Invalid({"name": [_("There is a role of this name already.")]})
    return cleaned


def _clean_grants(grants: Mapping[str, Mapping[str, str]]) -> Matrix:
    """Only what the registry and the vocabulary know; a word from elsewhere is a mistake, not a right."""
    known = {"*", *(declaration.key for declaration in registry)}
    cleaned: Matrix = {}
    for key, row in grants.items():
        if key not in known or any(
            verb not in set(Verb) or scope not in set(Scope) for verb, scope in row.items()
        ):
            raise Invalid({"": [_("The table of rights holds something unknown.")]})
        if key != "*" and Verb.CONFIGURE in row:
            raise Invalid({"": [_("Administering is given for everything or not at all.")]})
        cleaned[key] = {verb: scope for verb, scope in row.items() if scope != Scope.NONE}
    return cleaned
