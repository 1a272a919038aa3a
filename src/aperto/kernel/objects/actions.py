"""Verbs of the business: each is declared once, and its button, API operation and test derive from that."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Message, Missing, Refused
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry


@dataclass(frozen=True)
class Result:
    """What a verb did: the record to show next, a sentence for the person, and the batch that undoes it."""

    record: Record
    message: Message
    batch: Any = None


@dataclass(frozen=True)
class Action:
    """`inputs(actor, record)` are the fields that the verb asks for, with their proposed values."""

    key: str
    object: str
    label: Message
    icon: str
    needs: tuple[tuple[str, Verb], ...]
    run: Callable[..., Result]
    inputs: Callable[[Actor, Record], list["Input"]]
    fits: Callable[[Record], bool]

    def check(self, actor: Actor) -> None:
        """Refuses whoever lacks one of the rights that the verb needs."""
        for object_key, verb in self.needs:
            if not actor.may(registry.get(object_key), verb):
                raise Refused(self.key)


@dataclass(frozen=True)
class Input:
    """One question of a verb: a field kind that is not part of an object, and what is proposed."""

    field: Field
    value: Any = None
    hint: Message = ""


_actions: dict[str, Action] = {}


def _nothing(actor: Actor, record: Record) -> list[Input]:
    return []


def action(
    key: str,
    *,
    object: str,
    label: Message,
    icon: str,
    needs: Iterable[tuple[str, Verb]],
    inputs: Callable[[Actor, Record], list[Input]] = _nothing,
    fits: Callable[[Record], bool] = lambda record: True,
) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Declares `run(actor, record, *, via, **answers)` as the verb `key` ("lead.convert")."""

    def declare(run: Callable[..., Result]) -> Callable[..., Result]:
        _actions[key] = Action(key, object, label, icon, tuple(needs), run, inputs, fits)
        return run

    return declare


def of_object(object_key: str) -> list[Action]:
    return [each for each in _actions.values() if each.object == object_key]


def get(key: str) -> Action:
    try:
        return _actions[key]
    except KeyError:
        raise Missing(key) from None
