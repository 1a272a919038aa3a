"""The files that the checks read, by kind."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUNDLES = {"src/aperto/web/static/aperto.css", "src/aperto/web/static/aperto.js"}


@cache
def files(*patterns: str) -> tuple[Path, ...]:
    """Files that match, but for vendored ones, migrations and what tools/bundle.py writes."""
    found = {path for pattern in patterns for path in ROOT.glob(pattern)}
    return tuple(sorted(path for path in found if path.is_file() and not is_made(path)))


def is_made(path: Path) -> bool:
    """Written by others or by a tool: nobody reads it, so our manners do not apply."""
    return bool({"vendor", "migrations"} & set(path.parts)) or path.relative_to(ROOT).as_posix() in BUNDLES


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path), filename=str(path))


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"
