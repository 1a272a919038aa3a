"""What leaves in a format comes back in it: nothing is lost on the way."""

import pytest

from aperto.kernel import changes
from aperto.transfer import export
from aperto.transfer.choices import Mode
from aperto.transfer.writers.base import Wanted
from aperto.transfer.writers.table import WRITERS
from tests.company import Staff
from tests.transfer.imports import bring_in, counts, values

KEYS = ("last_name", "first_name", "company", "emails", "phones", "address", "birthday", "description")
GIVEN = {
    "first_name": "Ana; Maria", "last_name": "=Silva, Ω👩\u200d💻", "birthday": "1980-02-29",
    "emails": [{"address": "ana@x.example", "type": "home"}, {"address": "a@y.example", "type": "work"}],
    "phones": [{"number": "+31612345678", "type": "mobile"}],
    "address": {"street": "Kade 1", "city": "Breda", "postal_code": "4811 AA", "country": "NL"},
}  # fmt: skip
DEAL = {
    "name": "Robots", "amount": {"amount": "1234.500", "currency": "USD"},
    "close_date": "2026-12-01", "probability": "12.5",
}  # fmt: skip


def written(staff: Staff, object_key: str, key: str) -> bytes:
    chosen = export.selection(staff.owner, object_key)
    columns = export.columns_for(staff.owner, chosen.declaration, None)
    return b"".join(WRITERS[key].write(Wanted(chosen, columns)))


@pytest.mark.parametrize("key", ["csv", "json", "xlsx"])
def test_records_that_come_back_are_unchanged(key: str, staff: Staff) -> None:
    company = changes.create(staff.owner, "company", {"name": "Acme, Ltd"}, via="test")
    changes.create(staff.owner, "contact", GIVEN | {"company": company.pk}, via="test")
    changes.create(staff.owner, "deal", DEAL, via="test")

    ends = [
        counts(bring_in(staff.owner, each, written(staff, each, key), mode=Mode.UPDATE))
        for each in ("contact", "deal")
    ]

    assert ends == [{"unchanged": 1}, {"unchanged": 1}]


def test_people_come_back_from_cards(staff: Staff) -> None:
    company = changes.create(staff.owner, "company", {"name": "Acme, Ltd"}, via="test")
    record = changes.create(staff.owner, "contact", GIVEN | {"company": company.pk}, via="test")
    [before] = export.selection(staff.owner, "contact").iterate(KEYS)
    content = written(staff, "contact", "vcard")
    changes.delete(staff.owner, record, via="test")

    run = bring_in(staff.owner, "contact", content, mode=Mode.CREATE)

    assert counts(run) == {"created": 1}
    assert dict(values(staff.owner, "contact", before.title, *KEYS)) == before.values
