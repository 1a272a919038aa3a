"""What a format of an export answers."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from aperto.kernel.errors import Message
from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.rows import Row
from aperto.kernel.records import Selection

CHUNK = 1_000


@dataclass(frozen=True)
class Wanted:
    """Which records in which order, and which of their fields: those that the actor may take out."""

    chosen: Selection
    keys: Sequence[str]
    sort: str = ""
    options: Any = None

    @property
    def fields(self) -> list[Field]:
        return [self.chosen.declaration.fields[key] for key in self.keys]

    def rows(self) -> Iterator[Row]:
        return self.chosen.iterate(list(self.keys), CHUNK, self.sort)


class Writer(ABC):
    """`write` yields the file piece by piece while the records are read: memory does not grow with how many
    there are."""

    key: ClassVar[str]
    label: ClassVar[Message]
    ending: ClassVar[str]
    content_type: ClassVar[str]
    whole: ClassVar[bool] = False  # what belongs in it is its own affair: no columns are chosen

    def fits(self, declaration: ObjectType) -> bool:
        """Whether records of this object can be told in this format."""
        return True

    @abstractmethod
    def write(self, wanted: Wanted) -> Iterator[bytes]: ...
