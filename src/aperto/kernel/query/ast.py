"""A filter as a tree, which text, JSON, URL and SQL are made from.

Arguments stay the text that a person typed: what they mean depends on the field and on the actor, so it
is found out when the filter is compiled. A saved view that says "me" means each of its readers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from aperto.kernel.errors import FieldError, Message

LONGEST = 8_000  # characters of a typed filter
DEEPEST = 12  # groups within groups
MOST = 200  # conditions
MOST_ARGUMENTS = 500  # of one condition

type Joiner = Literal["and", "or"]
type Filter = Condition | Group


@dataclass(frozen=True, slots=True)
class Condition:
    """`path` leads over references to a field; `operator` is a key of OPERATORS."""

    path: tuple[str, ...]
    operator: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    joiner: Joiner
    items: tuple["Filter", ...]
    negated: bool = False


class FilterError(FieldError):
    """A filter that cannot be understood. `place` is the condition's field, `position` the character."""

    def __init__(self, message: Message, *, position: int | None = None, place: str = "") -> None:
        super().__init__(message)
        self.position, self.place = position, place

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else str(self.message)


def conditions(item: Filter) -> Iterator[Condition]:
    if isinstance(item, Condition):
        yield item
    else:
        for each in item.items:
            yield from conditions(each)


def everywhere(item: Filter) -> Iterator[Condition]:
    """The conditions that every matching record fulfils: those joined by "and" at the top."""
    if isinstance(item, Condition):
        yield item
    elif not item.negated and (item.joiner == "and" or len(item.items) == 1):
        for each in item.items:
            yield from everywhere(each)


def both(first: Filter | None, second: Filter | None) -> Filter | None:
    if first is None or second is None:
        return first or second
    return Group("and", (first, second))
