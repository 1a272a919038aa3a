"""Fields of rules about access: an object or a role, kept as its key and chosen by its name."""

from typing import Any

from aperto.kernel.access.models import Role
from aperto.kernel.errors import Message
from aperto.kernel.fields.choice import Choice
from aperto.kernel.objects.registry import registry


class ObjectOfRules(Choice):
    """An object whose records belong to somebody."""

    def known(self) -> dict[str, Message]:
        return {each.key: each.plural for each in registry if not each.administered}


class RoleChoice(Choice):
    """A role, by its key."""

    def known(self) -> dict[str, Message]:
        return {str(role.pk): role.label for role in Role.objects.order_by("name")}

    def sample(self, n: int) -> Any:
        return None
