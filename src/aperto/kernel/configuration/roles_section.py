"""Roles: what each may do. The administrator's is the same everywhere and stands in no file."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from aperto.kernel.access import roles
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import Role
from aperto.kernel.configuration.document import Values
from aperto.kernel.configuration.names import Names, address_of
from aperto.kernel.configuration.section import VIA, Held, Section, Writing, filled
from aperto.kernel.errors import Message


class RolesSection(Section):
    key = "role"
    label = _("Roles")

    def comment(self) -> str:
        return "Roles: what people may do. Those with a key came with the product."

    def fields(self) -> dict[str, Message]:
        return {
            "key": _("Key"),
            "name": _("Name"),
            "grants": _("Rights"),
            "conditions": _("Conditions"),
            "field_rights": _("Rights on fields"),
        }

    def held(self, actor: Actor, names: Names) -> Sequence[Held]:
        found = [role for role in roles.everything() if role.key != roles.ADMINISTRATOR]
        for role in found:
            taken = [address for section, address in names.ids if section == self.key]
            names.put(self.key, address_of([role.key or role.name], taken), role.pk)
        return [Held(role.pk, dict(filled(_values(role, names))), bool(role.key)) for role in found]

    def identity(self, values: Values) -> Sequence[Any]:
        return [values.get("key") or values.get("name")]

    def create(self, writing: Writing, values: dict[str, Any]) -> UUID:
        named: Any = {key: values.get(key) or {} for key in roles.RIGHTS}
        name = str(values.get("name") or values.get("key") or "")
        return roles.create(writing.actor, name, via=VIA, batch=writing.batch, **named).pk

    def change(self, writing: Writing, id: UUID, values: dict[str, Any]) -> None:
        given: Any = {key: values[key] or {} for key in roles.RIGHTS if key in values}
        roles.edit(writing.actor, roles.get(id), via=VIA, batch=writing.batch, **given)

    def remove(self, writing: Writing, id: UUID) -> None:
        roles.delete(writing.actor, roles.get(id), via=VIA, batch=writing.batch)


def _values(role: Role, names: Names) -> Values:
    rights = {key: names.outward(_sorted(getattr(role, key))) for key in roles.RIGHTS}
    return ({"key": role.key} if role.key else {"name": role.name}) | rights


def _sorted(matrix: roles.Matrix) -> roles.Matrix:
    return {key: dict(sorted(row.items())) for key, row in sorted(matrix.items())}
