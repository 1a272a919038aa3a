"""Options that are offered only while the record fulfils a filter: "country = NL" before Dutch provinces."""

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


@dataclass(frozen=True)
class Offer:
    """`option` of `field` is offered when the filter holds, which asks these fields."""

    field: str
    option: str
    when: Filter
    asks: frozenset[str]


_held: WeakKeyDictionary[ObjectType, tuple[Offer, ...]] = WeakKeyDictionary()


def offers(declaration: ObjectType) -> tuple[Offer, ...]:
    if declaration not in _held:
        _held[declaration] = tuple(_read(declaration))
    return _held[declaration]


def _read(declaration: ObjectType) -> Iterable[Offer]:
    for key, field in declaration.fields.items():
        choices = getattr(field, "choices", None)
        for option in choices.options if isinstance(choices, Choices) else ():
            when = parsed(option.when) if option.when else None
            if when is not None:
                asks = frozenset(each.path[0] for each in conditions(when))
                yield Offer(key, option.key, when, asks)


def withheld(
    actor: Actor, declaration: ObjectType, id_: UUID, values: Mapping[str, Any], among: Sequence[Offer]
) -> set[tuple[str, str]]:
    """(field, option) of each that these values do not let choose."""
    answers = judged(declaration, id_, values, [each.when for each in among], judge(actor))
    return {(each.field, each.option) for each, holds in zip(among, answers, strict=True) if not holds}


def check(occasion: Occasion, works: Sequence[Work]) -> None:
    """Refuses options that are not offered to the record as it would be."""
    known = offers(occasion.declaration)
    for work in works if known else ():
        asked = [each for each in known if _concerns(work, each)]
        values = {key: work.value(key) for each in asked for key in each.asks}
        refused = withheld(occasion.actor, occasion.declaration, work.record.pk, values, asked)
        for key, option in sorted(refused):
            choices: Choices = occasion.declaration.fields[key].choices  # type: ignore[attr-defined]  # it has options
            work.refuse(key, _("“%(option)s” is not offered here.") % {"option": choices.label(option)})


def _concerns(work: Work, offer: Offer) -> bool:
    """Whether the option is chosen, and this write has to do with it."""
    chosen = work.value(offer.field)
    held = (chosen,) if isinstance(chosen, str) else chosen or ()
    touched = not work.values.keys().isdisjoint({offer.field, *offer.asks})
    return offer.option in held and (work.created or touched)
