"""The statements of a plain dump: tables, their rows, and all the others, which are passed over."""

import re
from collections.abc import Callable, Sequence

from aperto.transfer.sources import literals
from aperto.transfer.sources.feed import Feed
from aperto.transfer.sources.literals import Cell
from aperto.transfer.sources.spool import Spool

WORD = r"(?:`[^`]+`|\"[^\"]+\"|[\w$]+)"
NAME = rf"({WORD}(?:\s*\.\s*{WORD})*+)"
INSERT = re.compile(
    rf"(?:INSERT|REPLACE)\s+(?:IGNORE\s+|LOW_PRIORITY\s+|DELAYED\s+)*(?:INTO\s+)?{NAME}\s*"
    rf"(?:\(([^()]*)\))?\s*\bVALUES?\s*(?=\()",
    re.IGNORECASE,
)
CREATE = re.compile(
    rf"CREATE\s+(?:UNLOGGED\s+|TEMPORARY\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{NAME}\s*\(", re.IGNORECASE
)
COPY = re.compile(rf"COPY\s+{NAME}\s*\(([^()]*)\)\s+FROM\s+stdin[^;]*;[^\n]*\n", re.IGNORECASE)
DELIMITER = re.compile(r"DELIMITER\s+(\S+)[^\n]*\n(?s:.*?)\nDELIMITER\s+;[^\n]*", re.IGNORECASE)
SPACE = re.compile(r"(?:\s++|--[^\n]*+\n|#[^\n]*+\n|/\*(?![!M])(?s:.*?)\*/)*+")
ANY = r"""(?:[^;'"`\-#/$\\]++|%s|"[^"]*+"|`[^`]*+`|--[^\n]*+\n|/\*(?s:.*?)\*/|%s|\\[^\n]*|[-#/$])*+;"""
MYSQL_ANY = re.compile(ANY % (literals.STRING.replace(r"(?:\w+\s*)?", ""), r"#[^\n]*+\n"))
PLAIN_ANY = re.compile(ANY % (literals.PLAIN_STRING.replace(r"(?:\w+\s*)?", ""), r"\$(\w*)\$(?s:.*?)\$\1\$"))
NO_COLUMN = re.compile(
    r"(?:PRIMARY|UNIQUE|KEY|INDEX|CONSTRAINT|FULLTEXT|SPATIAL|FOREIGN|CHECK|EXCLUDE|LIKE|PERIOD)\b", re.I
)
COLUMN = re.compile(r"[`\"]?([\w$ -]+?)[`\"]?\s+([^\s,(]+(?:\([^)]*\))?)")
PART = 1_000

Told = Callable[[int, str], None]


