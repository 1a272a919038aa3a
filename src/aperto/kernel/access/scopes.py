"""The vocabulary of rights: verbs on an object, and how far each reaches."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Scope(StrEnum):
    NONE = "none"
    OWN = "own"
    TEAM = "team"
    ALL = "all"


class Verb(StrEnum):
    READ = "read"
    CREATE = "create"
    EDIT = "edit"
    ASSIGN = "assign"
    DELETE = "delete"
    EXPORT = "export"
    IMPORT = "import"
    CONFIGURE = "configure"


SCOPE_LABELS = {
    Scope.NONE: _("None"),
    Scope.OWN: _("Own"),
    Scope.TEAM: _("Team"),
    Scope.ALL: _("All"),
}
VERB_LABELS = {
    Verb.READ: _("Read"),
    Verb.CREATE: _("Create"),
    Verb.EDIT: _("Edit"),
    Verb.ASSIGN: _("Assign"),
    Verb.DELETE: _("Delete"),
    Verb.EXPORT: _("Export"),
    Verb.IMPORT: _("Import"),
    Verb.CONFIGURE: _("Configure"),
}

type Grants = Mapping[str, Mapping[str, str]]  # object key, or "*" for all others → verb → scope
WIDTH = {Scope.NONE: 0, Scope.OWN: 1, Scope.TEAM: 2, Scope.ALL: 3}


def every(scope: Scope, *verbs: Verb) -> dict[str, str]:
    return {str(verb): str(scope) for verb in verbs}


READY_ROLES: dict[str, tuple[object, dict[str, dict[str, str]]]] = {
    "administrator": (_("Administrator"), {"*": every(Scope.ALL, *Verb)}),
    "manager": (
        _("Manager"),
        {
            "*": every(
                Scope.ALL,
                Verb.READ,
                Verb.CREATE,
                Verb.EDIT,
                Verb.ASSIGN,
                Verb.DELETE,
                Verb.EXPORT,
                Verb.IMPORT,
            )
        },
    ),
    "user": (
        _("User"),
        {
            "*": every(Scope.TEAM, Verb.READ, Verb.CREATE, Verb.EDIT, Verb.ASSIGN, Verb.EXPORT, Verb.IMPORT)
            | every(Scope.OWN, Verb.DELETE)
        },
    ),
    "read_only": (_("Read-only"), {"*": every(Scope.ALL, Verb.READ)}),
}


def widest(grants: list[Grants], object_key: str, verb: Verb) -> Scope:
    """The farthest reach that any role gives; a role that names the object says all there is to say of it."""
    found = Scope.NONE
    for each in grants:
        row = each.get(object_key, each.get("*", {}))
        scope = Scope(row.get(verb, Scope.NONE))
        if WIDTH[scope] > WIDTH[found]:
            found = scope
    return found
