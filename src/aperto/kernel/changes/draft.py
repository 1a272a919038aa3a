"""What one write intends, and what became of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from aperto.kernel.access.actor import Actor
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Invalid, Message
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record

if TYPE_CHECKING:
    from aperto.kernel.changes.provenance import Source


@dataclass(frozen=True)
class Past:
    """Who made a record and who changed it last, where it comes from; each may be nobody we know."""

    made_at: datetime
    made_by: UUID | None
    changed_at: datetime
    changed_by: UUID | None


@dataclass(frozen=True)
class Draft:
    """Values for a record: a new one when `record` is None. `clean` values come from `Field.parse`
    already; `id` is a key that the caller made for a new record. `at` is when it was written where it
    comes from: for what moves in with its past; `past` says it whole, with the authors. `source` is the
    machine that the values come from."""

    values: Mapping[str, Any]
    record: UUID | None = None
    if_version: int | None = None
    id: UUID | None = None
    clean: bool = False
    at: datetime | None = None
    source: "Source | None" = None
    past: Past | None = None


@dataclass
class Outcome:
    """`change` is None where nothing differed; `error` tells why the draft was refused."""

    record: Record | None = None
    change: Change | None = None
    error: Exception | None = None


@dataclass(frozen=True)
class Occasion:
    """What all drafts of one write share."""

    actor: Actor
    declaration: ObjectType
    via: str
    batch: UUID | None = None
    undo_of: UUID | None = None
    strict: bool = False  # any newer version is a conflict, even when other fields changed

    def follow(self, records: "Sequence[Record]") -> None:
        """What the object asks to happen after a write of these records, in its transaction."""
        for each in self.declaration.follows if records else ():
            each(self, records)


@dataclass
class Work:
    """A draft on its way: the row, its values before and after, and the messages that refuse it."""

    occasion: Occasion
    draft: Draft
    record: Record
    created: bool
    values: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, list[Message]] = field(default_factory=dict)
    refusal: Exception | None = None
    marked: bool = False  # a mark of a machine came or went
    unasked: set[str] = field(default_factory=set)  # fields that are not shown in this state
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        past = self.draft.past
        self.now = past.changed_at if past else self.draft.at or datetime.now(UTC)

    def value(self, key: str) -> Any:
        """The value that the record would have after this write."""
        if key in self.values:
            return self.values[key]
        return self.before.get(key)

    def changes(self, key: str) -> bool:
        return key in self.values and self.values[key] != self.before.get(key)

    def put(self, key: str, value: Any) -> None:
        """A rule fills a field that nobody typed."""
        self.values[key] = value

    def refuse(self, key: str, message: Message) -> None:
        self.errors.setdefault(key, []).append(message)

    @property
    def failure(self) -> Exception | None:
        if self.refusal is not None:
            return self.refusal
        return Invalid(self.errors) if self.errors else None


type Rule = Callable[[Work], None]
type Follow = Callable[[Occasion, Sequence[Record]], None]
