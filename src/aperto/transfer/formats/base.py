"""What a format answers; everything behind it sees rows of texts, as from a CSV file."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from aperto.kernel.errors import Message

type Cells = list[str]


class Format(ABC):
    """`rows` yields the names of the columns first, then the cells, in texts that belong to no language:
    decimal points, dates as 2026-12-31, entries of a list between semicolons. It holds no more than a few
    rows at a time where the format allows it, and raises Unreadable for what cannot be read."""

    key: ClassVar[str]
    label: ClassVar[Message]
    endings: ClassVar[tuple[str, ...]]

    @abstractmethod
    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether the content, not the name, is of this format."""

    def sheets(self, path: Path) -> list[str]:
        """The tables in the file that one may choose from; none where there is only one."""
        return []

    @abstractmethod
    def rows(self, path: Path, sheet: str) -> Iterator[Cells]: ...
