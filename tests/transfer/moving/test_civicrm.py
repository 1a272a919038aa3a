"""CiviCRM moves in: contacts of three kinds, who took part in what, what they gave and where they belong."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.transfer.moving import run
from aperto.transfer.moving.run import Wishes
from tests.company import Staff
from tests.transfer.moving.dumps import Rows, mysql
from tests.transfer.moving.moves import adds_up, line, move, values

NAMES = {
    "activity_type": ["Meeting", "Phone Call", "Contribution", "Interview"],
    "activity_status": ["Scheduled", "Completed"],
    "individual_prefix": ["Mrs."],
    "contribution_status": ["Completed"],
}
OPTIONS: Rows = [
    {"option_group_id": group, "value": value, "name": name, "label": name}
    for group, names in enumerate(NAMES.values(), 1)
    for value, name in enumerate(names, 1)
]
WORK = {"location_type_id": 2, "is_primary": 1}


def acted(number: int, kind: int, **more: str | int | None) -> Mapping[str, str | int | None]:
    """An activity of January 2025, at noon by the clock of the site."""
    return {
        "id": number,
        "activity_type_id": kind,
        "activity_date_time": "2025-01-09 12:00:00",
        "status_id": 2,
        "is_deleted": 0,
        "is_test": 0,
        "is_current_revision": 1,
        "subject": f"No. {number}",
        **more,
    }


TABLES: dict[str, Rows] = {
    "civicrm_domain": [{"id": 1, "version": "5.75.0"}],
    "civicrm_option_group": [{"id": number, "name": name} for number, name in enumerate(NAMES, 1)],
    "civicrm_option_value": OPTIONS,
    "civicrm_location_type": [{"id": 1, "name": "Home"}, {"id": 2, "name": "Work"}],
    "civicrm_contact": [
        {"id": 1, "contact_type": "Organization", "organization_name": "Boat Club",
         "display_name": "Boat Club"},
        {"id": 2, "contact_type": "Household", "household_name": "The Rays", "display_name": "The Rays"},
        {"id": 3, "contact_type": "Individual", "first_name": "Zoë", "last_name": "Ray", "prefix_id": 1,
         "display_name": "Zoë Ray", "employer_id": 1, "do_not_email": 1,
         "contact_sub_type": "\x01Student\x01"},
        {"id": 4, "contact_type": "Individual", "first_name": "Gone", "is_deleted": 1},
        {"id": 5, "contact_type": "Individual", "first_name": "Mo", "last_name": "Diaz",
         "display_name": "Mo Diaz"},
    ],
    "civicrm_uf_match": [{"id": 1, "uf_name": "mo@club.example", "contact_id": 5},
                         {"id": 2, "uf_name": "zoe@club.example", "contact_id": 3}],
    "civicrm_email": [WORK | {"id": 1, "contact_id": 3, "email": "zoe@club.example", "on_hold": 0},
                      WORK | {"id": 2, "contact_id": 4, "email": "gone@club.example", "on_hold": 0}],
    "civicrm_relationship_type": [{"id": 8, "label_a_b": "Member of", "label_b_a": "Has as member"}],
    "civicrm_relationship": [{"id": 1, "contact_id_a": 3, "contact_id_b": 2, "relationship_type_id": 8,
                              "is_active": 1}],
    "civicrm_tag": [{"id": 1, "name": "Donor"}],
    "civicrm_entity_tag": [{"id": 1, "entity_table": "civicrm_contact", "entity_id": 3, "tag_id": 1}],
    "civicrm_activity": [acted(1, 1, duration=90), acted(2, 2, status_id=1), acted(3, 3), acted(4, 4),
                         acted(5, 4, is_test=1), acted(6, 4, is_deleted=1)],
    "civicrm_activity_contact": [
        {"id": 1, "activity_id": 1, "contact_id": 5, "record_type_id": 2},
        {"id": 2, "activity_id": 1, "contact_id": 3, "record_type_id": 3},
        {"id": 3, "activity_id": 2, "contact_id": 5, "record_type_id": 2},
    ],
    "civicrm_financial_type": [{"id": 1, "name": "Donation"}],
    "civicrm_contribution": [
        {"id": 1, "contact_id": 3, "financial_type_id": 1, "total_amount": "25.50", "currency": "EUR",
         "receive_date": "2025-01-02 10:00:00", "contribution_status_id": 1, "is_test": 0},
        {"id": 2, "contact_id": 3, "financial_type_id": 1, "total_amount": "1.00", "is_test": 1},
    ],
    "civicrm_membership_type": [{"id": 1, "name": "General"}],
    "civicrm_membership": [{"id": 1, "contact_id": 2, "membership_type_id": 1, "join_date": "2024-05-01"}],
    "civicrm_event": [{"id": 1, "title": "Regatta", "start_date": "2025-06-01 10:00:00", "is_template": 0}],
    "civicrm_participant": [{"id": 1, "contact_id": 3, "event_id": 1,
                             "register_date": "2025-02-01 00:00:00"}],
    "strange": [{"id": 1}],
}  # fmt: skip


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return mysql(tmp_path / "civi.sql.gz", TABLES)


@pytest.fixture
def boss(staff: Staff) -> Actor:
    return staff.admin


def test_every_row_has_one_end(boss: Actor, dump: Path) -> None:
    migration = move(boss, dump)

    assert adds_up(migration)
    assert line(migration, "civicrm_contact") == {"read": 5, "made": 4, "left": {"deleted over there": 1}}
    assert line(migration, "civicrm_email") == {
        "read": 2,
        "merged": 1,
        "left": {"belongs to no record that came along": 1},
    }
    assert (line(migration, "civicrm_activity")["made"], line(migration, "civicrm_uf_match")["made"]) == (
        3,
        1,
    )
    assert line(migration, "civicrm_contribution")["left"] == {"a test": 1}


def test_contacts_are_companies_and_people(boss: Actor, dump: Path) -> None:
    move(boss, dump)

    assert values(boss, "company", "name", "kind_of_contact", "description") == [
        ("Boat Club", "Organization", ""),
        ("The Rays", "Household", "Has as member Zoë Ray"),
    ]
    zoe = values(
        boss, "contact", "title", "salutation", "company", "companies", "emails", "tags", "no_email"
    )[1]
    assert zoe == ("Zoë Ray", "Ms", "Boat Club", "The Rays", "zoe@club.example", "Donor", "Yes")
    assert values(boss, "contribution", "name", "contact", "state") == [
        ("Donation: Zoë Ray", "Zoë Ray", "Completed")
    ]
    assert values(boss, "membership", "name", "company", "joined") == [
        ("General: The Rays", "The Rays", "1 May 2024")
    ]
    assert values(boss, "registration", "name", "event") == [("Regatta: Zoë Ray", "Regatta")]


def test_activities_have_their_participants_and_the_clock_of_the_site(boss: Actor, dump: Path) -> None:
    move(boss, dump, Wishes(zone="Asia/Tokyo"))

    [(title, about, at, until, owner)] = values(boss, "meeting", "title", "about", "at", "until", "owner")
    assert (title, about, owner) == ("No. 1", "Zoë Ray", "Mo Diaz")
    assert ("04:00" in at, "05:30" in until) == (True, True)  # noon in Tokyo, for somebody in Amsterdam
    assert values(boss, "call", "title", "about", "done") == [("No. 2", "Mo Diaz", "No")]
    assert values(boss, "task", "title", "done") == [("Interview: No. 4", "Yes")]


def test_a_second_run_brings_nothing_and_undo_takes_all_back(boss: Actor, dump: Path) -> None:
    first = move(boss, dump)
    again = move(boss, dump)

    assert again.report["totals"]["made"] == 0
    for each in (again, first):
        assert run.undo(boss, each).kept == 0
    assert not any(
        list(records.visible(boss, key).iterate(("title",)))
        for key in ("company", "contact", "meeting", "call", "task", "note")
    )
