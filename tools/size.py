"""How long the longest function, file, template and script may be: never longer than it is today.

`tools/size.toml` keeps the longest; `python -m tools.size --tighten` lowers it when something shrank. Growing
is refused, and so is anything beyond what a reader takes in at one sitting (the limits below).
"""

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tools import source

RECORD = source.ROOT / "tools" / "size.toml"
PATTERNS = {
    "function": ("src/**/*.py", "tools/**/*.py", "bench/**/*.py"),
    "test": ("tests/**/*.py",),
    "file": ("src/**/*.py", "tests/**/*.py", "tools/**/*.py", "bench/**/*.py"),
    "template": ("src/**/*.html",),
    "script": ("src/**/*.js",),
}
LIMITS = {"function": 60, "test": 40, "file": 500, "template": 150, "script": 250}


class Size(NamedTuple):
    lines: int
    where: str


def main() -> int:
    kept = tomllib.loads(source.text(RECORD)) if RECORD.is_file() else {}
    allowed = {kind: min(kept.get(kind, limit), limit) for kind, limit in LIMITS.items()}
    problems = [
        f"{size.where}: a {kind} of {size.lines} lines; the longest may have {allowed[kind]}"
        for kind in LIMITS
        for size in sizes(kind)
        if size.lines > allowed[kind]
    ]
    longest = {kind: max(sizes(kind), default=Size(0, "")) for kind in LIMITS}
    found = [f"{kind}: {size.lines} of {allowed[kind]} ({size.where})" for kind, size in longest.items()]
    print("\n".join(problems or found))
    if "--tighten" in sys.argv and not problems:
        write({kind: size.lines for kind, size in longest.items()})
    return 1 if problems else 0


def sizes(kind: str) -> Iterator[Size]:
    for path in source.files(*PATTERNS[kind]):
        if kind in {"function", "test"}:
            yield from functions(path)
        else:
            yield Size(source.text(path).count("\n"), source.place(path, 1))


def functions(path: Path) -> Iterator[Size]:
    for node in ast.walk(source.tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Size((node.end_lineno or node.lineno) - node.lineno + 1, source.place(path, node.lineno))


def write(longest: dict[str, int]) -> None:
    lines = ["# The longest of each kind, in lines. `python -m tools.size --tighten` lowers it."]
    lines += [f"{kind} = {count}" for kind, count in longest.items()]
    RECORD.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
