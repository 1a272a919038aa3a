"""What may be said to anybody at all: nothing of a field that any role hides."""

from collections import defaultdict

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import Role
from aperto.kernel.access.scopes import HIDDEN, Scope, Verb, every


def anybody() -> Actor:
    """A reader without a name, for public pages about objects; there are no records for them."""
    hidden: dict[str, dict[str, str]] = defaultdict(dict)
    for rights in Role.objects.exclude(field_rights={}).values_list("field_rights", flat=True):
        for object_key, fields in rights.items():
            hidden[object_key] |= {key: HIDDEN for key, right in fields.items() if right == HIDDEN}
    return Actor("anonymous", grants=({"*": every(Scope.ALL, Verb.READ)},), field_rights=(dict(hidden),))
