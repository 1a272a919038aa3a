"""Makes a seeded firm several times as big by the database alone, within minutes.

Every record of the business is copied with all that pages read of it: links, timeline, history, match keys
and search entries. Users, teams, roles and stages stay. A copy has keys of its own: the last digit of each
is turned, and that of what it points at alike, so that a copied contact works for the copied company.
History of activities is not copied, nor values that must be unique.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from string import ascii_lowercase

from django.db import connection
from django.db.models import Model

from aperto.kernel.access.share_models import PrivateRecord, RecordShare
from aperto.kernel.changes.models import Change, MatchKey, Relation, Subscription, Timeline
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.search.models import SearchEntry
from bench.seeding import tables

MOST = 16  # times: a turned digit has so many places
NAMED = {"contact": "last_name", "company": "name", "deal": "name"}  # what gets a letter more

type Tell = Callable[[str], None]


@dataclass(frozen=True)
class Growth:
    """A table, which of its rows are copied, and what a copy has in some columns instead."""

    model: type[Model]
    rows: str = "TRUE"
    keys: tuple[str, ...] = ()
    other: dict[str, str] = field(
        default_factory=dict
    )  # column → expression; {letter} and {step} of the copy

    @property
    def table(self) -> str:
        return self.model._meta.db_table


def grow(times: int, tell: Tell) -> None:
    """The firm is then `times` as big as it is."""
    if not 2 <= times <= MOST:
        raise ValueError(f"A firm grows 2 to {MOST} times.")
    tables.hurry()
    multiply(times, tell)
    tables.calm()


def multiply(times: int, tell: Tell) -> None:
    growths = list(_growths())
    with tables.bare([each.table for each in growths], tell):
        for each in growths:
            _multiply(each, times, tell)
    Subscription.objects.update(position=_last_position())


def _multiply(growth: Growth, times: int, tell: Tell) -> None:
    began, total = time.monotonic(), 0
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE grown AS SELECT * FROM {growth.table} WHERE {growth.rows}")  # noqa: S608
        for step in range(1, times):
            cursor.execute(_copy(growth, step))
            total += cursor.rowcount
        cursor.execute("DROP TABLE grown")
    tell(f"{total:,} rows of {growth.table} in {time.monotonic() - began:.1f} s")


def _copy(growth: Growth, step: int) -> str:
    """The statement that writes one copy of the rows."""
    letter = ascii_lowercase[step]
    made = {name: tables.turned(name, step) for name in growth.keys}
    made |= {name: text.format(letter=letter, step=step) for name, text in growth.other.items()}
    names = tables.columns(growth.model)
    listed, values = ", ".join(f'"{name}"' for name in names), (made.get(name, f'"{name}"') for name in names)
    return f"INSERT INTO {growth.table} ({listed}) SELECT {', '.join(values)} FROM grown"  # noqa: S608


# -- what is copied ----------------------------------------------------------------------------------


def _growths() -> Iterator[Growth]:
    grown = {each.key: each for each in registry if not each.administered and each.definition is None}
    for each in grown.values():
        yield _records(each, grown)
    objects, done = _among(grown), _among(key for key, each in grown.items() if each.activity)
    yield _entries(objects)
    mail = f"CASE WHEN field = 'emails' THEN {_mail('value')} WHEN field = 'name' THEN {_named('value')}"
    yield Growth(MatchKey, f"object IN {objects}", ("record",), {"value": f"{mail} ELSE value END"})
    both = f"left_object IN {objects} AND right_object IN {objects}"
    yield Growth(Relation, both, ("id", "left", "right"))
    seen = f"object IN {objects} AND NOT (kind = 'change' AND object IN {done})"
    yield Growth(Timeline, seen, ("id", "record", "reference"))
    position = {"position": f"position + {{step}} * {_last_position()}"}
    written = f"object IN {objects} AND object NOT IN {done}"
    yield Growth(Change, written, ("id", "record"), position)
    yield Growth(PrivateRecord, f"object IN {objects}", ("record",))
    yield Growth(RecordShare, f"object IN {objects}", ("id", "record"))


def _records(declaration: ObjectType, grown: dict[str, ObjectType]) -> Growth:
    keys = ["id"]
    other: dict[str, str] = {}
    for each in declaration.model.all_fields().values():
        if each.stored == "column" and set(getattr(each, "to", ())) & grown.keys():
            keys += each.names
        elif each.kind == "emails":
            other |= {each.names[0]: tables.json(_mail(each.names[0])), each.names[1]: _mail(each.names[1])}
        elif each.kind == "automatic_number" or each.key == NAMED.get(declaration.key):
            other |= {name: _named(name) for name in each.names}
    if declaration.key in NAMED:
        other |= {name: _named(name) for name in ("title", "title_folded")}
    return Growth(declaration.model, keys=tuple(keys), other=other)


def _entries(objects: str) -> Growth:
    """Search entries: a letter alone is in no index of words, so marks and words stay as they are."""
    letter = {
        name: f"CASE WHEN object IN {_among(NAMED)} THEN {_named(name)} ELSE {name} END"
        for name in ("title", "title_folded")
    }
    return Growth(SearchEntry, f"object IN {objects}", ("record",), letter | {"text": _mail("text")})


def _among(keys: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{key}'" for key in keys) + ")"


def _named(column: str) -> str:
    return f"{column} || ' {{letter}}'"


def _mail(column: str) -> str:
    return f"REPLACE(CAST({column} AS text), '@', '.{{letter}}@')"


def _last_position() -> int:
    last = Change.objects.order_by("-position").values_list("position", flat=True)
    return last.filter(position__isnull=False).first() or 0
