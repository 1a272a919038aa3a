"""Files of other products, where they lie beside the project: what comes in, and what is rightly refused."""

import os
from pathlib import Path

import pytest

from aperto.transfer import commands
from tests.company import Staff
from tests.transfer.imports import counts, reasons

BESIDE = Path(__file__).parents[3] / "shared" / "data"
FOLDER = Path(os.environ.get("APERTO_REAL_FILES", BESIDE))
SALES, ORO, CIVI = "orocrm/import-export/Sales", "orocrm/import-export/Contact", "civicrm/import-csv/Contact"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the files of other products are not here")

# file, object, what comes of its rows
FILES = [
    ("atomic/contacts.csv", "contact", {"created": 500}),
    ("orocrm/accounts.csv", "company", {"created": 49, "skipped": 27}),
    ("orocrm/leads.csv", "lead", {"created": 100}),
    (f"{ORO}/contact_with_duplicate_records.csv", "contact", {"created": 1, "skipped": 1}),
    (f"{ORO}/import_wrong_data.csv", "contact", {"failed": 1}),
    (f"{SALES}/import_one_record.csv", "deal", {"created": 1}),
    (f"{SALES}/import_wrong_data.csv", "deal", {"failed": 1}),
    (f"{SALES}/lead_import_same_phone_address.csv", "lead", {"created": 2}),
    (f"{CIVI}/individual_boolean.csv", "contact", {"created": 10}),
    (f"{CIVI}/individual_dates_type1.csv", "contact", {"created": 6, "failed": 1}),
    (f"{CIVI}/individual_dates_type8.csv", "contact", {"created": 1}),
    (f"{CIVI}/individual_unicode.csv", "contact", {"created": 1}),
    (f"{CIVI}/individual_valid_basic.csv", "contact", {"created": 1}),
    (f"{CIVI}/individual_invalid_missing_name.csv", "contact", {"created": 1}),
    (f"{CIVI}/yogi.csv", "contact", {"created": 1}),
]
REFUSED = [
    (
        f"{CIVI}/individual_invalid_related_email.csv",
        "contact",
        "E-mail: “joseph-email.com” is not an e-mail address",
    ),
    (f"{CIVI}/organization_email_no_organization_name.csv", "company", "Name: This field is required."),
    (
        f"{CIVI}/organization_multiple_duplicates_invalid.csv",
        "company",
        "It agrees with 2 records: row 2, row 3.",
    ),
    (
        f"{CIVI}/individual_invalid_external_identifier_email_mismatch.csv",
        "contact",
        "It agrees with 2 records: row 3, row 2.",
    ),
]


@pytest.mark.parametrize(("name", "object_key", "expected"), FILES)
def test_file_comes_in(name: str, object_key: str, expected: dict[str, int], staff: Staff) -> None:
    run = commands.import_file(staff.owner, FOLDER / name, object_key)

    assert (counts(run), run.read) == (expected, run.rows), reasons(run)


@pytest.mark.parametrize(("name", "object_key", "reason"), REFUSED)
def test_wrong_row_is_refused_with_its_reason(name: str, object_key: str, reason: str, staff: Staff) -> None:
    run = commands.import_file(staff.owner, FOLDER / name, object_key)

    assert [said for each in reasons(run).values() for said in each if said.startswith(reason)]
