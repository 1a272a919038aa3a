"""The one statement that gives the rows of a `Take`, and what is counted with it."""

from aperto.transfer.moving.mapping import Take
from aperto.transfer.sources.spool import Spool, quoted

HEAD = ("_key", "_reason", "_deleted", "_made_at", "_made_by", "_changed_at", "_changed_by", "_owner")


def reason_of(take: Take) -> str:
    """The first reason that holds, as an expression."""
    cases = " ".join(f"WHEN {condition} THEN {literal(why)}" for why, condition in take.leave)
    return f"CASE {cases} END" if cases else "NULL"


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def rows_of(take: Take) -> str:
    head = (take.key, reason_of(take), f"({take.deleted})", take.made_at, take.made_by, take.changed_at,
            take.changed_by, take.owner)  # fmt: skip
    columns = [f"{of} AS {name}" for name, of in zip(HEAD, head, strict=True)]
    columns += [f"{of} AS {quoted(key)}" for key, of in take.fields.items()]
    return f"SELECT {', '.join(columns)} FROM {take.source} WHERE {take.where}"


def counted(spool: Spool, take: Take) -> dict[str, int]:
    """How many rows there are by the reason for which they stay behind; "" are those that come."""
    inner = f"SELECT {reason_of(take)} AS why, ({take.deleted}) AS gone FROM {take.source} WHERE {take.where}"
    found = spool.select(
        f"SELECT COALESCE(why, CASE WHEN gone THEN 'deleted' ELSE '' END), count(*) FROM ({inner}) GROUP BY 1"
    )
    return {why or "": int(count or 0) for why, count in found}


def distinct(spool: Spool, take: Take, key: str) -> list[str]:
    """Every value of one field, the most frequent first."""
    of = take.fields[key]
    found = spool.select(
        f"SELECT {of}, count(*) FROM {take.source} WHERE {take.where} AND NOT COALESCE({take.deleted}, 0) "
        "GROUP BY 1 ORDER BY 2 DESC LIMIT 1000"
    )
    return [value for value, _count in found if value]
