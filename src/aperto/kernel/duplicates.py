"""Records that may be the same as the one being written: by match keys, or by a similar title.

Costs a fixed number of index look-ups, so that it can run while somebody types and on every row of an import.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.changes.models import MatchKey
from aperto.kernel.changes.titles import title_of
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Ref, text_of
from aperto.kernel.folding import fold
from aperto.kernel.objects.declaration import Match, ObjectType
from aperto.kernel.query import search
from aperto.kernel.records import visible

ALIKE = 88  # of 100, by which two titles are held to be one; tried on names of four languages
SHORTEST = 4


@dataclass
class Likeness:
    """A record that may be the same, and why: labels of the agreeing fields."""

    ref: Ref
    reasons: list[str] = field(default_factory=list)
    score: int = 0


def find(
    actor: Actor,
    declaration: ObjectType,
    values: Mapping[str, Any],
    exclude: UUID | None = None,
    limit: int = 5,
) -> list[Likeness]:
    """Visible records that agree with these values, most likely first. Values that do not fit are ignored:
    the form says what is wrong with them."""
    declaration = for_actor(actor, declaration)  # a hidden value tells nobody by agreeing
    cleaned = _cleaned(declaration, values)
    reasons: dict[UUID, list[str]] = defaultdict(list)
    scores: dict[UUID, int] = defaultdict(int)
    for rule in declaration.duplicates:
        for record in _agreeing(actor, declaration, rule, cleaned):
            if record != exclude:
                reasons[record].append(text_of(declaration.fields[rule.field].label))
                scores[record] += 60 if rule.similar else 100
    refs = visible(actor, declaration.key).titles(reasons)
    likely = [Likeness(refs[key], reasons[key], scores[key]) for key in reasons if key in refs]
    return sorted(likely, key=lambda each: -each.score)[:limit]


def _cleaned(declaration: ObjectType, values: Mapping[str, Any]) -> dict[str, Any]:
    cleaned: dict[str, Any] = {}
    for key, value in values.items():
        if key in declaration.fields:
            try:
                cleaned[key] = declaration.fields[key].clean(value)
            except FieldError:
                continue
    return cleaned


def _agreeing(actor: Actor, declaration: ObjectType, rule: Match, values: dict[str, Any]) -> list[UUID]:
    if rule.similar:
        return _similar(actor, declaration, rule, values)
    forms = declaration.fields[rule.field].match_keys(values.get(rule.field))
    if not forms:
        return []
    keys = MatchKey.objects.filter(value__in=forms, object=declaration.key, field=rule.field)
    return list(keys.values_list("record", flat=True).distinct()[:20])


def _similar(actor: Actor, declaration: ObjectType, rule: Match, values: dict[str, Any]) -> list[UUID]:
    """Titles like the one that these values make; `same` asks for an equal reference besides."""
    title = fold(_title(declaration, values))
    if len(title) < SHORTEST:
        return []
    hits = search.find(actor, title, limit=10, objects=[declaration.key])
    alike = [hit.id for hit in hits if fuzz.token_sort_ratio(fold(hit.title), title) >= ALIKE]
    if not alike or not rule.same:
        return alike
    reference = values.get(rule.same)
    if reference is None:
        return []
    same = declaration.fields[rule.same].where("is", [reference])
    return visible(actor, declaration.key).only(alike).where(same).ids(len(alike))


def _title(declaration: ObjectType, values: dict[str, Any]) -> str:
    record = declaration.model()
    for key, value in values.items():
        if not declaration.fields[key].stored_elsewhere:
            declaration.fields[key].set(record, value)
    title = title_of(declaration, record)
    return "" if title == _("Untitled") else title
