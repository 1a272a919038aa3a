"""A small checkout that the checks can look at."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tools import source

Write = Callable[[str, str], Path]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Writes a file of the checkout that the checks then see instead of ours."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    monkeypatch.setattr(source, "ROOT", tmp_path)
    source.files.cache_clear()
    yield write
    source.files.cache_clear()
    source.tree.cache_clear()
