"""Typed tree → SQL of PostgreSQL, given the SQL of the fields that it reads."""

from collections.abc import Mapping, Sequence
from typing import Any

from aperto.kernel.formula.sql import LOWERS, UPPERS, MoneySql, Sql, number, parameter, result, sql
from aperto.kernel.formula.types import Context, Type, Typed, Use

type Piece = Sql | MoneySql

CASTS = {
    Type.NUMBER: "({})::numeric",
    Type.MONEY: "({})::numeric",
    Type.DURATION: "({})::numeric",
    Type.TEXT: "NULLIF(({})::text, '')",
    Type.DATE: "({})::date",
    Type.DATETIME: "({})::timestamptz",
    Type.BOOLEAN: "COALESCE({}, FALSE)",
    Type.REFERENCE: "REPLACE(({})::text, '-', '')",
}
NULLS = {
    Type.NUMBER: "NULL::numeric",
    Type.DURATION: "NULL::numeric",
    Type.TEXT: "NULL::text",
    Type.DATE: "NULL::date",
    Type.DATETIME: "NULL::timestamptz",
    Type.BOOLEAN: "NULL::boolean",
}
# For filters, which compare folded text: accents fall away, and letters that are written in two.
PLAIN_PAIRS = (("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("þ", "th"))
SINGLES = ("ØøĐđÐŁłıĦħÆŒÞẞ", "ooddDllihhæœþß")
DIGITS_OF_MONEY = 4


def write(node: Typed, inputs: Mapping[tuple[str, ...], Piece], context: Context) -> Any:
    if node.use is not None:
        return inputs[node.use.path]
    if node.operation is None:
        return _constant(node.type, node.constant)
    arguments = [write(each, inputs, context) for each in node.arguments]
    if node.operation.contextual:
        return node.operation.sql(context, *arguments)
    return node.operation.sql(*arguments)


def _constant(type_: Type, value: Any) -> Piece:
    if value is None and type_ is Type.MONEY:
        return MoneySql(Sql(NULLS[Type.NUMBER]), Sql(NULLS[Type.TEXT]), Sql(NULLS[Type.NUMBER]))
    if value is None:
        return Sql(NULLS.get(type_, "NULL"))
    if type_ is Type.BOOLEAN:
        return Sql("TRUE" if value else "FALSE")
    if type_ is Type.DATE:
        return parameter(value.isoformat(), "date")
    return parameter(value, "text") if type_ is Type.TEXT else number(value)


def read(use: Use, pieces: Sequence[Sql], context: Context) -> Piece:
    """A field's stored parts as the language has them."""
    if use.type is Type.BOOLEAN and use.via is not None:
        return pieces[0]
    if use.type is not Type.MONEY:
        return sql(CASTS[use.type], pieces[0])
    amount, base = sql(CASTS[Type.MONEY], pieces[0]), sql(CASTS[Type.MONEY], pieces[2])
    known = parameter(context.currency, "text")
    currency = sql("(CASE WHEN {} IS NOT NULL THEN COALESCE({}, {}) END)", amount, pieces[1], known)
    return MoneySql(amount, currency, base)


def finish(piece: Any, type_: Type, digits: int, suffix: str) -> Sql:
    """The part of the result that is filtered and sorted by, rounded as it is shown."""
    if type_ is Type.MONEY:
        amount = result(piece.amount, DIGITS_OF_MONEY)
        if not suffix:
            return amount
        part = piece.currency if suffix == "_currency" else result(piece.base, DIGITS_OF_MONEY)
        return sql("(CASE WHEN {} IS NOT NULL THEN {} END)", amount, part)
    if type_ is Type.TEXT:
        found: Sql = sql("NULLIF({}, '')", piece)
        return folded(found) if suffix else found
    if type_ in (Type.NUMBER, Type.DURATION):
        return result(piece, digits)
    return sql("({})", piece)


def folded(piece: Sql) -> Sql:
    """What `kernel.folding.fold` makes of a text, for Latin, Greek and Cyrillic letters."""
    plain = sql(f"TRANSLATE({{}}, '{SINGLES[0]}', '{SINGLES[1]}')", piece)
    for letter, pair in PLAIN_PAIRS:
        plain = sql(f"REPLACE({{}}, '{letter}', '{pair}')", plain)
    bare = sql("REGEXP_REPLACE(NORMALIZE({}, NFKD), '[\u0300-\u036f]', '', 'g')", plain)
    small = sql(f"TRANSLATE(LOWER({{}} COLLATE \"C\"), '{UPPERS}', '{LOWERS}')", bare)
    return sql("NULLIF(BTRIM(REGEXP_REPLACE({}, '[[:space:]]+', ' ', 'g')), '')", small)
