"""The one place where the kernel's reading touches tables: rows of an object, cut by access."""

from typing import Any

from django.db.models import Q, QuerySet

from aperto.kernel.access import rules
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import ALIVE, Record
from aperto.kernel.query.engines.expressions import opposite

type Rows = QuerySet[Record, Any]


def table(declaration: ObjectType) -> QuerySet[Record]:
    return declaration.model.objects.order_by()


def reached(actor: Actor, declaration: ObjectType, verb: Verb = Verb.READ) -> Q:
    """Which rows the actor's right reaches."""
    return rules.condition(actor, declaration, verb)


def alive(actor: Actor, declaration: ObjectType, verb: Verb = Verb.READ) -> QuerySet[Record]:
    """The rows that the actor may see, without those in the recycle bin."""
    return table(declaration).filter(ALIVE, reached(actor, declaration, verb))


def shares(condition: Q) -> list[Q]:
    """The parts of a reach of which each is one range of an index: what one owns, and what each team has."""
    if condition.connector != Q.OR or condition.negated:
        return [condition]
    return [
        part for child in condition.children for part in _teams(child if isinstance(child, Q) else Q(child))
    ]


def _teams(part: Q) -> list[Q]:
    """The part for each team that it names; what else it demands stays with each."""
    first, *rest = part.children
    name, value = first if isinstance(first, tuple) else ("", None)
    if name != "team__in" or part.connector == Q.OR or part.negated:
        return [part]
    return [Q(*rest, team=team) for team in value]


def _names_teams(part: Q) -> bool:
    first = part.children[0] if part.children else None
    return isinstance(first, tuple) and first[0] == "team__in"


def ranges(condition: Q) -> int:
    """How many ranges of an index its parts are; none where a part is no such range."""
    parts = shares(condition)
    return len(parts) if all(_is_range(part) for part in parts) else 0


def _is_range(part: Q) -> bool:
    first = part.children[0] if part.children else None
    return isinstance(first, tuple) and first[0] in ("owner", "team") and part.connector == Q.AND


def disjoint(condition: Q) -> list[Q]:
    """The reach in parts that share no row, so that their counts add up: teams first, then what one owns."""
    if condition.connector != Q.OR or condition.negated:
        return [condition]
    parts = [child if isinstance(child, Q) else Q(child) for child in condition.children]
    first, *others = sorted(parts, key=lambda part: not _names_teams(part))
    found, before = [first], first
    for other in others:
        found.append(other & opposite(before))
        before |= other
    return found
