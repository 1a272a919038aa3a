"""What stands in a configuration file: entries by section, each with the lines where it says what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from aperto.kernel.errors import Message

FORMAT = 1
type Values = Mapping[str, Any]  # JSON; records are meant by their addresses


@dataclass(frozen=True)
class Entry:
    """`address` is how the entry is meant by others: its keys or names, from the outside in."""

    section: str
    address: str
    values: Values
    line: int = 0
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.section}:{self.address}"


@dataclass(frozen=True)
class Document:
    entries: tuple[Entry, ...] = ()

    def of(self, section: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.section == section]


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where in the file; line 0 is the file as a whole."""

    message: Message
    line: int = 0
    about: str = ""

    def __str__(self) -> str:
        said = f"{self.about}: {self.message}" if self.about else str(self.message)
        return _("Line %(line)s: %(said)s") % {"line": self.line, "said": said} if self.line else said


class Unfit(Exception):
    """The file cannot be applied; nothing was."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = list(problems)
