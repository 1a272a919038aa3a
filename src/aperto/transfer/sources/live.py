"""A running database, read only and in its own words: as its dump would say it."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from urllib.parse import unquote, urlsplit

import psycopg
import pymysql
from django.utils.translation import gettext as _
from pymysql.cursors import SSCursor

from aperto.transfer.reading import Unreadable
from aperto.transfer.sources import literals
from aperto.transfer.sources.literals import Cell
from aperto.transfer.sources.spool import Spool
from aperto.transfer.sources.statements import PART, Told

MYSQL = ("mysql", "mariadb")
TABLES = """SELECT table_name, column_name, column_type FROM information_schema.columns JOIN
            information_schema.tables USING (table_schema, table_name)
            WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'
            ORDER BY table_name, ordinal_position"""
PG_TABLES = """SELECT table_name, column_name, data_type FROM information_schema.columns JOIN
               information_schema.tables USING (table_schema, table_name)
               WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
               AND is_generated = 'NEVER' ORDER BY table_name, ordinal_position"""


def read(address: str, spool: Spool, told: Told) -> None:
    kind = urlsplit(address).scheme.partition("+")[0]
    try:
        if kind in MYSQL:
            read_mysql(address, spool, told)
        elif kind in ("postgres", "postgresql"):
            read_postgres(address, spool, told)
        else:
            raise Unreadable(_("“%(kind)s” is no kind of database that can be read.") % {"kind": kind})
    except (pymysql.err.Error, psycopg.Error) as error:
        raise Unreadable(_("The database cannot be read: %(why)s.") % {"why": error}) from error


def read_mysql(address: str, spool: Spool, told: Told) -> None:
    parts = urlsplit(address)
    connection = pymysql.connect(
        host=parts.hostname or "localhost",
        port=parts.port or 3306,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        database=parts.path.strip("/"),
        charset="utf8mb4",
        cursorclass=SSCursor,
        conv={},
    )
    with closing(connection), connection.cursor() as cursor:
        cursor.execute("SET SESSION TRANSACTION READ ONLY, time_zone = '+00:00'")
        cursor.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
        cursor.execute(TABLES)
        for name, columns in _tables(cursor.fetchall()):
            spool.declare(name, columns)
            cursor.execute("SELECT * FROM `{}`".format(name.replace("`", "``")))
            while rows := cursor.fetchmany(PART):
                spool.add(name, list(columns), [[_text(each) for each in row] for row in rows])
                told(spool.count(name), name)


def _text(value: object) -> Cell:
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return value.hex().upper()
    return None if value is None else str(value)


def _tables(rows: Sequence[Sequence[object]]) -> Iterator[tuple[str, dict[str, str]]]:
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        found.setdefault(_text(table) or "", {})[_text(column) or ""] = _text(kind) or ""
    yield from found.items()


def read_postgres(address: str, spool: Spool, told: Told) -> None:
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SET client_encoding = 'UTF8'")
        cursor.execute(PG_TABLES)
        for name, columns in _tables(cursor.fetchall()):
            spool.declare(name, columns)
            _copy_out(cursor, name, list(columns), spool, told)


def _copy_out(
    cursor: "psycopg.Cursor[tuple[object, ...]]", name: str, columns: list[str], spool: Spool, told: Told
) -> None:
    names = psycopg.sql.SQL(", ").join(map(psycopg.sql.Identifier, columns))
    query = psycopg.sql.SQL("COPY {} ({}) TO STDOUT").format(psycopg.sql.Identifier(name), names)
    rows: list[list[Cell]] = []
    with cursor.copy(query) as copy:
        rest = b""
        for piece in copy:
            *lines, rest = (rest + bytes(piece)).split(b"\n")
            rows += [literals.copied(line.decode("utf-8", "surrogateescape")) for line in lines]
            if len(rows) >= PART:
                spool.add(name, columns, rows)
                rows = []
                told(spool.count(name), name)
    if rows:
        spool.add(name, columns, rows)
