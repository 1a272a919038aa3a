"""The vocabulary of rights: verbs on an object, and how far each reaches."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Scope(StrEnum):
    NONE = "none"
    OWN = "own"
    TEAM = "team"
    BELOW = "below"  # the actor's teams and all teams beneath them
    ALL = "all"


class Verb(StrEnum):
    READ = "read"
    CREATE = "create"
    EDIT = "edit"
    ASSIGN = "assign"
    DELETE = "delete"
    EXPORT = "export"
    IMPORT = "import"
    BULK = "bulk"
    SHARE = "share"
    CONFIGURE = "configure"


SCOPE_LABELS = {
    Scope.NONE: _("None"),
    Scope.OWN: _("Own"),
    Scope.TEAM: _("Team"),
    Scope.BELOW: _("Team and below"),
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
    Verb.BULK: _("Change in bulk"),
    Verb.SHARE: _("Share"),
    Verb.CONFIGURE: _("Configure"),
}

type Conditions = Mapping[str, Mapping[str, str]]  # object key → verb → filter that narrows the role's grant
type FieldRights = Mapping[str, Mapping[str, str]]  # object key → field key → HIDDEN or READ_ONLY
HIDDEN, READ_ONLY = "hidden", "readonly"
type Grants = Mapping[str, Mapping[str, str]]  # object key, or "*" for all others → verb → scope
WIDTH = {scope: width for width, scope in enumerate(Scope)}


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
                Verb.BULK,
                Verb.SHARE,
            )
        },
    ),
    "user": (
        _("User"),
        {
            "*": every(Scope.TEAM, Verb.READ, Verb.CREATE, Verb.EDIT, Verb.ASSIGN, Verb.EXPORT, Verb.IMPORT)
            | every(Scope.TEAM, Verb.BULK, Verb.SHARE)
            | every(Scope.OWN, Verb.DELETE)
        },
    ),
    "read_only": (_("Read-only"), {"*": every(Scope.ALL, Verb.READ)}),
}


def widest(grants: list[Grants], object_key: str, verb: Verb) -> Scope:
    """The farthest reach that any role gives."""
    found = Scope.NONE
    for each in grants:
        scope = granted(each, object_key, verb)
        if WIDTH[scope] > WIDTH[found]:
            found = scope
    return found


def granted(grants: Grants, object_key: str, verb: Verb) -> Scope:
    """What one role gives; a row of the object stands alone, without it the row of all objects counts."""
    row = grants.get(object_key, grants.get("*", {}))
    return Scope(row.get(verb, Scope.NONE))
