"""Filters in words for people: the fields, comparisons and values of chips."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.operators import OPERATORS
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.ast import Condition, Filter
from aperto.kernel.query.pointers import targets
from aperto.kernel.query.readable import readable
from aperto.kernel.query.rows import titles
from aperto.kernel.query.said import relative_words
from aperto.kernel.viewer import Viewer

MOST_SHOWN = 3


def field_at(actor: Actor, declaration: ObjectType, path: Sequence[str]) -> tuple[list[str], Field | None]:
    """The labels along a path, and the field at its end; None where the path leads out of the registry."""
    field = readable(actor, declaration).get(path[0])
    if field is None:
        return list(path), None
    label = label_of(field)
    if len(path) == 1:
        return [label], field
    rest = path[1:]
    to = targets(field)
    if len(to) > 1 and rest[0] in to:
        to, rest = (rest[0],), rest[1:]
    if len(to) != 1 or to[0] not in registry or not rest:
        return [label, *rest], None
    labels, last = field_at(actor, registry.get(to[0]), rest)
    return [label, *labels], last


def label_of(field: Field) -> str:
    """What a field is called in lists; the title of a record is its name."""
    return _("Name") if field.key == "title" else str(field.label or field.key)


def value_words(field: Field | None, condition: Condition, viewer: Viewer, found: dict[UUID, str]) -> str:
    """The values of a condition; a long list is cut short."""
    texts = [one_value(field, condition.operator, text, viewer, found) for text in condition.arguments]
    if condition.operator == "between":
        return _("%(low)s and %(high)s") % {"low": texts[0], "high": texts[1]}
    if len(texts) > MOST_SHOWN:
        more = _("%(count)s more") % {"count": len(texts) - MOST_SHOWN + 1}
        texts = [*texts[: MOST_SHOWN - 1], more]
    return ", ".join(texts)


def one_value(field: Field | None, operator: str, text: str, viewer: Viewer, found: dict[UUID, str]) -> str:
    if (word := relative_words(text)) is not None:
        return word
    if field is None:
        return text
    if targets(field):
        key = literal_key(text)
        return found.get(key, _("a record that you cannot see")) if key else text
    try:
        return field.text(field.parse_argument(operator, text, viewer), viewer) or text
    except (FieldError, TypeError, ValueError):
        return text


def literal_key(text: str) -> UUID | None:
    try:
        return UUID(text.rpartition(":")[2])
    except ValueError:
        return None


def titles_in(actor: Actor, declaration: ObjectType, found: Sequence[Condition]) -> dict[UUID, str]:
    """The titles of records that a filter names by key: one query for each object, none without keys."""
    wanted: dict[str, set[UUID]] = {}
    for condition in found:
        keys = {key for text in condition.arguments if (key := literal_key(text))}
        field = field_at(actor, declaration, condition.path)[1] if keys else None
        for target in targets(field) if field else ():
            wanted.setdefault(target, set()).update(keys)
    return {
        key: ref.title for target, keys in wanted.items() for key, ref in titles(actor, target, keys).items()
    }


def sentence(actor: Actor, declaration: ObjectType, item: Filter, found: dict[UUID, str]) -> str:
    """A group in words, for the chip that stands for it."""
    if isinstance(item, Condition):
        labels, field = field_at(actor, declaration, item.path)
        words = [" › ".join(labels), str(OPERATORS[item.operator].label)]
        return " ".join([*words, value_words(field, item, actor.viewer, found)]).strip()
    joiner = _("and") if item.joiner == "and" else _("or")
    inner = f" {joiner} ".join(sentence(actor, declaration, each, found) for each in item.items)
    return _("not (%(condition)s)") % {"condition": inner} if item.negated else inner
