"""Rules of the house that no other linter knows. Each names the file and line that breaks it."""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tools import source

COLOUR = re.compile(
    r"(?<![&\w])#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b(?=[;\s\"'),])|\b(?:rgba?|hsla?|oklch)\("
)
INLINE = re.compile(
    r"<(?:script(?![^>]*\b(?:src|nonce)=)|style(?![^>]*\bnonce=))|\son[a-z]+=[\"']|\sstyle=[\"']"
)
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|raise NotImplementedError)\b")
EXEMPT = "# not a record: "
MANAGERS = {"objects", "_default_manager", "_base_manager"}
Problems = Iterator[tuple[Path, int, str]]


def managers() -> Problems:
    """Rows are reached through `records.visible(actor, …)`: a manager outside the kernel forgets access.

    A door's own bookkeeping is no record; its line says so: `# not a record: keys of repeated requests`.
    """
    for path in source.files("src/**/*.py"):
        if "kernel" in path.parts:
            continue
        lines = source.text(path).splitlines()
        for node in ast.walk(source.tree(path)):
            if (
                isinstance(node, ast.Attribute)
                and node.attr in MANAGERS
                and EXEMPT not in lines[node.lineno - 1]
            ):
                yield (
                    path,
                    node.lineno,
                    f"`.{node.attr}` outside the kernel; use records.visible or changes.save",
                )


def colours() -> Problems:
    """Colours are tokens, so that dark mode and contrast are decided in one file."""
    for path in source.files("src/**/*.css", "src/**/*.html", "src/**/*.js"):
        if path.name != "tokens.css":
            yield from matches(path, COLOUR, "a colour outside tokens.css")


def inline() -> Problems:
    """The content security policy refuses scripts and styles inside a page."""
    for path in source.files("src/**/*.html"):
        yield from matches(path, INLINE, "inline script or style")


def unfinished() -> Problems:
    for path in source.files("src/**/*.py", "src/**/*.html", "src/**/*.js", "src/**/*.css"):
        yield from matches(path, UNFINISHED, "unfinished")


def drawers() -> Problems:
    """A junk drawer grows biggest."""
    for path in source.files("src/**/*.py", "tests/**/*.py"):
        if path.stem in {"utils", "helpers"} or "common" in path.parts:
            yield path, 1, "a junk drawer; name the file after what is inside"


def placeholders() -> Problems:
    """Translators can move named placeholders only; an f-string is never found in the catalogue."""
    for path in source.files("src/**/*.py"):
        for node in ast.walk(source.tree(path)):
            if isinstance(node, ast.Call) and is_gettext(node.func) and node.args:
                yield from wrong_message(path, node.args[0])


def is_gettext(function: ast.expr) -> bool:
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    return name in {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


def wrong_message(path: Path, message: ast.expr) -> Problems:
    if isinstance(message, ast.JoinedStr):
        yield path, message.lineno, "an f-string cannot be translated"
    elif isinstance(message, ast.Constant) and re.search(r"%[sd]|\{\}|\{\d", str(message.value)):
        yield path, message.lineno, "a placeholder without a name"


def matches(path: Path, pattern: re.Pattern[str], problem: str) -> Problems:
    for number, line in enumerate(source.text(path).splitlines(), 1):
        if pattern.search(line):
            yield path, number, f"{problem}: {line.strip()[:80]}"


RULES: tuple[Callable[[], Problems], ...] = (managers, colours, inline, unfinished, drawers, placeholders)


def main() -> int:
    found = [f"{source.place(path, line)}: {problem}" for rule in RULES for path, line, problem in rule()]
    print("\n".join(found) or f"{len(RULES)} rules hold")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
