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
    found: list[Q] = []
    for child in condition.children:
        name, value = child if isinstance(child, tuple) else ("", child)
        if name == "team__in":
            found += [Q(team=team) for team in value]
        else:
            found.append(Q(child))
    return found


def disjoint(condition: Q) -> list[Q]:
    """The reach in parts that share no row, so that their counts add up: teams first, then what one owns."""
    if condition.connector != Q.OR or condition.negated:
        return [condition]
    *others, last = [child if isinstance(child, Q) else Q(child) for child in condition.children]
    return [last, *(other & opposite(last) for other in others)]
