"""A relation is seen by whoever sees what it links, and changed by whoever may also change one of them; what
has a subject, such as a comment, by whoever sees that."""

from django.db.models import Exists, OuterRef, Q

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.reference import Reference
from aperto.kernel.formula.keys import Key
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.engines.json_path import JsonPath
from aperto.kernel.query.reach import alive

NOTHING = Q(pk__in=[])
READING = (Verb.READ, Verb.EXPORT)


def both_ends(actor: Actor, declaration: ObjectType, verb: Verb) -> Q:
    """A relation whose ends are not there is closed."""
    if declaration.subject:
        return through_subject(actor, declaration)
    ends = [declaration.fields.get(key) for key in declaration.ends]
    fields = [each for each in ends if isinstance(each, Reference) and len(each.to) == 1 and each.custom]
    if len(fields) != 2 or any(each.to[0] not in registry for each in fields):
        return NOTHING
    one, other = fields
    seen = _reached(actor, one, Verb.READ) & _reached(actor, other, Verb.READ)
    if verb in READING:
        return seen
    return seen & (_reached(actor, one, Verb.EDIT) | _reached(actor, other, Verb.EDIT))


def through_subject(actor: Actor, declaration: ObjectType) -> Q:
    """What is said of a record is seen by whoever sees the record. As one condition, not as alternatives of
    which each would be looked for by itself."""
    field = declaration.fields[declaration.subject]
    key, object_key = field.names
    seen = NOTHING
    for target in field.to:  # type: ignore[attr-defined]  # a reference
        if actor.may(registry.get(target), Verb.READ):
            there = Exists(alive(actor, registry.get(target)).filter(pk=OuterRef(key)))
            seen |= Q(Q(**{object_key: target}), there)
    return Q(**{f"{key}__isnull": False}) & seen


def _reached(actor: Actor, end: Field, verb: Verb) -> Q:
    [target] = end.to  # type: ignore[attr-defined]  # a reference
    path = JsonPath(end.place, end.part("").cast)
    path.set_source_expressions([OuterRef("custom")])
    return Q(Exists(alive(actor, registry.get(target), verb).filter(pk=Key(path))))
