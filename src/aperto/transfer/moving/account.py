"""The account of a migration: every row of every table has one end, and the ends add up to what was read."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from aperto.transfer.moving.mapping import System
from aperto.transfer.sources.spool import Spool, quoted

UNKNOWN = "no table that this importer knows"
ALONE = "belongs to no record that came along"
NO_RULE = "no rule of this importer is about such a row"


@dataclass
class Line:
    """One table. `merged` rows became part of other records, or are as they came before."""

    table: str
    read: int = 0
    made: int = 0
    merged: int = 0
    left: Counter[str] = field(default_factory=Counter)
    became: Counter[str] = field(default_factory=Counter)

    def settle(self) -> None:
        """What no rule was about is said, so that the ends add up."""
        rest = self.read - self.made - self.merged - self.left.total()
        if rest > 0:
            self.left[NO_RULE] += rest

    def to_json(self) -> dict[str, Any]:
        return {
            "table": self.table,
            "read": self.read,
            "made": self.made,
            "merged": self.merged,
            "left": dict(self.left),
            "became": dict(self.became),
        }


class Account:
    """The lines by table."""

    def __init__(self, spool: Spool, system: System) -> None:
        self.spool, self.system = spool, system
        self.lines: dict[str, Line] = {
            name: Line(name, table.rows) for name, table in spool.tables.items() if table.rows
        }

    def of(self, table: str) -> Line:
        return self.lines.setdefault(table, Line(table))

    def close(self) -> None:
        """Counts the tables that are no records of their own."""
        for line in self.lines.values():
            if line.made or line.merged or line.left:
                line.settle()
            elif line.table in self.system.folded:
                self._fold(line, self.system.folded[line.table])
            else:
                line.left[reason_for(self.system.left, line.table)] += line.read

    def _fold(self, line: Line, names: tuple[str, ...]) -> None:
        held = f"SELECT 1 FROM _moved m WHERE m.name IN ({', '.join(names)})"
        statement = f"SELECT count(*) FROM {quoted(line.table)} f WHERE EXISTS ({held})"
        line.merged = self.spool.number(statement)
        if line.read > line.merged:
            line.left[ALONE] += line.read - line.merged

    @property
    def totals(self) -> Line:
        whole = Line("")
        for line in self.lines.values():
            whole.read, whole.made = whole.read + line.read, whole.made + line.made
            whole.merged += line.merged
            whole.left.update(line.left)
        return whole

    def to_json(self) -> list[dict[str, Any]]:
        return [line.to_json() for line in sorted(self.lines.values(), key=lambda line: -line.read)]


def reason_for(patterns: Mapping[str, str], table: str) -> str:
    fitting = [pattern for pattern in patterns if fnmatchcase(table, pattern)]
    return patterns[max(fitting, key=len)] if fitting else UNKNOWN
