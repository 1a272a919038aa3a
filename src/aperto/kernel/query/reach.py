"""The one place where the kernel's reading touches tables: rows of an object, cut by access."""

from typing import Any

from django.db.models import Q, QuerySet

from aperto.kernel.access import rules
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import ALIVE, Record

type Rows = QuerySet[Record, Any]


def table(declaration: ObjectType) -> QuerySet[Record]:
    return declaration.model.objects.order_by()


def reached(actor: Actor, declaration: ObjectType, verb: Verb = Verb.READ) -> Q:
    """Which rows the actor's right reaches."""
    return rules.condition(actor, declaration, verb)


def alive(actor: Actor, declaration: ObjectType, verb: Verb = Verb.READ) -> QuerySet[Record]:
    """The rows that the actor may see, without those in the recycle bin."""
    return table(declaration).filter(ALIVE, reached(actor, declaration, verb))
