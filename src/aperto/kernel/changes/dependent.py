"""Fields that depend on others: shown, required or read-only when the record fulfils a filter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from django.utils.translation import gettext_lazy as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.conditions import judge, parsed
from aperto.kernel.changes.draft import Occasion, Work
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.ast import Filter, conditions
from aperto.kernel.query.judge import judged

SHOWN, REQUIRED, READONLY = "shown_when", "required_when", "readonly_when"


@dataclass(frozen=True)
class Dependence:
    """`field` is shown, required or read-only (`what`) when the filter holds, which asks these fields."""

    field: str
    what: str
    when: Filter
    asks: frozenset[str]


_held: WeakKeyDictionary[ObjectType, tuple[Dependence, ...]] = WeakKeyDictionary()


def dependences(declaration: ObjectType) -> tuple[Dependence, ...]:
    if declaration not in _held:
        _held[declaration] = tuple(_read(declaration))
    return _held[declaration]


def _read(declaration: ObjectType) -> Iterable[Dependence]:
    for key, field in declaration.fields.items():
        for what in (SHOWN, REQUIRED, READONLY):
            when = parsed(text) if (text := getattr(field, what)) else None
            if when is not None:
                yield Dependence(key, what, when, frozenset(each.path[0] for each in conditions(when)))


def states(
    actor: Actor, declaration: ObjectType, id_: UUID, values: Mapping[str, Any], among: Sequence[Dependence]
) -> set[tuple[str, str]]:
    """(field, what) of each dependence whose filter these values fulfil. The filter is asked as the product:
    what a field depends on need not be visible to whoever writes it."""
    answers = judged(declaration, id_, values, [each.when for each in among], judge(actor))
    return {(each.field, each.what) for each, holds in zip(among, answers, strict=True) if holds}


def check(occasion: Occasion, works: Sequence[Work]) -> None:
    """Refuses what is missing or locked in this state; what is not shown is asked of nobody."""
    known = dependences(occasion.declaration)
    for work in works if known else ():
        _locked(work, [each for each in known if each.what == READONLY and work.changes(each.field)])
        touched = [each for each in known if each.what != READONLY and _concerns(work, each)]
        if touched:
            _asked(work, touched)


def _concerns(work: Work, dependence: Dependence) -> bool:
    """An old record is not held up by a rule that has nothing to do with what is written."""
    return work.created or not work.values.keys().isdisjoint({dependence.field, *dependence.asks})


def _locked(work: Work, locks: Sequence[Dependence]) -> None:
    if work.created or not locks:
        return
    occasion = work.occasion
    held = states(occasion.actor, occasion.declaration, work.record.pk, work.before, locks)
    for key, _what in held:
        when = occasion.declaration.fields[key].readonly_when
        work.refuse(key, _("This field is read-only while: %(condition)s") % {"condition": when})


def _asked(work: Work, among: Sequence[Dependence]) -> None:
    occasion = work.occasion
    values = {key: work.value(key) for each in among for key in each.asks}
    held = states(occasion.actor, occasion.declaration, work.record.pk, values, among)
    work.unasked = {each.field for each in among if each.what == SHOWN and (each.field, SHOWN) not in held}
    for key, what in held:
        if what == REQUIRED and key not in work.unasked and work.value(key) in (None, "", []):
            work.refuse(key, _("This field is required."))
