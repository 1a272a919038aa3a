"""A custom-format archive of pg_dump with one table, byte for byte."""

import zlib


def made(version: tuple[int, int, int], table: str, columns: list[str], rows: str) -> bytes:
    head = b"PGDMP" + bytes(version) + bytes([4, 8, 1])
    head += b"\1" if version >= (1, 15, 0) else number(-1)
    head += b"".join(number(0) for _part in range(7)) + text("db") + text("16") + text("16")
    listed = ",\n    ".join(f"{column} text" for column in columns)
    create = f"CREATE TABLE public.{table} (\n    {listed}\n);\n"
    copy = f"COPY public.{table} ({', '.join(columns)}) FROM stdin;\n"
    entries = entry(version, 1, table, "TABLE", create, "") + entry(version, 2, table, "TABLE DATA", "", copy)
    packed = zlib.compress(rows.encode())
    pieces = [packed[start : start + 50] for start in range(0, len(packed), 50)]
    block = b"".join(number(len(piece)) + piece for piece in pieces)
    return head + number(2) + entries + b"\1" + number(2) + block + number(0)


def entry(version: tuple[int, int, int], key: int, tag: str, kind: str, create: str, copy: str) -> bytes:
    made = number(key) + number(1) + text("0") + text("0") + text(tag) + text(kind) + number(2)
    made += text(create) + text("") + text(copy) + text("public") + text("")
    made += text("heap") if version >= (1, 14, 0) else b""
    made += number(ord("r")) if version >= (1, 16, 0) else b""
    return made + text("me") + text("false") + number(-1) + b"\2" + bytes(8)


def number(value: int) -> bytes:
    return (b"\1" if value < 0 else b"\0") + abs(value).to_bytes(4, "little")


def text(value: str) -> bytes:
    raw = value.encode()
    return number(len(raw)) + raw
