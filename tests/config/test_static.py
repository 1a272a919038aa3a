from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage

from aperto.config import static


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A style sheet with a picture, and a module that imports another."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("b { background: url('dot.svg') }" + " " * 2000, encoding="utf-8")
    (source / "dot.svg").write_text("<svg/>", encoding="utf-8")
    (source / "main.js").write_text('import { x } from "./part.js";\n' + "x();\n" * 200, encoding="utf-8")
    (source / "part.js").write_text("export const x = () => 1;\n", encoding="utf-8")
    storage = StaticFilesStorage(location=source, base_url="/static/")
    monkeypatch.setattr(
        static, "sources", lambda: {path.name: (storage, path.name) for path in source.iterdir()}
    )
    return source


def test_files_are_named_after_their_content_and_compressed(sources: Path, tmp_path: Path) -> None:
    static.prepare(tmp_path / "static")

    made = {path.name for path in (tmp_path / "static").iterdir()}
    sheet = next(name for name in made if name.startswith("a.") and name != "a.css" and name.endswith(".css"))
    assert {f"{sheet}.br", f"{sheet}.gz", "staticfiles.json"} <= made


def test_references_follow_the_names(sources: Path, tmp_path: Path) -> None:
    static.prepare(tmp_path / "static")

    (part,) = (tmp_path / "static").glob("part.*.js")
    (main,) = (tmp_path / "static").glob("main.*.js")
    assert f'"./{part.name}"' in main.read_text(encoding="utf-8")


def test_second_start_prepares_nothing(sources: Path, tmp_path: Path) -> None:
    assert static.prepare(tmp_path / "static")
    assert not static.prepare(tmp_path / "static")


def test_changed_file_is_prepared_again_and_the_old_one_goes(sources: Path, tmp_path: Path) -> None:
    static.prepare(tmp_path / "static")
    (sources / "dot.svg").write_text("<svg><circle/></svg>", encoding="utf-8")

    assert static.prepare(tmp_path / "static")
    assert len(list((tmp_path / "static").glob("dot.*.svg"))) == 1


def test_missing_picture_stops_the_start(sources: Path, tmp_path: Path) -> None:
    (sources / "dot.svg").unlink()

    with pytest.raises(RuntimeError, match=r"static file a\.css: .*dot\.svg"):
        static.prepare(tmp_path / "static")
    assert not (tmp_path / "static").exists()
