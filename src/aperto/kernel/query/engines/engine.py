"""The questions whose answer depends on the engine; a subclass for each engine answers them."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar, NamedTuple, Self
from uuid import UUID

from django.db.models import QuerySet

type Rows = QuerySet[Any, Any]


class Entry(NamedTuple):
    """A row of the search table, in the order of its columns."""

    object: str
    record: UUID
    title: str
    title_folded: str
    text: str
    access: str
    owner: UUID | None
    team: UUID | None
    updated_at: datetime | None


class Found(NamedTuple):
    """What a search reads of an entry."""

    object: str
    record: UUID
    title: str
    title_folded: str
    text: str


@dataclass(frozen=True)
class Question:
    """Entries of one object that hold every word, in one of its spellings.

    `owner` and `teams` cut by access unless `everything`. A spelling that begins with a blank begins a
    word; each has at least three letters, the blank counted. `beginning` asks instead for titles that
    begin so, in their order; `in_title` leaves out the other fields.
    """

    object: str
    everything: bool
    owner: UUID | None = None
    teams: tuple[UUID, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    beginning: str = ""
    in_title: bool = False

    def holding(self, words: tuple[tuple[str, ...], ...], in_title: bool = False) -> Self:
        return replace(self, words=words, in_title=in_title)

    def begun(self, beginning: str) -> Self:
        return replace(self, beginning=beginning)


class Engine(ABC):
    """Stateless: one instance serves every thread."""

    vendor: ClassVar[str]
    merges_ranges: ClassVar[bool]  # whether it must be told to merge ranges of an index, lest it walk it all

    def refresh_statistics(self) -> None:  # noqa: B027 - most engines do this by themselves
        """What the planner knows of the tables; an engine that keeps it by itself does nothing here."""

    @abstractmethod
    def estimate(self, rows: Rows, floor: int) -> int:
        """About how many rows there are when they are more than `floor`; its cost does not grow with them."""

    # -- search --------------------------------------------------------------------------------------

    @abstractmethod
    def search_index(self) -> list[str]:
        """Statements that make the trigram index."""

    @abstractmethod
    def no_search_index(self) -> list[str]:
        """Statements that remove it."""

    def beginning_index(self) -> list[str]:
        """Statements that make the index of title words, where the trigram index does not hold them."""
        return []

    def no_beginning_index(self) -> list[str]:
        """Statements that remove it."""
        return []

    def waiting_entries(self) -> list[str]:
        """Statements by which new entries wait for the text indexes, where these do not let them wait."""
        return []

    def no_waiting_entries(self) -> list[str]:
        """Statements that bring in those that wait, and let no more of them wait."""
        return []

    def fill_beginnings(self, after: int, most: int) -> int | None:
        """Fills it for at most so many entries that were stored before it was made; the last of them."""
        return None

    @abstractmethod
    def store_entries(self, entries: Sequence[Entry]) -> None:
        """Inserts or updates the entries of these records."""

    @abstractmethod
    def unknown_words(self, words: Sequence[str]) -> list[str]:
        """Those words that are not kept yet, in their order."""

    @abstractmethod
    def store_words(self, words: Sequence[str], deletions: Sequence[tuple[str, str]]) -> None:
        """Keeps the words and (deletion, word) pairs that are not kept yet."""

    @abstractmethod
    def search(self, questions: Sequence[Question], limit: int) -> list[Found]:
        """The newest entries that answer the questions, at most `limit` for each, by one statement."""

    @abstractmethod
    def containing(self, question: Question, limit: int) -> list[UUID]:
        """Keys of at most `limit` records that answer the question, in no order."""
