"""The manual names every function of the language, and no other."""

import re
from pathlib import Path

from aperto.kernel.formula.functions import FUNCTIONS

PAGE = Path(__file__).parents[3] / "docs" / "administrator" / "formulas.md"


def test_manual_names_every_function() -> None:
    rows = [line for line in PAGE.read_text().splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([a-z_]+)[(`]", row)}

    assert named - {"amount", "true", "false", "empty", "and", "or", "not"} == set(FUNCTIONS) - {"amount"}
