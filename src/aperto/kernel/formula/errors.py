"""What can be wrong with a formula, where, and in words for whoever wrote it."""

from dataclasses import dataclass

from aperto.kernel.errors import FieldError, Message


class FormulaError(FieldError):
    """`start` and `end` are the characters of the formula that the message is about."""

    def __init__(self, message: Message, start: int = 0, end: int = 0) -> None:
        super().__init__(message)
        self.start, self.end = start, end


@dataclass(frozen=True)
class Explanation:
    """The message, and the formula cut in three so that a page can mark the place."""

    message: str
    before: str
    wrong: str
    after: str
    line: int
    column: int


def explain(error: FormulaError, text: str) -> Explanation:
    start = max(0, min(error.start, len(text)))
    end = max(start, min(error.end, len(text)))
    before = text[:start]
    line_start = before.rfind("\n") + 1
    return Explanation(
        message=str(error.message),
        before=before,
        wrong=text[start:end],
        after=text[end:],
        line=before.count("\n") + 1,
        column=start - line_start + 1,
    )
