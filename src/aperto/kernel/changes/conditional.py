"""What depends on the rest of the record: fields that are shown, required or read-only while it fulfils a
filter, and options that are offered only then ("country = NL" before Dutch provinces)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from django.utils.translation import gettext_lazy as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.conditions import judge, parsed
from aperto.kernel.changes.draft import Occasion, Work
from aperto.kernel.fields.select import Choices
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.ast import Filter, conditions
from aperto.kernel.query.judge import judged

SHOWN, REQUIRED, READONLY, OFFERED = "shown_when", "required_when", "readonly_when", "offered_when"


@dataclass(frozen=True, eq=False)
class Conditional:
    """What is said (`says`) of `field`, or of its `option`, when the filter holds; it asks these fields."""

    field: str
    says: str
    option: str
    when: Filter
    asks: frozenset[str]


_held: WeakKeyDictionary[ObjectType, tuple[Conditional, ...]] = WeakKeyDictionary()


def conditionals(declaration: ObjectType) -> tuple[Conditional, ...]:
    if declaration not in _held:
        _held[declaration] = tuple(_read(declaration))
    return _held[declaration]


def _read(declaration: ObjectType) -> Iterable[Conditional]:
    for key, field in declaration.fields.items():
        choices = getattr(field, "choices", None)
        options = choices.options if isinstance(choices, Choices) else ()
        said = [(says, "", getattr(field, says)) for says in (SHOWN, REQUIRED, READONLY)]
        for says, option, text in [*said, *((OFFERED, each.key, each.when) for each in options)]:
            when = parsed(text) if text else None
            if when is not None:
                asks = frozenset(each.path[0] for each in conditions(when))
                yield Conditional(key, says, option, when, asks)


def holding(
    actor: Actor, declaration: ObjectType, id_: UUID, values: Mapping[str, Any], among: Sequence[Conditional]
) -> set[Conditional]:
    """Those whose filter these values fulfil. The filter is asked as the product: what a field depends on
    need not be visible to whoever writes it."""
    answers = judged(declaration, id_, values, [each.when for each in among], judge(actor))
    return {each for each, holds in zip(among, answers, strict=True) if holds}


def check(occasion: Occasion, works: Sequence[Work]) -> None:
    """Refuses what is missing, locked or not offered in this state; what is not shown is asked of nobody."""
    known = conditionals(occasion.declaration)
    for work in works if known else ():
        _locked(work, [each for each in known if each.says == READONLY and work.changes(each.field)])
        touched = [each for each in known if each.says != READONLY and _concerns(work, each)]
        if touched:
            _asked(work, touched)


def _concerns(work: Work, each: Conditional) -> bool:
    """An option that is not chosen concerns nobody, and an old record is not held up by a rule that has
    nothing to do with what is written."""
    if each.says == OFFERED:
        chosen = work.value(each.field)
        if each.option not in ((chosen,) if isinstance(chosen, str) else chosen or ()):
            return False
    return work.created or not work.values.keys().isdisjoint({each.field, *each.asks})


def _locked(work: Work, locks: Sequence[Conditional]) -> None:
    if work.created or not locks:
        return
    occasion = work.occasion
    for each in holding(occasion.actor, occasion.declaration, work.record.pk, work.before, locks):
        when = occasion.declaration.fields[each.field].readonly_when
        work.refuse(each.field, _("This field is read-only while: %(condition)s") % {"condition": when})


def _asked(work: Work, among: Sequence[Conditional]) -> None:
    occasion = work.occasion
    values = {key: work.value(key) for each in among for key in each.asks}
    held = holding(occasion.actor, occasion.declaration, work.record.pk, values, among)
    work.unasked = {each.field for each in among if each.says == SHOWN and each not in held}
    for each in among:
        asked = each.says == REQUIRED and each in held and each.field not in work.unasked
        if asked and work.value(each.field) in (None, "", []):
            work.refuse(each.field, _("This field is required."))
        elif each.says == OFFERED and each not in held:
            choices: Choices = occasion.declaration.fields[each.field].choices  # type: ignore[attr-defined]  # it has options
            work.refuse(
                each.field, _("“%(option)s” is not offered here.") % {"option": choices.label(each.option)}
            )
