"""Records that may be the same as the one being written: by match keys, or by a similar title.

Costs a fixed number of index look-ups, so that it can run while somebody types and on every row of an import.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.changes.blank import blank
from aperto.kernel.changes.models import MatchKey
from aperto.kernel.changes.titles import title_of
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Ref, text_of
from aperto.kernel.folding import fold
from aperto.kernel.objects.declaration import Match, ObjectType
from aperto.kernel.query import search
from aperto.kernel.query.statements import Word, fetch
from aperto.kernel.records import visible

ALIKE = 88  # of 100, by which two titles are held to be one; tried on names of four languages
SHORTEST = 4
MOST, MOST_ALIKE = 60, 10


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
    agreeing = _agreeing(declaration, cleaned)
    for rule in declaration.duplicates:
        found = _similar(actor, declaration, rule, cleaned) if rule.similar else agreeing[rule.field]
        for record in found:
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


def _agreeing(declaration: ObjectType, values: dict[str, Any]) -> dict[str, list[UUID]]:
    """Records by the field in which they agree, by one look-up for all fields."""
    fields = [rule.field for rule in declaration.duplicates if not rule.similar]
    forms = {key: declaration.fields[key].match_keys(values.get(key)) for key in fields}
    found: dict[str, list[UUID]] = {key: [] for key in fields}
    wanted = [Word(form) for each in forms.values() for form in each]
    if not wanted:
        return found
    rows = fetch(
        MatchKey,
        ("agreeing", declaration.key),
        [Q(value__in=wanted)],
        lambda given: MatchKey.objects.filter(*given, object=declaration.key).values_list(
            "field", "value", "record"
        )[:MOST],
    )
    for field_key, value, record in rows:
        if value in forms.get(field_key, ()) and record not in found[field_key]:
            found[field_key].append(record)
    return found


def _similar(actor: Actor, declaration: ObjectType, rule: Match, values: dict[str, Any]) -> list[UUID]:
    """Titles like the one that these values make; `same` asks for an equal reference besides."""
    title = fold(_title(declaration, values))
    if len(title) < SHORTEST:
        return []
    reference = values.get(rule.same) if rule.same else None
    if rule.same and reference is None:
        return []
    titles = search.titled(actor, declaration.key, title)
    scores = {each.record: fuzz.token_sort_ratio(each.title_folded.strip(), title) for each in titles}
    nearest = sorted(scores, key=lambda record: -scores[record])[:MOST_ALIKE]
    alike = [record for record in nearest if scores[record] >= ALIKE]
    if not alike or not rule.same:
        return alike
    same = declaration.fields[rule.same].where("is", [reference])
    return visible(actor, declaration.key).only(alike).where(same).ids(len(alike))


def _title(declaration: ObjectType, values: dict[str, Any]) -> str:
    record = blank(declaration.model, custom={})
    for key, value in values.items():
        if not declaration.fields[key].stored_elsewhere:
            declaration.fields[key].set(record, value)
    title = title_of(declaration, record)
    return "" if title == _("Untitled") else title
