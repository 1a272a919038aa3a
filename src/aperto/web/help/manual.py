"""The manual's pages: Markdown files, listed by `contents.toml`, made into HTML by Python-Markdown once.

A translation stands under the name of its language (`nl/user/lists.md`); its first line names the English
text that it was made from, so that `tools.manual` can tell which have grown old. A page that nobody has
translated is shown in English. Nothing of a user's is rendered here: the files come with the product.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext_lazy

import aperto

PACKAGE = Path(aperto.__file__).parent
FOLDERS = (PACKAGE / "manual", PACKAGE.parent.parent / "docs")  # installed, or a checkout
EXTENSIONS = ("fenced_code", "tables", "toc", "sane_lists", "attr_list")


ENGLISH = "en"
TITLES = {
    "using": gettext_lazy("Using Aperto"),
    "running": gettext_lazy("Running Aperto"),
    "programming": gettext_lazy("Programming against Aperto"),
    "changing": gettext_lazy("Changing Aperto"),
}


@dataclass(frozen=True)
class Page:
    """`language` is that of the text, which is English where there is no translation."""

    path: str
    title: str
    html: str
    language: str


@dataclass(frozen=True)
class Shelf:
    """A part of the manual for one kind of reader."""

    title: str
    pages: tuple[tuple[str, str], ...]  # path, title


def folder() -> Path:
    return next(each for each in FOLDERS if (each / "contents.toml").is_file())


@lru_cache(maxsize=1)
def contents() -> dict[str, tuple[str, ...]]:
    """The paths of each shelf, by its key."""
    listed = tomllib.loads((folder() / "contents.toml").read_text(encoding="utf-8"))
    return {shelf["key"]: tuple(shelf["pages"]) for shelf in listed["shelf"]}


@lru_cache(maxsize=8)
def _titles(language: str) -> dict[str, str]:
    """By path, in the order of the contents: the first heading of each file."""
    paths = (path for paths in contents().values() for path in paths)
    return {path: _title(_text(path, language)[0]) for path in paths}


def shelves(language: str = ENGLISH) -> tuple[Shelf, ...]:
    titles = _titles(language)
    return tuple(
        Shelf(str(TITLES[key]), tuple((path, titles[path]) for path in paths))
        for key, paths in contents().items()
    )


def _text(path: str, language: str) -> tuple[str, str]:
    """The text and its language; without the line that a translation begins with."""
    translated = folder() / language / f"{path}.md"
    if language != ENGLISH and translated.is_file():
        return translated.read_text(encoding="utf-8").partition("\n")[2].lstrip(), language
    return (folder() / f"{path}.md").read_text(encoding="utf-8"), ENGLISH


def _title(text: str) -> str:
    return text.partition("\n")[0].removeprefix("# ").strip()


@lru_cache(maxsize=256)
def page(path: str, language: str = ENGLISH) -> Page | None:
    """The page, or None when the contents do not list it: no other file can be asked for."""
    if path not in _titles(language):
        return None
    from markdown import markdown  # noqa: PLC0415 - start-up time: few processes ever show the manual

    text, spoken = _text(path, language)
    html = markdown(text, extensions=list(EXTENSIONS), output_format="html")
    return Page(path, _title(text), html, spoken)
