"""How a system's folder says what becomes of its tables. It reads like a table: on the left what a field is
called here, on the right where it comes from there, as an expression of SQLite over the laid-down source.

A column or a table that a version does not have is empty, so that one mapping serves many versions.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from aperto.transfer.sources.spool import Spool

type Words = Mapping[str, str]  # a value there: the option here


@dataclass(frozen=True)
class Take:
    """Rows of `table` that become records of `object`.

    `source` is what stands after FROM, with the table first; `key` tells a row from all others; `leave` are
    the reasons for which rows are left out, each with its condition; `deleted` is the condition of what lies
    in the bin over there. `fields` says references as 'table:key', several as a JSON list of them, and kinds
    with several pieces (e-mail, phone, address, money) as JSON. `html` are texts that hold HTML.
    """

    table: str
    object: str
    source: str
    key: str
    fields: Mapping[str, str]
    where: str = "1"
    leave: Sequence[tuple[str, str]] = ()
    deleted: str = "0"
    made_at: str = "NULL"
    made_by: str = "NULL"
    changed_at: str = "NULL"
    changed_by: str = "NULL"
    owner: str = "NULL"
    words: Mapping[str, Words] = field(default_factory=dict)
    html: Sequence[str] = ()

    def with_fields(self, more: Mapping[str, str]) -> "Take":
        return replace(self, fields={**self.fields, **more})


@dataclass(frozen=True)
class Pipeline:
    """Stages as a statement: what stands in the rows, its name, probability and kind (open, won, lost)."""

    object: str
    name: str
    stages: str


@dataclass(frozen=True)
class OwnField:
    """A field that was added over there: `take` is the table whose rows have it, `of` its expression."""

    take: str
    object: str
    key: str
    name: str
    kind: str
    of: str
    options: Sequence[tuple[str, str]] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class OwnObject:
    """An object that Aperto has no word for and that is made from the system's: `fields` are (key, name,
    kind) or (key, name, kind, object pointed at)."""

    key: str
    name: str
    plural: str
    fields: Sequence[tuple[str, ...]]
    icon: str = "box"
    hue: str = "slate"


@dataclass(frozen=True)
class System:
    """One system. `marks` are tables that it always has; `users` is a statement of key, address, name and
    whether they work there, and, in a fifth column, why they stay behind; `folded` are tables whose rows
    are part of other records: by the names of those, as expressions; `left` are tables that are left out,
    by pattern, with the reason; `local` says that times are those of a wall clock, in the zone that `zone`
    finds; `encoded` that texts are, for HTML."""

    key: str
    name: str
    marks: Sequence[str]
    version: str
    users: str
    users_table: str
    takes: Callable[[Spool], Sequence[Take]]
    pipelines: Sequence[Pipeline] = ()
    own_objects: Sequence[OwnObject] = ()
    own_fields: Callable[[Spool], Sequence[OwnField]] = lambda spool: ()
    indexes: Sequence[tuple[str, ...]] = ()
    folded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left: Mapping[str, str] = field(default_factory=dict)
    local: bool = False
    zone: str = "SELECT NULL"
    encoded: bool = False
