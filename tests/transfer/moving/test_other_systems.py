"""Vtiger and EspoCRM: what they do otherwise, and that no table of any system is forgotten."""

import os
from pathlib import Path

import pytest

from aperto.transfer.moving.account import UNKNOWN
from aperto.transfer.moving.run import Wishes, survey
from aperto.transfer.sources.opening import lay_down
from aperto.transfer.sources.spool import Spool
from tests.company import Staff
from tests.transfer.moving.dumps import Rows, mysql
from tests.transfer.moving.moves import adds_up, line, move, values

BESIDE = Path(__file__).parents[4] / "shared" / "data"
FOLDER = Path(os.environ.get("APERTO_REAL_FILES", BESIDE))
STAMPS = {"createdtime": "2019-07-04 09:00:00", "modifiedtime": "2019-07-05 09:00:00", "smownerid": 5}
VTIGER: dict[str, Rows] = {
    "vtiger_users": [{"id": 5, "user_name": "jim", "email1": "jim@old.example", "status": "Active"}],
    "vtiger_crmentity": [
        STAMPS | {"crmid": 10, "setype": "Accounts", "deleted": 0, "description": "Good &amp; old"},
        STAMPS | {"crmid": 11, "setype": "Contacts", "deleted": 0, "description": ""},
        STAMPS | {"crmid": 12, "setype": "Calendar", "deleted": 0, "description": ""},
        STAMPS | {"crmid": 13, "setype": "Accounts", "deleted": 1, "description": ""},
        STAMPS | {"crmid": 14, "setype": "ModComments", "deleted": 0, "description": ""},
    ],
    "vtiger_account": [
        {"accountid": 10, "accountname": "Old Mill", "parentid": 0, "email1": "mill@old.example"},
        {"accountid": 13, "accountname": "Gone", "parentid": 0, "email1": ""},
    ],
    "vtiger_accountscf": [{"accountid": 10, "cf_852": "red |##| deep blue"}],
    "vtiger_field": [
        {"fieldid": 852, "tablename": "vtiger_accountscf", "columnname": "cf_852", "fieldlabel": "Colours",
         "uitype": 33},
    ],
    "vtiger_contactdetails": [{"contactid": 11, "accountid": 10, "lastname": "Miller"}],
    "vtiger_activity": [
        {"activityid": 12, "subject": "Talk", "activitytype": "Call", "date_start": "2019-07-04",
         "time_start": "10:00:00", "eventstatus": "Held"},
    ],
    "vtiger_seactivityrel": [{"crmid": 10, "activityid": 12}],
    "vtiger_cntactivityrel": [{"contactid": 11, "activityid": 12}],
    "vtiger_modcomments": [{"modcommentsid": 14, "commentcontent": "Call again", "related_to": 11}],
}  # fmt: skip
ESPO_STAMPS = {"deleted": 0, "created_at": "2024-01-02 03:04:05", "assigned_user_id": "u1"}
ESPO: dict[str, Rows] = {
    "user": [{"id": "u1", "user_name": "ann", "first_name": "Ann", "last_name": "Lee", "is_active": 1}],
    "account": [ESPO_STAMPS | {"id": "a1", "name": "Lee & Co", "c_since": "12",
                               "c_kinds": '["b2b","New one"]'}],
    "contact": [ESPO_STAMPS | {"id": "c1", "last_name": "Bo", "account_id": "a1"}],
    "email_address": [{"id": "e1", "name": "bo@lee.example", "opt_out": 0, "invalid": 1, "deleted": 0}],
    "entity_email_address": [
        {"entity_id": "c1", "entity_type": "Contact", "email_address_id": "e1", "primary": 1, "deleted": 0}
    ],
    "meeting": [
        ESPO_STAMPS | {"id": "m1", "name": "Lunch", "status": "Held", "date_start": "2024-02-01 11:00:00",
                       "parent_type": "Account", "parent_id": "a1"}
    ],
    "contact_meeting": [{"contact_id": "c1", "meeting_id": "m1", "deleted": 0}],
    "note": [
        ESPO_STAMPS | {"id": "n1", "type": "Post", "post": "Soup",
                       "parent_type": "Contact", "parent_id": "c1"},
        ESPO_STAMPS | {"id": "n2", "type": "Create", "parent_type": "Contact", "parent_id": "c1"},
    ],
}  # fmt: skip


def test_vtiger_moves_in(staff: Staff, tmp_path: Path) -> None:
    boss = staff.admin
    dump = mysql(tmp_path / "vtiger.sql.gz", VTIGER)

    migration = move(boss, dump, Wishes(zone="Asia/Tokyo"))

    assert adds_up(migration)
    assert line(migration, "vtiger_account") == {"read": 2, "made": 1, "left": {"deleted over there": 1}}
    assert line(migration, "vtiger_crmentity")["merged"] == 4
    assert values(boss, "company", "name", "colours", "emails", "description") == [
        ("Old Mill", "red, deep blue", "mill@old.example", "Good & old")
    ]
    [(title, about, moment)] = values(boss, "call", "title", "about", "at")
    assert (title, sorted(about.split(", "))) == ("Talk", ["Miller", "Old Mill"])
    assert "03:00" in moment  # ten o'clock in Tokyo, for somebody in Amsterdam in summer
    assert values(boss, "note", "body", "about") == [("Call again", "Miller")]


def test_espocrm_moves_in(staff: Staff, tmp_path: Path) -> None:
    boss = staff.admin
    dump = mysql(tmp_path / "espo.sql.gz", ESPO, empty=["opportunity"])

    migration = move(boss, dump)

    assert adds_up(migration)
    assert line(migration, "note")["left"] == {"a line that the other system wrote by itself": 1}
    assert values(boss, "company", "name", "since", "kinds") == [("Lee & Co", "12", "b2b, New one")]
    assert values(boss, "contact", "title", "company", "emails") == [("Bo", "Lee & Co", "bo@lee.example")]
    [(about,)] = values(boss, "meeting", "about")
    assert sorted(about.split(", ")) == ["Bo", "Lee & Co"]


@pytest.mark.parametrize(
    ("dump", "system", "rows"),
    [
        ("suitecrm/suitecrm-7.14.6-demo.sql.gz", "suitecrm", 6_183),
        ("vtiger/vtiger-8.2.0-demo.sql.gz", "vtiger", 37_103),
        ("espocrm/espocrm-9.2.6-demo.sql.gz", "espocrm", 9_062),
        ("odoo/odoo-18.0-20250702-demo-crm-sale-contacts.sql.gz", "odoo", 40_404),
        ("civicrm/civicrm_generated.mysql.gz", "civicrm", 11_038),
    ],
)
@pytest.mark.skipif(not FOLDER.is_dir(), reason="the files of other products are not here")
def test_real_dumps_are_recognised_and_no_table_is_unknown(
    staff: Staff, tmp_path: Path, dump: str, system: str, rows: int
) -> None:
    spool = Spool(tmp_path / "spool")
    try:
        lay_down(str(FOLDER / dump), spool)
        found = survey(spool, Wishes(), staff.admin)
    finally:
        spool.close()

    assert (found.system.key, found.rows, found.problems) == (system, rows, [])
    assert UNKNOWN not in found.left
