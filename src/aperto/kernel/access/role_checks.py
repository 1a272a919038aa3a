"""What a role can say: only what the registry and the vocabulary know. A word from elsewhere is a mistake,
not a right."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from aperto.kernel.access import conditions
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import can_be_limited
from aperto.kernel.access.scopes import HIDDEN, READ_ONLY, Scope, Verb
from aperto.kernel.errors import Invalid, Message
from aperto.kernel.objects.registry import registry

type Matrix = dict[str, dict[str, str]]  # object key or "*" → verb or field → what is said of it
WHOLE = frozenset({Verb.ASSIGN, Verb.IMPORT, Verb.CONFIGURE})  # given without a condition


def grants(given: Mapping[str, Mapping[str, str]]) -> Matrix:
    """Object key or "*" → verb → scope."""
    known = {"*", *(declaration.key for declaration in registry)}
    cleaned: Matrix = {}
    for key, row in given.items():
        if key not in known or any(
            verb not in set(Verb) or scope not in set(Scope) for verb, scope in row.items()
        ):
            raise Invalid({"": [_("The table of rights holds something unknown.")]})
        if key != "*" and Verb.CONFIGURE in row:
            raise Invalid({"": [_("Administering is given for everything or not at all.")]})
        cleaned[key] = {verb: scope for verb, scope in row.items() if scope != Scope.NONE}
    return cleaned


def conditions_of(actor: Actor, given: Mapping[str, Mapping[str, str]]) -> Matrix:
    """Object key → verb → filter; a blank one is left out. Messages are by "object.verb"."""
    cleaned: Matrix = {}
    errors: dict[str, list[Message]] = {}
    for key, row in given.items():
        _require_object(key)
        for verb, text in row.items():
            if verb not in set(Verb) - WHOLE:
                raise Invalid({"": [_("The table of rights holds something unknown.")]})
            if not text.strip():
                continue
            if wrong := conditions.problem(actor, registry.get(key), text.strip()):
                errors[f"{key}.{verb}"] = [wrong]
            cleaned.setdefault(key, {})[verb] = text.strip()
    if errors:
        raise Invalid(errors)
    return cleaned


def field_rights(given: Mapping[str, Mapping[str, str]]) -> Matrix:
    """Object key → field key → "hidden" or "readonly"; a blank one is left out."""
    cleaned: Matrix = {}
    errors: dict[str, list[Message]] = {}
    for key, row in given.items():
        _require_object(key)
        fields = registry.get(key).fields
        for field, right in row.items():
            if field not in fields or right not in (HIDDEN, READ_ONLY, ""):
                raise Invalid({"": [_("The table of rights holds something unknown.")]})
            if right and (wrong := can_be_limited(registry.get(key), fields[field], right)):
                errors[f"{key}.{field}"] = [wrong]
            if right:
                cleaned.setdefault(key, {})[field] = right
    if errors:
        raise Invalid(errors)
    return cleaned


def _require_object(key: str) -> None:
    if key not in registry or registry.get(key).administered:
        raise Invalid({"": [_("The table of rights holds something unknown.")]})
