"""A small checkout that the checks can look at."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tools import source

Write = Callable[[str, str], Path]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Writes a file of the checkout, and makes the checks see only what was written."""
    written: list[Path] = []

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written.append(path)
        return path

    def files(*patterns: str) -> tuple[Path, ...]:
        suffixes = {Path(pattern).suffix for pattern in patterns}
        folders = {Path(pattern).parts[0] for pattern in patterns}
        return tuple(
            path
            for path in written
            if path.suffix in suffixes
            and (path.relative_to(tmp_path).parts[0] in folders or "*.py" in patterns)
        )

    monkeypatch.setattr(source, "ROOT", tmp_path)
    monkeypatch.setattr(source, "files", files)
    yield write
    source.tree.cache_clear()
