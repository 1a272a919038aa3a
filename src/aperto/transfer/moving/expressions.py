"""Expressions that mappings are made of: a value with several pieces, a reference, a list of them."""

from collections.abc import Mapping, Sequence

from aperto.transfer.moving.statement import literal


def ref(table: str, key: str) -> str:
    """A record of that table; nothing where the key is empty."""
    return f"('{table}:' || NULLIF(NULLIF({key}, ''), '0'))"


def ref_by(kind: str, key: str, tables: Mapping[str, str]) -> str:
    """A record whose table another column tells."""
    cases = " ".join(f"WHEN {literal(word)} THEN '{table}:'" for word, table in tables.items())
    return f"(CASE {kind} {cases} END || NULLIF({key}, ''))"


def several(*refs: str) -> str:
    """Those of the expressions that are something, as a list."""
    return (
        f"(SELECT json_group_array(each.value) FROM json_each(json_array({', '.join(refs)})) each "
        "WHERE each.value IS NOT NULL)"
    )


def joined(*selects: str) -> str:
    """All that the statements find, as a list; each gives one column."""
    return f"(SELECT json_group_array(found) FROM ({' UNION '.join(selects)}) WHERE found IS NOT NULL)"


def phones(*columns: tuple[str, str]) -> str:
    """(column, type) of each number; several numbers of one column stand between semicolons."""
    entries = ", ".join(
        f"CASE WHEN {column} <> '' THEN json_object('number', {column}, 'type', '{kind}') END"
        for column, kind in columns
    )
    return _listed(entries)


def emails(*columns: tuple[str, str], opt_out: str = "0") -> str:
    entries = ", ".join(
        f"CASE WHEN {column} <> '' THEN json_object('address', {column}, 'type', '{kind}', 'opt_out', "
        f"json(CASE WHEN {opt_out} THEN 'true' ELSE 'false' END)) END"
        for column, kind in columns
    )
    return _listed(entries)


def _listed(entries: str) -> str:
    return (
        f"(SELECT json_group_array(json(each.value)) FROM json_each(json_array({entries})) each "
        "WHERE each.value IS NOT NULL)"
    )


def address(street: str, code: str, city: str, region: str, country: str) -> str:
    pieces = {"street": street, "postal_code": code, "city": city, "region": region, "country": country}
    body = ", ".join(f"'{name}', COALESCE({column}, '')" for name, column in pieces.items())
    filled = " || ".join(f"COALESCE({column}, '')" for column in pieces.values())
    return f"CASE WHEN {filled} <> '' THEN json_object({body}) END"


def money(amount: str, currency: str = "NULL") -> str:
    """Zero is what most systems store for an amount that nobody typed."""
    figures = f"printf('%.4f', CAST({amount} AS REAL))"
    return (
        f"CASE WHEN CAST({amount} AS REAL) <> 0 "
        f"THEN json_object('amount', {figures}, 'currency', {currency}) END"
    )


def words(*pairs: tuple[str, str], separator: str = " ") -> str:
    """Labels before columns, each on its line, where there is something."""
    parts = [
        f"CASE WHEN {column} <> '' THEN {literal(label + separator)} || {column} END"
        for label, column in pairs
    ]
    return lines(*parts)


def lines(*columns: str) -> str:
    return (
        f"(SELECT group_concat(each.value, char(10)) FROM json_each(json_array({', '.join(columns)})) each "
        "WHERE each.value IS NOT NULL AND each.value <> '')"
    )


def named(first: str, last: str) -> str:
    return f"trim(COALESCE({first}, '') || ' ' || COALESCE({last}, ''))"


def stages(table: str, column: str, known: Sequence[tuple[str, int, str]], where: str = "1") -> str:
    """The known stages in their order, then those that only this installation has."""
    rows = ", ".join(f"({literal(raw)}, {probability}, '{kind}')" for raw, probability, kind in known)
    return (
        f"WITH known(raw, probability, kind) AS (VALUES {rows}) "
        "SELECT raw, raw, probability, kind FROM known UNION ALL "
        f"SELECT DISTINCT x.{column}, x.{column}, 50, CASE WHEN lower(x.{column}) LIKE '%won%' THEN 'won' "
        f"WHEN lower(x.{column}) LIKE '%lost%' THEN 'lost' ELSE 'open' END FROM {table} x "
        f"WHERE x.{column} <> '' AND {where} AND x.{column} NOT IN (SELECT raw FROM known)"
    )
