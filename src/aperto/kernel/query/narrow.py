"""Finds the few rows that hold a text by the text index, before the table is asked.

A condition like `name ~ "van dijk"` on a field that search knows cannot be served by an index of the
table. The text index gives the keys of the records that could match; when they are few, only those are
compared. When they are many, the first page is soon found by walking the index of the sort.
"""

from typing import Any
from uuid import UUID

from django.db.models import Q

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.reach import reach_of
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import engines
from aperto.kernel.query.ast import Condition, Filter, everywhere
from aperto.kernel.query.engines.engine import Question
from aperto.kernel.query.engines.expressions import AmongKeys, among_keys
from aperto.kernel.query.readable import readable

FEW = 2_000
SHORTEST = 3
KINDS = frozenset({"text", "automatic_number", "url", "emails", "phones"})  # kept in full by the text index
SUBSTRINGS = frozenset({"contains", "starts_with", "is"})


def is_searched(declaration: ObjectType) -> bool:
    """Whether the object has entries in the search table."""
    return any(field.search_weight > 0 for field in declaration.fields.values())


def reach(actor: Actor, declaration: ObjectType, verb: Verb = Verb.READ) -> Question | None:
    """A question about what owner and team tell of the actor's right; None when that is nothing, or not
    searched. What sharing and conditions add to it is asked for by `beyond`."""
    area = reach_of(actor, declaration, verb).plain
    if not is_searched(declaration):
        return None
    if area.everything:
        return Question(declaration.key, everything=True)
    owner = actor.user_id if actor.user_id in area.owners else None
    if owner is None and not area.teams:
        return None
    return Question(declaration.key, everything=False, owner=owner, teams=tuple(sorted(area.teams)))


def beyond(actor: Actor, declaration: ObjectType, verb: Verb = Verb.READ) -> Question | None:
    """A question about all records, where the right reaches more than owner and team tell, or less; what it
    finds is not cut yet."""
    if not is_searched(declaration):
        return None
    found = reach_of(actor, declaration, verb)
    told = found.plain.everything or found.plain.owners <= {actor.user_id}
    if found.is_nothing or (told and found.is_plain):
        return None
    return Question(declaration.key, everything=True)


def narrowing(filter: Filter | None, actor: Actor, declaration: ObjectType, verb: Verb) -> Q:
    """A condition that all matching rows fulfil and that is quick to look up; Q() where there is none."""
    if filter is None:
        return Q()
    fields = readable(actor, declaration)
    fragments = {
        fragment
        for condition in everywhere(filter)
        if (fragment := _fragment(condition, fields, actor)) is not None
    }
    question = beyond(actor, declaration, verb) or reach(actor, declaration, verb) if fragments else None
    if question is None:
        return Q()
    words = tuple((fragment,) for fragment in sorted(fragments))
    keys = engines.current().containing(question.holding(words), FEW + 1)
    return among_keys("pk", keys) if len(keys) <= FEW else Q()


def names_keys(condition: Q, declaration: ObjectType) -> bool:
    """Whether it holds only for records of given keys, or for those that point at one record. Users, teams
    and stages are pointed at by many."""
    if condition.negated or condition.connector != Q.AND:
        return False
    return any(_names_key(child, declaration) for child in condition.children)


def _names_key(child: Any, declaration: ObjectType) -> bool:
    if isinstance(child, Q):
        return names_keys(child, declaration)
    if not isinstance(child, tuple):
        return isinstance(child, AmongKeys)
    column, _lookup, _rest = child[0].partition("__")
    one = child[1][0] if isinstance(child[1], list | tuple) and len(child[1]) == 1 else child[1]
    if child[0] == "pk__in":
        return True
    return isinstance(one, UUID) and any(
        target in registry and not registry.get(target).administered
        for target in getattr(declaration.fields.get(column), "to", ())
    )


def _fragment(condition: Condition, fields: dict[str, Field], actor: Actor) -> str | None:
    """The folded text that each matching record holds; None when the index cannot tell."""
    field = fields.get(condition.path[0])
    if len(condition.path) > 1 or condition.operator not in SUBSTRINGS or field is None:
        return None
    if field.kind not in KINDS or not (field.search_weight > 0 or field.key == "title"):
        return None
    try:
        raw = field.parse_argument(condition.operator, condition.arguments[0], actor.viewer)
        text = field.argument(raw)
    except FieldError:
        return None
    longest = max(text.split(), key=len, default="") if isinstance(text, str) else ""
    whole = text if field.kind == "text" else longest
    return whole if len(longest) >= SHORTEST else None
