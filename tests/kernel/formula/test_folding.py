"""Filters compare folded text; what PostgreSQL makes of it is what Python does."""

import pytest

from aperto.kernel.folding import fold
from tests.kernel.formula.subjects import in_sql, seen, store

NAMES = [
    "Érika van Dijk", "STRASSE straße", "Ærø Øst", "Łódź", "Ñandú  Ibáñez", "Đorđe", "Žižek", "ΑΘΗΝΑ Αθήνα",
    "Москва Йод", "Þór", "Œuvre", "naïve café", "Ǻ ｆｕｌｌ", "Việt Nam", "ŒÆ", "ħ Ħ ı",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_engines_fold_alike(name: str) -> None:
    record = store("gadget", text=name)
    field = seen("text", record.declares)

    assert in_sql(field, record, "_folded") == fold(name)
