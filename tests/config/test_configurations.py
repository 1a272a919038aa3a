import argparse
from pathlib import Path

import pytest

from aperto.config import accounts, command, configurations, console
from aperto.config import packs as at_start
from aperto.kernel.configuration import past

pytestmark = pytest.mark.django_db
FILE = "aperto: 1\nteam:\n- {name: North}\n"


@pytest.fixture(autouse=True)
def administrator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    accounts.create(chosen("user", "create", "ana@example.org", "--role", "administrator"))
    accounts.create(chosen("user", "create", "bo@example.org"))
    capsys.readouterr()
    Path("north.yaml").write_text(FILE, encoding="utf-8")


def chosen(*words: str) -> argparse.Namespace:
    return command.parser().parse_args(words)


def test_file_is_compared_applied_and_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert configurations.compare(chosen("configuration", "diff", "north.yaml")) == 1
    assert configurations.bring_in(chosen("configuration", "apply", "north.yaml", "--dry-run")) == 0
    assert configurations.compare(chosen("configuration", "diff", "north.yaml")) == 1

    configurations.bring_in(chosen("configuration", "apply", "north.yaml"))
    assert configurations.compare(chosen("configuration", "diff", "north.yaml")) == 0
    configurations.write(chosen("configuration", "export", "out.yaml"))
    batch = capsys.readouterr().out.partition("undo ")[2].split()[0]

    assert "name: North" in Path("out.yaml").read_text(encoding="utf-8")
    assert configurations.take_back(chosen("configuration", "undo", batch)) == 0
    assert configurations.compare(chosen("configuration", "diff", "north.yaml")) == 1


def test_mistake_names_its_line_and_leaves_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Path("wrong.yaml").write_text(FILE + "stage:\n- {name: Lost}\n", encoding="utf-8")

    code = configurations.bring_in(chosen("configuration", "apply", "wrong.yaml"))

    assert (code, capsys.readouterr().err.startswith("Line 5: stage Lost pipeline")) == (2, True)
    assert configurations.compare(chosen("configuration", "diff", "north.yaml")) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("diff", "none.yaml"), "There is no file none.yaml."),
        (("diff",), "Name a file, or a pack"),
        (("apply", "--pack", "nonsense"), "There is no pack 'nonsense'; choose "),
        (("undo", "nonsense"), "'nonsense' is no application"),
        (("export", "--user", "bo@example.org"), "Only an administrator may do this."),
    ],
)
def test_refusal_is_one_sentence(words: tuple[str, ...], sentence: str) -> None:
    asked = chosen("configuration", *words)
    function = getattr(configurations, asked.row.where.partition(":")[2])

    with pytest.raises(console.Refusal, match=sentence.replace("?", ".")):
        function(asked)


def test_what_was_applied_is_listed() -> None:
    configurations.bring_in(chosen("configuration", "apply", "north.yaml"))

    [applied] = past.lately(configurations._actor(chosen("configuration", "export")))
    assert (applied.source, applied.items, applied.undone) == ("north.yaml", 1, False)


def test_pack_of_a_start_is_brought_once(capsys: pytest.CaptureFixture[str]) -> None:
    for _start in range(2):
        at_start.bring("wholesale", console.Steps())

    said = capsys.readouterr().out
    assert "The pack wholesale brought" in said and "is here already" in said


def test_start_with_an_unknown_pack_is_refused() -> None:
    with pytest.raises(console.Refusal, match="choose consultancy"):
        at_start.require("planet")
