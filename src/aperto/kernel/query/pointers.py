"""Conditions on what points at other records or at users: `company = "Acme"`, `owner = me`,
`company.city ~ rotterdam`, `contacts.email = …`.

The target of each hop is cut by access like any list, so that its hidden records match nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import User
from aperto.kernel.changes.models import Relation
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.linked import Linked
from aperto.kernel.fields.operators import LOOKUPS, OPERATORS
from aperto.kernel.folding import fold
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import linked
from aperto.kernel.query.ast import Condition, Filter, FilterError
from aperto.kernel.query.engines.expressions import AtRecords, Hexadecimal, LinkedTo, opposite
from aperto.kernel.query.reach import alive

USER = "user"
MOST_NAMESAKES = 100
SUBSTRINGS = frozenset({"contains", "not_contains", "starts_with"})
USER_FIELDS = {"name": "name", "email": "email"}
USER_LOOKUPS = {"is": "iexact", "contains": "icontains", "starts_with": "istartswith"}
OPPOSITES = {"is_not": "is", "none_of": "any_of", "not_contains": "contains"}

type Compile = Callable[[Filter, ObjectType, Actor], Q]


def is_pointer(field: Field) -> bool:
    return bool(targets(field))


def targets(field: Field) -> tuple[str, ...]:
    """The objects that the field can point at; none for a field of another kind."""
    return getattr(field, "to", ())


def leads_to_records(field: Field) -> bool:
    """Whether few records point at each target: at a company, but not at a user, a team or a stage."""
    return all(to in registry and not registry.get(to).administered for to in targets(field))


def condition(field: Field, asked: Condition, declaration: ObjectType, actor: Actor, compile_: Compile) -> Q:
    """The condition on a reference, or on what lies behind it."""
    if isinstance(field, Linked):
        return linked.condition(field, asked, actor, compile_)
    rest = asked.path[1:]
    if not rest and asked.operator in SUBSTRINGS:
        rest = ("name" if targets(field) == (USER,) else "title",)
    if rest:
        return _hop(field, Condition(rest, asked.operator, asked.arguments), declaration, actor, compile_)
    if asked.operator not in OPERATORS or asked.operator not in (*PRESENCE, *CHOICES):
        raise _unfit(field, asked.operator)
    if asked.operator in PRESENCE:
        filled = _filled(field, declaration)
        return filled if asked.operator == "filled" else opposite(filled)
    keys = [key for text in asked.arguments for key in keys_of(field, text, actor)]
    found = pointing(field, declaration, keys)
    return opposite(found) if asked.operator in OPPOSITES else found


PRESENCE = ("empty", "filled")
CHOICES = ("is", "is_not", "any_of", "none_of")


def _unfit(field: Field, operator: str) -> FilterError:
    words = {"operator": OPERATORS[operator].symbol, "field": field.label or field.key}
    return FilterError(_("“%(operator)s” does not fit the field %(field)s.") % words)


# -- the field itself --------------------------------------------------------------------------------


def pointing(field: Field, declaration: ObjectType, keys: "Sequence[UUID] | QuerySet[Any, Any]") -> Q:
    """Rows whose field points at one of the keys, which may be a subquery of keys."""
    if field.stored_elsewhere:
        if isinstance(keys, QuerySet):
            return Q(pk__in=_links(field, declaration).filter(right__in=keys).values("left"))
        return Q(LinkedTo(F("pk"), list(keys), kind=f"{declaration.key}.{field.place}"))
    if field.stored == "column":
        if isinstance(keys, QuerySet) or not leads_to_records(field):
            return Q(**{f"{field.key}__in": keys})
        return Q(AtRecords(F(field.key), list(keys)))
    if isinstance(keys, QuerySet):
        return Q(LOOKUPS["in"](field.sql(), keys.values(hexadecimal=Hexadecimal("pk"))))
    return Q(LOOKUPS["in"](field.sql(), [key.hex for key in keys])) if keys else Q(pk__in=[])


def _filled(field: Field, declaration: ObjectType) -> Q:
    if field.stored_elsewhere:
        return Q(pk__in=_links(field, declaration).values("left"))
    if field.stored == "column":
        return Q(**{f"{field.key}__isnull": False})
    return Q(LOOKUPS["isnull"](field.sql(), False))


def _links(field: Field, declaration: ObjectType) -> "QuerySet[Relation]":
    return Relation.objects.filter(kind=f"{declaration.key}.{field.place}")


# -- what a person typed -----------------------------------------------------------------------------


def keys_of(field: Field, text: str, actor: Actor) -> Iterable[UUID]:
    """Keys of the records that the text means: a key, a title, "me" or "my team"."""
    word = " ".join(text.lower().split())
    if word == "me" and USER in targets(field):
        return [actor.user_id] if actor.user_id else []
    if word == "my team" and USER in targets(field):
        return sorted(actor.mates)
    if word == "my team" and "team" in targets(field):
        return actor.team_ids
    return _literal(text) or _titled(field, text, actor)


def _literal(text: str) -> list[UUID]:
    """The key itself, also behind its object ("company:0190…")."""
    try:
        return [UUID(text.rpartition(":")[2])]
    except ValueError:
        return []


def _titled(field: Field, text: str, actor: Actor) -> list[UUID]:
    found: list[UUID] = []
    for target in targets(field):
        found += _namesakes(target, text, actor)
    if not found:
        words = {"field": field.label or field.key, "text": text[:60]}
        raise FieldError(_("%(field)s: nothing is called “%(text)s”.") % words)
    return found


def _namesakes(target: str, text: str, actor: Actor) -> list[UUID]:
    if target == USER:
        rows: QuerySet[Any, UUID] = User.objects.filter(
            Q(name__iexact=text) | Q(email__iexact=text)
        ).values_list("pk", flat=True)
    elif target in registry:
        declaration = registry.get(target)
        title = declaration.fields["title"]
        rows = alive(actor, declaration).filter(title.where("is", [text])).values_list("pk", flat=True)
    else:
        return []
    return list(rows[:MOST_NAMESAKES]) if fold(text) else []


# -- what lies behind it -----------------------------------------------------------------------------


def _hop(field: Field, rest: Condition, declaration: ObjectType, actor: Actor, compile_: Compile) -> Q:
    to = targets(field)
    if to == (USER,):
        return pointing(field, declaration, _users(rest))
    target, rest = (to[0], rest) if len(to) == 1 else _chosen(to, rest)
    if target not in registry:
        raise FilterError(_("There is no object called “%(object)s”.") % {"object": target})
    behind = registry.get(target)
    rows = alive(actor, behind).filter(compile_(rest, behind, actor))
    return pointing(field, declaration, rows.values("pk"))


def _chosen(to: Sequence[str], rest: Condition) -> tuple[str, Condition]:
    """With several possible objects, the path names the one that is meant: `about.company.city`."""
    if rest.path[0] == "title":
        raise FilterError(_("Say which object is meant: %(objects)s.") % {"objects": ", ".join(to)})
    if rest.path[0] not in to or len(rest.path) < 2:
        raise FilterError(_("Say which object is meant: %(objects)s.") % {"objects": ", ".join(to)})
    return rest.path[0], Condition(rest.path[1:], rest.operator, rest.arguments)


def _users(asked: Condition) -> "QuerySet[Any, Any]":
    """Users by what everybody may know of them: name, e-mail address, and whether they are active."""
    if len(asked.path) != 1 or asked.path[0] not in {*USER_FIELDS, "active"}:
        raise FilterError(_("Of a user, name, email and active can be compared."))
    operator = OPPOSITES.get(asked.operator, asked.operator)
    if asked.path[0] == "active":
        found = _active(asked, operator)
    elif operator == "any_of":
        found = Q()
        for text in asked.arguments:
            found |= Q(**{f"{USER_FIELDS[asked.path[0]]}__iexact": text})
    elif operator in USER_LOOKUPS:
        found = Q(**{f"{USER_FIELDS[asked.path[0]]}__{USER_LOOKUPS[operator]}": asked.arguments[0]})
    else:
        raise FilterError(_("Of a user, name, email and active can be compared."))
    rows = User.objects.filter(~found if asked.operator in OPPOSITES else found)
    return cast("QuerySet[Any, Any]", rows.order_by().values("pk"))


def _active(asked: Condition, operator: str) -> Q:
    words = {"true": True, "yes": True, "false": False, "no": False}
    if operator != "is" or asked.arguments[0].lower() not in words:
        raise FilterError(_("Whether a user is active is compared with true or false."))
    return Q(is_active=words[asked.arguments[0].lower()])
