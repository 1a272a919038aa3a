"""Fields that an administrator added in EspoCRM: columns of the entity's own table that begin with c_. What they
are called stands in files beside the database; so the name is made of the column, and the kind of its type."""

from collections.abc import Iterator, Sequence

from aperto.kernel.shape.check import key_from
from aperto.transfer.moving.expressions import money
from aperto.transfer.moving.mapping import OwnField
from aperto.transfer.sources.spool import Spool, quoted

OBJECTS = {"account": "company", "contact": "contact", "lead": "lead", "opportunity": "deal", "case": "case",
           "call": "call", "meeting": "meeting", "task": "task"}  # fmt: skip
KINDS = {"int": "integer", "tinyint(1)": "boolean", "date": "date", "datetime": "datetime", "double": "decimal",
         "decimal": "decimal", "mediumtext": "long_text", "text": "long_text", "longtext": "long_text",
         "bool": "boolean"}  # fmt: skip
FEW = 15  # so many different values are a list to choose from


def own_fields(spool: Spool) -> Sequence[OwnField]:
    return list(_fields(spool))


def _fields(spool: Spool) -> Iterator[OwnField]:
    for table, object_key in OBJECTS.items():
        columns = spool.tables[table].columns if table in spool.tables else {}
        for column, kind in columns.items():
            if column.startswith("c_") and not column.endswith(("_id", "_currency")):
                value = f"a.{quoted(column)}"
                here = _kind(spool, table, column, kind)
                currency = f"{column}_currency"
                of = money(value, f"a.{currency}") if currency in columns else value
                here = "money" if currency in columns else here
                if here:
                    name = column.removeprefix("c_")
                    label = name.replace("_", " ").capitalize()
                    yield OwnField(
                        table,
                        object_key,
                        key_from(name),
                        label,
                        here,
                        f"CASE WHEN {value} <> '' THEN {of} END",
                    )


def _kind(spool: Spool, table: str, column: str, said: str) -> str:
    """Blank for a column in which nothing stands."""
    of, held = quoted(column), quoted(table)
    if not spool.number(f"SELECT EXISTS (SELECT 1 FROM {held} WHERE {of} <> '' AND {of} <> '[]')"):
        return ""
    lists = spool.number(f"SELECT min({of} LIKE '[%') FROM {held} WHERE {of} <> ''")
    if lists:
        return "multi_select"
    for word, kind in KINDS.items():
        if said.lower().startswith(word):
            return kind
    several = spool.number(f"SELECT count(DISTINCT {of}) FROM {held} WHERE {of} <> ''")
    rows = spool.number(f"SELECT count(*) FROM {held} WHERE {of} <> ''")
    return "select" if several <= FEW and rows > 2 * several else "text"
