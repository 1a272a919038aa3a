"""A demonstration company with two years of believable business, in one of four languages."""

from collections.abc import Callable

from aperto.crm.demo.load import load as _load

type Progress = Callable[[str], None]


def load(language: str, progress: Progress) -> None:
    """Fills an empty installation; raises Refused when somebody uses it already."""
    _load(language, progress)
