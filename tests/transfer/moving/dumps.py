"""Small dumps of other systems, written for the tests: tables as rows of columns and values."""

import gzip
from collections.abc import Mapping, Sequence
from pathlib import Path

type Rows = Sequence[Mapping[str, str | int | None]]


def mysql(path: Path, tables: Mapping[str, Rows], empty: Sequence[str] = ()) -> Path:
    """A packed dump with these rows, and with tables that hold none."""
    parts = ["/*!40101 SET NAMES utf8mb4 */;\n"]
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        listed = ",\n".join(f"  `{column}` varchar(255) DEFAULT NULL" for column in columns)
        parts.append(f"CREATE TABLE `{name}` (\n{listed}\n) ENGINE=InnoDB;\n")
        values = ",".join(f"({','.join(written(row.get(column)) for column in columns)})" for row in rows)
        parts.append(f"INSERT INTO `{name}` VALUES {values};\n")
    parts += [f"CREATE TABLE `{name}` (\n  `id` int\n);\n" for name in empty]
    path.write_bytes(gzip.compress("".join(parts).encode()))
    return path


def written(value: str | int | None) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"


def postgres(path: Path, tables: Mapping[str, Rows]) -> Path:
    """The same as pg_dump writes it."""
    parts = ["--\n-- PostgreSQL database dump\n--\n\nSET client_encoding = 'UTF8';\n"]
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        listed = ",\n".join(f"    {column} character varying" for column in columns)
        parts.append(f"CREATE TABLE public.{name} (\n{listed}\n);\n")
        parts.append(f"COPY public.{name} ({', '.join(columns)}) FROM stdin;\n")
        parts += ["\t".join(copied(row.get(column)) for column in columns) + "\n" for row in rows]
        parts.append("\\.\n\n")
    path.write_bytes(gzip.compress("".join(parts).encode()))
    return path


def copied(value: str | int | None) -> str:
    if value is None:
        return "\\N"
    return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
