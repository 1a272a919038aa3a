"""Odoo moves in: partners that are companies, people or addresses, lost leads, texts in languages."""

from pathlib import Path

import pytest

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.transfer.moving import run
from aperto.transfer.moving.files import Storeroom
from aperto.transfer.moving.run import Wishes
from tests.company import Staff
from tests.transfer.moving.dumps import Rows, postgres
from tests.transfer.moving.moves import adds_up, line, move, values
from tests.transfer.moving.odoo_rows import TABLES


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return postgres(tmp_path / "odoo.sql.gz", TABLES)


@pytest.fixture
def boss(staff: Staff) -> Actor:
    return staff.admin


def test_every_row_has_one_end(boss: Actor, dump: Path) -> None:
    (dump.parent / "ab").mkdir()
    (dump.parent / "ab" / "ab12").write_text("so much")

    migration = move(boss, dump, Wishes(files=Storeroom.at(str(dump.parent))))

    assert adds_up(migration)
    assert line(migration, "res_partner") == {
        "read": 7,
        "made": 4,
        "left": {
            "an account of the program itself": 1,
            "a colleague, who comes as a user": 1,
            "an address without a name: its company has it": 1,
        },
    }
    assert line(migration, "res_users")["made"] == 1
    assert line(migration, "crm_lead") == {"read": 4, "made": 3, "left": {"deleted over there": 1}}
    assert line(migration, "crm_stage") == {"read": 2, "merged": 2}
    assert values(boss, "file", "name", "about", "size") == [("plan.txt", "Pumps", "7")]


def test_records_have_what_their_rows_said(boss: Actor, dump: Path) -> None:
    move(boss, dump)

    companies = values(
        boss, "company", "name", "status", "tags", "size", "vat_number", "owner", "postal_address"
    )
    assert companies[0] == ("Mill", "Prospect", "Or", "Very big", "NL004495445B01", "Mo Diaz",
                            "Gate 2, Delft")  # fmt: skip
    assert [name for name, *_rest in companies] == ["Mill", "Old Shop", "Ours"]
    assert values(boss, "contact", "first_name", "last_name", "company", "description") == [
        ("Zoë van", "Ray", "Mill", "Tea, no sugar")
    ]
    assert values(boss, "lead", "title", "interest", "stage") == [("Bo", "Ask", "Nouveau")]
    assert values(boss, "deal", "name", "stage", "company", "contacts", "lost_reason") == [
        ("Pipes", "Lost", "Mill", "", "Price"),
        ("Pumps", "Won", "Mill", "Zoë van Ray", ""),
    ]
    [order] = values(boss, "sales_order", "name", "state", "company", "contact", "deal", "lines")
    assert order == ("S7", "Sales order", "Mill", "Zoë van Ray", "Pumps", "2 × Pump  198.00")
    assert values(boss, "product", "name", "code") == [("Pompe", "P1")]


def test_activities_stand_at_the_records_that_they_are_about(boss: Actor, dump: Path) -> None:
    move(boss, dump)

    [(title, about, done)] = values(boss, "meeting", "title", "about", "done")
    assert (title, sorted(about.split(", ")), done) == ("Visit", ["Pumps", "Zoë van Ray"], "Yes")
    assert values(boss, "call", "title", "about", "done") == [("Call", "Pumps", "No")]
    [(title, about, done)] = values(boss, "task", "title", "about", "done")
    assert (title, sorted(about.split(", ")), done) == ("Send it", ["Pumps", "Zoë van Ray"], "Yes")
    [(body, about)] = values(boss, "note", "body", "about")
    assert body.split("\n")[:2] == ["Price?", 'From: "Zoë" (zoe@mill.example)']
    assert "Pumps" in about


def test_a_second_run_brings_what_changed_and_undo_takes_all_back(boss: Actor, dump: Path) -> None:
    first = move(boss, dump)
    again = move(boss, dump)
    leads: Rows = [{**row, "type": "opportunity"} for row in TABLES["crm_lead"]]

    turned = move(boss, postgres(dump.parent / "later.sql.gz", {**TABLES, "crm_lead": leads}))

    assert again.report["totals"]["made"] == 0
    assert (line(turned, "crm_lead")["made"], turned.report["totals"]["made"]) == (1, 1)
    assert [name for (name,) in values(boss, "deal", "name")] == ["Ask", "Pipes", "Pumps"]
    for each in (turned, again, first):
        assert run.undo(boss, each).kept == 0
    assert not any(
        list(records.visible(boss, key).iterate(("title",)))
        for key in (
            "company",
            "contact",
            "lead",
            "deal",
            "meeting",
            "call",
            "task",
            "note",
            "product",
            "file",
        )
    )
