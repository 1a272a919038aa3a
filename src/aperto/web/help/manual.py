"""The manual's pages: Markdown files, listed by `contents.toml`, made into HTML by Python-Markdown once.

Nothing of a user's is rendered here: the files come with the product.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import aperto

PACKAGE = Path(aperto.__file__).parent
FOLDERS = (PACKAGE / "manual", PACKAGE.parent.parent / "docs")  # installed, or a checkout
EXTENSIONS = ("fenced_code", "tables", "toc", "sane_lists", "attr_list")


@dataclass(frozen=True)
class Page:
    path: str
    title: str
    html: str


@dataclass(frozen=True)
class Shelf:
    """A part of the manual for one kind of reader."""

    title: str
    pages: tuple[tuple[str, str], ...]  # path, title


def folder() -> Path:
    return next(each for each in FOLDERS if (each / "contents.toml").is_file())


@lru_cache(maxsize=1)
def shelves() -> tuple[Shelf, ...]:
    listed = tomllib.loads((folder() / "contents.toml").read_text(encoding="utf-8"))
    return tuple(
        Shelf(shelf["title"], tuple((path, _title(path)) for path in shelf["pages"]))
        for shelf in listed["shelf"]
    )


def _title(path: str) -> str:
    """The first heading of the file."""
    first = (folder() / f"{path}.md").read_text(encoding="utf-8").partition("\n")[0]
    return first.removeprefix("# ").strip()


@lru_cache(maxsize=128)
def page(path: str) -> Page | None:
    """The page, or None when the contents do not list it: no other file can be asked for."""
    known = {path: title for shelf in shelves() for path, title in shelf.pages}
    if path not in known:
        return None
    from markdown import markdown  # noqa: PLC0415 - start-up time: few processes ever show the manual

    text = (folder() / f"{path}.md").read_text(encoding="utf-8")
    return Page(path, known[path], markdown(text, extensions=list(EXTENSIONS), output_format="html"))
