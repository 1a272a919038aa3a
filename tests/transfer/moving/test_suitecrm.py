"""SuiteCRM moves in: what becomes of its rows, what stays, what a second run brings, and back again."""

from pathlib import Path

import pytest

from aperto.kernel import changes, records
from aperto.kernel.access import people
from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import Refused
from aperto.transfer.moving import run
from aperto.transfer.moving.carry import NO_FILE
from aperto.transfer.moving.files import Storeroom
from aperto.transfer.moving.models import moved
from aperto.transfer.moving.run import Wishes
from tests.company import Staff
from tests.transfer.moving.dumps import mysql
from tests.transfer.moving.moves import adds_up, line, move, values
from tests.transfer.moving.suitecrm_rows import TABLES


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return mysql(tmp_path / "suite.sql.gz", TABLES)


@pytest.fixture
def boss(staff: Staff) -> Actor:
    return staff.admin


def test_every_row_has_one_end(boss: Actor, dump: Path) -> None:
    (dump.parent / "upload").mkdir()
    (dump.parent / "upload" / "d1r1").write_text("so much")

    migration = move(boss, dump, Wishes(files=Storeroom.at(str(dump.parent))))

    assert adds_up(migration)
    assert values(boss, "file", "name", "about", "size") == [("plan & price.txt", "Smith & Sons", "7")]
    assert migration.report["totals"] == {"read": 24, "made": 9, "merged": 9, "left": 6}
    assert line(migration, "accounts") == {"read": 3, "made": 2, "left": {"deleted over there": 1}}
    assert line(migration, "accounts_cstm")["left"] == {"belongs to no record that came along": 1}
    assert line(migration, "strange")["left"] == {"no table that this importer knows": 1}


def test_records_have_what_their_rows_said(boss: Actor, dump: Path) -> None:
    move(boss, dump)

    assert values(boss, "company", "name", "parent", "industry", "status", "tier", "owner") == [
        ("Group O'Hara", "", "", "Prospect", "", "Jim Brennan"),
        ("Smith & Sons", "Group O'Hara", "Finance and insurance", "Reseller", "gold, new one", "Jim Brennan"),
    ]
    assert values(boss, "contact", "title", "company", "source", "birthday", "description") == [
        ("Zoë Ray", "Smith & Sons", "Barge", "", "Phone: none")
    ]
    assert values(boss, "deal", "name", "stage", "company", "contacts") == [
        ("Boats", "Closed Won", "Smith & Sons", "Zoë Ray")
    ]
    assert values(boss, "case", "name", "status", "company") == [("Leak", "Open New", "Smith & Sons")]
    [(about, length)] = values(boss, "call", "about", "length")
    assert sorted(about.split(", ")) == ["Smith & Sons", "Zoë Ray"]
    assert length.split() == ["1", "h", "5", "min"]


def test_pieces_authors_and_times_come_along(boss: Actor, dump: Path) -> None:
    move(boss, dump)

    [contact] = [records.visible(boss, "contact").get(key) for key in records.visible(boss, "contact").ids(9)]
    fields = contact.declares.fields
    assert fields["emails"].get(contact)[0]["address"] == "zoe@ray.example"
    assert fields["emails"].get(contact)[0]["opt_out"] is True
    jim = people.by_email("seed_jim@suitecrm.example.invalid")
    assert jim is not None and not jim.is_active and not jim.has_usable_password()
    assert (contact.created_by, contact.created_at.isoformat()) == (jim.pk, "2019-03-04T09:00:00+00:00")
    assert contact.updated_at.isoformat() == "2020-05-06T10:30:00+00:00"


def test_second_run_brings_only_what_changed(boss: Actor, tmp_path: Path, dump: Path) -> None:
    move(boss, dump)

    again = move(boss, dump)
    assert line(again, "document_revisions") == {"read": 1, "left": {NO_FILE: 1}}
    later = dict(TABLES)
    later["accounts"] = [{**TABLES["accounts"][0], "name": "Smith, new"}, *TABLES["accounts"][1:]]
    third = move(boss, mysql(tmp_path / "later.sql.gz", later))

    assert again.report["totals"] == {"read": 24, "made": 0, "merged": 15, "left": 9}
    assert third.report["totals"] == again.report["totals"]
    assert [name for (name,) in values(boss, "company", "name")] == ["Group O'Hara", "Smith, new"]


def test_deleted_rows_come_into_the_bin_when_asked_for(boss: Actor, dump: Path) -> None:
    migration = move(boss, dump, Wishes(bin=True))

    assert line(migration, "accounts") == {"read": 3, "made": 3}
    assert [row.values["name"] for row in records.deleted(boss, "company").iterate(("name",))] == ["Gone"]


def test_undo_takes_all_of_it_back_and_it_can_come_again(boss: Actor, dump: Path) -> None:
    before = records.visible(boss, "contact").count().number
    migration = move(boss, dump)
    [boat] = records.visible(boss, "deal").ids(1)
    changes.save(boss, records.visible(boss, "deal").get(boat), {"name": "Boats!"}, via="page")

    undone = run.undo(boss, migration)

    assert undone.kept == 3  # the deal that somebody changed, its stage and its pipeline
    assert records.visible(boss, "contact").count().number == before
    assert moved().exclude(object="user").count() == 0
    assert move(boss, dump).report["totals"]["made"] >= 5


def test_only_an_administrator_may_move_a_system_in(staff: Staff, dump: Path) -> None:
    with pytest.raises(Refused):
        move(staff.actor("colleague"), dump)

    assert moved().count() == 0
