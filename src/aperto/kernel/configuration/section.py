"""One part of a configuration: how its entries are read from the installation and written to it."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

from aperto.kernel.access.actor import Actor
from aperto.kernel.configuration.document import Values
from aperto.kernel.configuration.names import Names, Unknown
from aperto.kernel.errors import Message

VIA = "configuration"


@dataclass(frozen=True)
class Writing:
    """What all writes of one application share."""

    actor: Actor
    batch: UUID
    names: Names = field(default_factory=Names)
    sections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Held:
    """One entry of the installation. `fixed` came with the product and cannot be removed."""

    id: UUID
    values: Values
    fixed: bool = False


class Section(ABC):
    """`single`: there is one entry, and always; `required`: fields without which none can be made."""

    key: str
    label: Message
    single: ClassVar[bool] = False
    required: frozenset[str] = frozenset()

    @abstractmethod
    def comment(self) -> str: ...

    @abstractmethod
    def fields(self) -> dict[str, Message]:
        """Labels by the keys that an entry may have."""

    @abstractmethod
    def held(self, actor: Actor, names: Names) -> Sequence[Held]:
        """What the installation holds, in an order that does not depend on ids."""

    @abstractmethod
    def identity(self, values: Values) -> Sequence[Any]:
        """The parts of the entry's address."""

    @abstractmethod
    def create(self, writing: Writing, values: dict[str, Any]) -> UUID: ...

    @abstractmethod
    def change(self, writing: Writing, id: UUID, values: dict[str, Any]) -> None: ...

    @abstractmethod
    def remove(self, writing: Writing, id: UUID) -> None: ...

    def normal(self, key: str, value: Any) -> Any:
        """The value as an export would write it, so that two spellings of one value are no difference."""
        return value

    def inward(self, writing: Writing, key: str, value: Any) -> Any:
        """The value with ids in place of addresses; Unknown where there is none yet."""
        return writing.names.inward(value, writing.sections)

    def resolved(self, writing: Writing, values: Values) -> tuple[dict[str, Any], dict[str, str]]:
        """What can be written now, and what means something that is not there (yet), by field."""
        ready: dict[str, Any] = {}
        unknown: dict[str, str] = {}
        for key, value in values.items():
            try:
                ready[key] = self.inward(writing, key, value)
            except Unknown as missing:
                unknown[key] = missing.address
        return ready, unknown


def filled(values: Values) -> Iterator[tuple[str, Any]]:
    """Without what says nothing."""
    return ((key, value) for key, value in values.items() if value not in (None, "", [], {}))