class Reader:
    """Reads a plain dump into the spool; `plain` is PostgreSQL's way of writing strings."""

    def __init__(self, feed: Feed, spool: Spool, plain: bool, told: Told) -> None:
        self.feed, self.spool, self.plain, self.told = feed, spool, plain, told
        self.rows: list[Sequence[Cell]] = []
        self.now = ""  # the table that is being read

    def read(self) -> None:
        while not self._at_end():
            self._statement()
        self.told(self.feed.read, "")
        if self.feed.stream.problem:
            self._broken()

    def _at_end(self) -> bool:
        """Passes over blanks and comments."""
        while True:
            space = SPACE.match(self.feed.text, self.feed.at)
            self.feed.at = space.end() if space else self.feed.at
            if len(self.feed.text) - self.feed.at > 1_000:
                return False
            if not self.feed.more():
                return self.feed.at >= len(self.feed.text)

    def _statement(self) -> None:
        word = self.feed.starts(10).upper()
        if word.startswith(("INSERT", "REPLACE")) and (found := self._head(INSERT)):
            self._insert(found)
        elif word.startswith("COPY ") and (found := self._head(COPY)):
            self.feed.at = found.end()
            self._copy(name_of(found[1]), names_in(found[2]))
        elif word.startswith("DELIMITER") and (found := self.feed.match(DELIMITER)):
            self.feed.at = found.end()
        elif word.startswith("\\"):  # an instruction to psql
            self._line()
        else:
            self._other()

    def _head(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """A head may be long: the columns of a wide table stand in it."""
        while (found := pattern.match(self.feed.text, self.feed.at)) is None:
            if len(self.feed.text) - self.feed.at > 200_000 or not self.feed.more():
                return None
        return found

    def _other(self) -> None:
        """A statement of another kind; of those that make a table the columns are kept."""
        found = self.feed.match(PLAIN_ANY if self.plain else MYSQL_ANY)
        if found is None:
            self._broken()
            self.feed.at = len(self.feed.text)
            while self.feed.more():
                self.feed.at = len(self.feed.text)
            return
        self.feed.at = found.end()
        if made := CREATE.match(found[0]):
            self.spool.declare(name_of(made[1]), columns_in(found[0][made.end() : found[0].rindex(")")]))

    def _line(self) -> None:
        while (end := self.feed.text.find("\n", self.feed.at)) < 0:
            if not self.feed.more():
                end = len(self.feed.text) - 1
                break
        self.feed.at = end + 1

    # -- rows ----------------------------------------------------------------------------------------

    def _insert(self, head: re.Match[str]) -> None:
        name = name_of(head[1])
        columns = names_in(head[2]) if head[2] else list(self._known(name))
        self.feed.at, self.now = head.end(), name
        if not columns:
            columns = self._by_width(name)
        row = literals.row_of(len(columns), self.plain)
        text, at = self.feed.text, self.feed.at
        while True:
            found = row.match(text, at)
            if found is not None:
                at = found.end()
                *raws, after = found.groups()
                self._keep(name, columns, literals.cells(raws, self.plain))
            else:
                self.feed.at = at
                other, after = self._odd_row(row, len(columns))
                text, at = self.feed.text, self.feed.at
                if after == "again":
                    continue
                if other is not None:
                    self._keep(name, columns, other)
            if after != ",":
                self.feed.at = at
                return self._flush(name, columns)

    def _odd_row(self, row: re.Pattern[str], width: int) -> tuple[list[Cell] | None, str]:
        """What is no row of the usual form: cut off by the window, or with calls of functions in it."""
        found = literals.any_row(self.plain).match(self.feed.text, self.feed.at)
        if found is None:
            if self.feed.more():
                return None, "again"
            self._broken()
            self.feed.at = len(self.feed.text)
            return None, ""
        self.feed.at = found.end()
        values = literals.cells(literals.values_in(found[1], self.plain), self.plain)
        return fitted(values, width), found[2]

    def _by_width(self, name: str) -> list[str]:
        """A dump without its tables: the columns have numbers for names."""
        found = self.feed.match(literals.any_row(self.plain))
        width = len(literals.values_in(found[1], self.plain)) if found else 1
        self.spool.problems.append(f"{name}: the dump does not name its columns")
        return [f"column_{number}" for number in range(1, width + 1)]

    def _copy(self, name: str, columns: Sequence[str]) -> None:
        self.now = name
        while True:
            end = self.feed.text.rfind("\n", self.feed.at)
            block = self.feed.text[self.feed.at : end] if end >= 0 else ""
            last = (block + "\n").find("\\.\n") if block.startswith("\\.") else (block + "\n").find("\n\\.\n")
            if end >= 0:
                lines = block[:last] if last >= 0 else block
                for line in lines.split("\n") if lines else ():
                    self._keep(name, columns, fitted(literals.copied(line), len(columns)))
                self.feed.at += (last + 4 - block.startswith("\\.")) if last >= 0 else len(block) + 1
            if last >= 0 or not self.feed.more():
                if last < 0:
                    self._broken()
                return self._flush(name, columns)

    def _keep(self, name: str, columns: Sequence[str], row: Sequence[Cell]) -> None:
        self.rows.append(row)
        if len(self.rows) >= PART:
            self._flush(name, columns)

    def _flush(self, name: str, columns: Sequence[str]) -> None:
        if self.rows:
            self.spool.add(name, columns, self.rows)
            self.rows = []
        else:
            self.spool.declare(name, dict.fromkeys(columns, ""))
        self.told(self.feed.read, name)

    def _known(self, name: str) -> Sequence[str]:
        table = self.spool.tables.get(name)
        return list(table.columns) if table else ()

    def _broken(self) -> None:
        """The file ends where it should not: what was read is kept, and this is told."""
        why = self.feed.stream.problem
        words = [f"The file ends too early{f' ({why})' if why else ''}"]
        if self.now:
            rows = self.spool.count(self.now) + len(self.rows)
            words.append(f"in or after the table {self.now}, of which {rows} rows were read")
        text = ", ".join(words) + "."
        if text not in self.spool.problems:
            self.spool.problems.append(text)


def name_of(written: str) -> str:
    """The name without the schema and the quotes."""
    return str(re.findall(WORD, written)[-1]).strip('`"')


def fitted(row: list[Cell], width: int) -> list[Cell]:
    return row if len(row) == width else [*row[:width], *[None] * (width - len(row))]


def names_in(text: str) -> list[str]:
    return [each.strip().strip('`"[]') for each in text.split(",")]


def columns_in(body: str) -> dict[str, str]:
    """{name: type} of what stands between the parentheses of CREATE TABLE."""
    columns = {}
    for part in parts_of(body):
        if not NO_COLUMN.match(part) and (found := COLUMN.match(part)):
            columns[found[1]] = found[2]
    return columns


def parts_of(body: str) -> list[str]:
    """The definitions, split at the commas that stand in no parentheses and no quotes."""
    parts, depth, start = [], 0, 0
    for found in re.finditer(r"'(?:[^'\\]|\\.|'')*'|[(),]", body, re.DOTALL):
        sign = found[0]
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append(body[start : found.start()].strip())
            start = found.end()
    return [part for part in [*parts, body[start:].strip()] if part]
