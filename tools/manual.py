"""The manual for users stands in every language, and each translation is of the English text of today.

`python -m tools.manual` checks; `--of docs/nl/user/lists.md …` writes into translations that were just
brought up to date which text they are of. The other shelves may be translated too, and are then held to it.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from tools import source
from tools.translations import LANGUAGES

DOCS = source.ROOT / "docs"
BEGINS = re.compile(r"#+ |\* |\d+\. |\||```")
NEEDED = "using"  # the shelf that every language has


def main() -> int:
    if "--of" in sys.argv:
        for name in sys.argv[sys.argv.index("--of") + 1 :]:
            stamp(Path(name).resolve())
    found = list(problems(DOCS))
    print("\n".join(found) or f"the manual for users stands in {len(LANGUAGES) + 1} languages")
    return 1 if found else 0


def problems(docs: Path) -> Iterator[str]:
    shelves = tomllib.loads((docs / "contents.toml").read_text(encoding="utf-8"))["shelf"]
    for shelf in shelves:
        for page in shelf["pages"]:
            english = docs / f"{page}.md"
            for language in LANGUAGES:
                yield from _problem(english, docs / language / f"{page}.md", shelf["key"] == NEEDED)
    listed = {
        docs / language / f"{page}.md"
        for language in LANGUAGES
        for shelf in shelves
        for page in shelf["pages"]
    }
    for language in LANGUAGES:
        yield from (
            f"{path}: of no page" for path in sorted((docs / language).rglob("*.md")) if path not in listed
        )


def _problem(english: Path, translated: Path, needed: bool) -> Iterator[str]:
    if not translated.is_file():
        if needed:
            yield f"{translated}: is missing"
    elif first_line(translated) != mark(english):
        yield f"{translated}: {english.name} has changed since; bring it up to date, then use --of"
    elif shape(translated) != shape(english):
        yield f"{translated}: headings, list items and rows of tables do not go with {english.name}"


def shape(path: Path) -> list[str]:
    """What each line begins with that begins something, so that no section and no item is forgotten."""
    begun = (BEGINS.match(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [found[0] for found in begun if found]


def first_line(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("\n")[0]


def mark(english: Path) -> str:
    """The line that a translation of this text begins with."""
    return f"<!-- of {sha256(english.read_bytes()).hexdigest()[:12]} -->"


def stamp(translated: Path) -> None:
    language = translated.relative_to(DOCS).parts[0]
    text = translated.read_text(encoding="utf-8")
    if text.startswith("<!-- of "):
        text = text.partition("\n")[2]
    english = DOCS / translated.relative_to(DOCS / language)
    translated.write_text(f"{mark(english)}\n{text.lstrip()}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
