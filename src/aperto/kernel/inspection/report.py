"""What the process answers, and what each way of reading returns."""

from dataclasses import dataclass

MADE, TEXT, NONE, LARGE, BROKEN, ABSENT, LOCKED = (
    "made", "text", "none", "large", "broken", "absent", "locked",
)  # fmt: skip
MOST_PAGES = 5
WIDEST = 1600  # pixels of a page that is shown
THUMB = 192
LONGEST = 1_000_000  # letters that are read of a file


class TooLarge(Exception):
    """More pixels, members or letters than are looked at."""


class Locked(Exception):
    """It asks for a password."""


@dataclass
class Seen:
    """`pages` are the names of pictures that were written, the first of them also as `thumb.webp`."""

    pages: int = 0
    text: str = ""
    preview: str = NONE
