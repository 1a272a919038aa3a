"""Cuts what a search has found to what the actor may see: records that only sharing or a condition opens, and
words that stand in a field which a role hides."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import limits_of
from aperto.kernel.access.scopes import HIDDEN
from aperto.kernel.fields.base import Field
from aperto.kernel.folding import fold
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.engines.engine import Found, Question
from aperto.kernel.query.narrow import beyond
from aperto.kernel.query.readable import readable
from aperto.kernel.query.search import contents


def uncut_objects(actor: Actor, objects: Iterable[str]) -> set[str]:
    """Objects of which the index alone cannot tell what the actor may see."""
    return {
        key
        for key in objects
        if beyond(actor, registry.get(key)) is not None or _hides(actor, registry.get(key))
    }


def _hides(actor: Actor, declaration: ObjectType) -> bool:
    hidden = [key for key, limit in limits_of(actor, declaration.key).items() if limit == HIDDEN]
    return any(field.search_weight > 0 for key, field in declaration.fields.items() if key in hidden)


def seen(actor: Actor, found: Sequence[Found], questions: Sequence[Question]) -> list[Found]:
    """What was found, as far as the actor sees it."""
    keys: dict[str, list[UUID]] = defaultdict(list)
    for each in found:
        keys[each.object].append(each.record)
    kept: list[Found] = []
    for object_key, ids in keys.items():
        declaration = registry.get(object_key)
        mine = [each for each in found if each.object == object_key]
        visible = records.visible(actor, object_key).only(ids)
        if _hides(actor, declaration):
            asked = [each for each in questions if each.object == object_key]
            kept += _by_words(actor, declaration, mine, list(visible.source.rows()), asked)
        else:
            reached = set(visible.ids(len(ids)))
            kept += [each for each in mine if each.record in reached]
    return kept


def _by_words(
    actor: Actor,
    declaration: ObjectType,
    found: Iterable[Found],
    rows: Sequence[Record],
    questions: Sequence[Question],
) -> list[Found]:
    """Those whose words stand in fields that the actor may read."""
    fields = [field for field in readable(actor, declaration).values() if field.search_weight > 0]
    held = contents.of_records(fields, rows)
    texts = {row.pk: f"{_text(fields, row)} {held.get(row.pk, '')}" for row in rows}
    mine = [each._replace(text=texts[each.record]) for each in found if each.record in texts]
    return [each for each in mine if any(_answers(each, question) for question in questions)]


def _text(fields: Iterable[Field], row: Record) -> str:
    return "".join(f" {fold(field.search_text(field.get(row)))}" for field in fields)


def _answers(found: Found, question: Question) -> bool:
    if question.beginning:
        return found.title_folded.startswith(question.beginning)
    places = [found.title_folded] if question.in_title else [found.title_folded, found.text]
    return all(
        any(spelling in place for spelling in spellings for place in places) for spellings in question.words
    )
