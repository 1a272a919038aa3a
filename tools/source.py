"""The files that the checks read: what is under version control, by kind."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@cache
def files(*patterns: str) -> tuple[Path, ...]:
    """Tracked and new files that match, but for vendored ones and migrations."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = (ROOT / line for line in sorted(set(listed.splitlines())))
    return tuple(path for path in found if path.is_file() and not {"vendor", "migrations"} & set(path.parts))


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path), filename=str(path))


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"
