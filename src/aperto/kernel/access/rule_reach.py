"""How many records a sharing rule or a territory reaches now, before it is saved."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from aperto.kernel import records
from aperto.kernel.access import conditions, granting, people
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.lookups import owned_by
from aperto.kernel.errors import Invalid
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.counting import Count


@dataclass(frozen=True)
class Drafted:
    """What a rule says of records; a territory names no owners."""

    of_object: str
    condition: str = ""
    owners_team: UUID | None = None
    owners_role: str | None = None
    reach: str = "read"


def reached(actor: Actor, rule: Drafted) -> Count | None:
    """None while the rule says nothing; Invalid for a condition that is not understood."""
    people.require_administrator(actor)
    if rule.of_object not in registry:
        return None
    declaration = registry.get(rule.of_object)
    if rule.condition and (wrong := conditions.problem(actor, declaration, rule.condition)):
        raise Invalid({"condition": [wrong]})
    given = granting.given_by(rule)
    if given is None:
        return None
    selection = records.unrestricted(declaration.key, reason="how far a rule reaches")
    if given.owners is not None:
        selection = selection.where(Q(owned_by(sorted(given.owners))))
    if given.filter and (fulfilling := conditions.compiled(actor, declaration, given.filter)) is not None:
        selection = selection.where(fulfilling)
    return selection.count()
