"""What a file may hold, and what is refused before anything is built of it."""

import pytest

from aperto.kernel.configuration.document import Unfit
from aperto.kernel.configuration.reading import read

BOMB = "aperto: 1\na: &a [x, x]\nb: [*a, *a]\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (BOMB, 2),
        ("aperto: 1\nx: !!python/object:os.system {}\n", 2),
        ("aperto: 1\nteam: " + "[" * 40 + "]" * 40, 2),
        ("aperto: 1\nteam: [{name: A, name: B}]", 2),
        ("aperto: 1\nteam: [{[a]: B}]", 2),
        ("aperto: 1\nteam: [North]", 2),
        ("aperto: 1\nteam:\n- name: [\n", 4),
        ("aperto: 2\n", 1),
        ("team: []\n", 1),
        ("- a\n", 0),
        ("", 0),
        ("aperto: 1\n" + "x" * 1_000_001, 0),
        ("aperto: 1\nteam: [" + "1," * 200_000 + "]", 2),
    ],
)
def test_what_is_no_configuration_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(Unfit) as refused:
        read(text)

    [problem] = refused.value.problems
    assert problem.line == line


def test_words_stay_words() -> None:
    [part] = read("aperto: 1\nx: {no: yes, a: 010, b: 2026-01-02, c: '1', d: 1.5, e: false, f: ~, g: 1:30}")[
        "x"
    ]

    assert part.values == {
        "no": "yes", "a": 10, "b": "2026-01-02", "c": "1", "d": 1.5, "e": False, "f": None, "g": "1:30",
    }  # fmt: skip
