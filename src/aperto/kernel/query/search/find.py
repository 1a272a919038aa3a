"""Finds records of all objects by what a person types, letter by letter.

First titles that begin so and titles with a word that begins so; when those are too few, anything that
holds the words; when still almost nothing, words that look or sound alike. Cut by access twice: in the
index by owner and team, and by `records.visible` when the rows of the hits are read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import engines
from aperto.kernel.query.engines.engine import Found, Question
from aperto.kernel.query.narrow import beyond, reach
from aperto.kernel.query.rows import Row
from aperto.kernel.query.search.models import SearchDeletion
from aperto.kernel.query.search.rank import Asked, score
from aperto.kernel.query.search.seen import seen, uncut_objects
from aperto.kernel.query.search.words import SHORTEST, deletions, digits_of, nearest, spans, typed
from aperto.kernel.query.statements import Word, fetch

ENOUGH = 6  # with fewer titles than this, other fields are searched too
FEW = 3  # with fewer hits than this, similar words are tried
EACH = 30  # candidates of one object
WIDER = 10  # times as many where candidates are cut only after they are found
SPARE = 6  # hits more than asked for, should some be invisible after all


@dataclass(frozen=True)
class Hit:
    """A found record. `matches` are (start, end) in the title, to be marked."""

    object: str
    id: UUID
    title: str
    subtitle: str
    matches: list[tuple[int, int]] = field(default_factory=list)
    score: float = 0.0


def find(actor: Actor, text: str, limit: int = 12, objects: Sequence[str] | None = None) -> list[Hit]:
    """The best hits first. `objects` narrows to these; otherwise all but what administrators configure."""
    words = typed(text)
    bases = _bases(actor, objects)
    if not words or not bases:
        return []
    asked = Asked(" ".join(words), tuple((word,) for word in words))
    found = _titles(actor, bases, asked, limit)
    if len(found) < ENOUGH:
        found |= _ask(actor, _questions(bases, asked) + _phones(bases, text))
    if len(found) < FEW and (alike := _alike(asked)) is not None:
        asked = alike
        found |= _titles(actor, bases, asked, limit)
    ranked = sorted(found.values(), key=lambda each: (-score(each, asked), each.title_folded))
    return _hits(actor, ranked[: limit + SPARE], asked)[:limit]


def titled(actor: Actor, object_key: str, text: str) -> list[Found]:
    """Titles of an object that hold these words, or words like them; in no order, and whoever asks cuts them
    by access once more."""
    words, bases = typed(text), _bases(actor, [object_key])
    if not words or not bases:
        return []
    exact = Asked(" ".join(words), tuple((word,) for word in words))
    asked = _alike(exact) or exact
    return list(_ask(actor, _questions(bases, asked, in_title=True)).values())


def _bases(actor: Actor, objects: Sequence[str] | None) -> list[Question]:
    """For each object what owner and team open, and what is open besides."""
    declared = _objects(actor, objects)
    return [
        base
        for each in declared
        for base in dict.fromkeys((reach(actor, each), beyond(actor, each)))
        if base is not None
    ]


def _objects(actor: Actor, objects: Sequence[str] | None) -> list[ObjectType]:
    if objects is not None:
        return [registry.get(key) for key in dict.fromkeys(objects) if key in registry]
    return [declaration for declaration in registry if not declaration.administered]


# -- questions ---------------------------------------------------------------------------------------


def _titles(actor: Actor, bases: Sequence[Question], asked: Asked, limit: int) -> dict[UUID, Found]:
    """Titles that answer: of records first, and of what was done with them when those are too few."""
    found: dict[UUID, Found] = {}
    for done in (False, True):
        some = [base for base in bases if bool(registry.get(base.object).activity) is done]
        if len(found) < limit:
            found |= _ask(actor, [*_beginnings(some, asked), *_questions(some, asked, in_title=True)])
    return found


def _ask(actor: Actor, questions: Sequence[Question]) -> dict[UUID, Found]:
    """What answers; of what is not cut by owner and team, more is read, and cut before it is ranked."""
    cut = uncut_objects(actor, {question.object for question in questions})
    found: dict[UUID, Found] = {}
    for wide in (False, True):
        some = [each for each in questions if (each.object in cut) is wide]
        if some:
            rows = engines.current().search(some, EACH * WIDER if wide else EACH)
            found |= {each.record: each for each in (seen(actor, rows, some) if wide else rows)}
    return found


def _beginnings(bases: Sequence[Question], asked: Asked) -> list[Question]:
    return [base.begun(f" {asked.text}") for base in bases] if asked.exact else []


def _questions(bases: Sequence[Question], asked: Asked, in_title: bool = False) -> list[Question]:
    """Words of one letter are in no index; with others beside them they are left to the ranking."""
    words = tuple(
        tuple(_pattern(spelling, in_title) for spelling in spellings)
        for spellings in asked.words
        if len(spellings[0]) > 1
    )
    return [base.holding(words, in_title) for base in bases] if words else []


def _pattern(spelling: str, at_start: bool) -> str:
    """Short words count only where a word begins so, and so do all words of a title at first."""
    return f" {spelling}" if at_start or len(spelling) < SHORTEST else spelling


def _phones(bases: Sequence[Question], text: str) -> list[Question]:
    digits = digits_of(text)
    return [base.holding(((digits,),)) for base in bases] if digits else []


def _alike(asked: Asked) -> Asked | None:
    """The words with other spellings beside them; None when no word has any."""
    keys = {word: deletions(word) for (word,) in asked.words if len(word) >= SHORTEST and word.isalpha()}
    known: dict[str, set[str]] = {}
    for deletion, word in _sounding(set().union(*keys.values())) if keys else ():
        known.setdefault(deletion, set()).add(word)
    words = []
    for (word,) in asked.words:
        near = nearest(word, set().union(*(known.get(key, set()) for key in keys.get(word, ()))))
        words.append((word, *(each for each in near if each != word)))
    return Asked(asked.text, tuple(words), exact=False) if any(len(each) > 1 for each in words) else None


def _sounding(wanted: Iterable[str]) -> Iterable[tuple[str, str]]:
    return fetch(
        SearchDeletion,
        ("sounding",),
        [Q(deletion__in=[Word(each) for each in wanted])],
        lambda given: SearchDeletion.objects.filter(*given).values_list("deletion", "word"),
    )


# -- hits --------------------------------------------------------------------------------------------


def _hits(actor: Actor, ranked: Sequence[Found], asked: Asked) -> list[Hit]:
    """The hits with their subtitles, without those that the actor may not see."""
    rows: dict[UUID, Row] = {}
    for object_key in dict.fromkeys(each.object for each in ranked):
        ids = [each.record for each in ranked if each.object == object_key]
        selection = records.visible(actor, object_key).only(ids)
        rows |= {row.id: row for row in selection.iterate(for_actor(actor, selection.declaration).subtitle)}
    return [_hit(actor, each, rows[each.record], asked) for each in ranked if each.record in rows]


def _hit(actor: Actor, found: Found, row: Row, asked: Asked) -> Hit:
    fields = registry.get(found.object).fields
    texts = [fields[key].text(value, actor.viewer) for key, value in row.values.items()]
    return Hit(
        found.object,
        found.record,
        row.title,
        " · ".join(text for text in texts if text),
        spans(row.title, [asked.best(spellings, found.title_folded) for spellings in asked.words]),
        score(found, asked),
    )
