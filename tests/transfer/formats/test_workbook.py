"""Workbooks: typed cells whatever the language, a choice of sheets, and what would choke the machine."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from aperto.transfer import intake
from aperto.transfer.choices import Choices
from aperto.transfer.detection import Layout
from aperto.transfer.formats import archive
from aperto.transfer.reading import Unreadable
from tests.company import Staff
from tests.snapshot import unchanged
from tests.transfer.formats.files import with_part, workbook
from tests.transfer.imports import begin, bring_in, counts, reasons, values

PART = "xl/worksheets/sheet1.xml"
SMALL = workbook({"A": [["x"], ["y"]]})
DEALS: list[list[object]] = [
    ["Deal name", "Amount", "Close date", "External id"],
    ["Robots", 1.234, date(2026, 2, 1), 4711.0],
    [],
    ["Cranes", 184000, date(2026, 12, 31), "K-9"],
]
SPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
XML = b'<worksheet xmlns="' + SPACE + b'"><sheetData>%s</sheetData></worksheet>'


def test_figures_and_days_are_what_the_cells_hold(staff: Staff) -> None:
    run = bring_in(staff.owner, "deal", workbook({"Deals": DEALS}))

    assert counts(run) == {"created": 2}
    robots = values(staff.owner, "deal", "Robots", "amount", "close_date", "external_id")
    assert robots["amount"].amount == Decimal("1.234")
    assert robots["close_date"] == date(2026, 2, 1)
    assert robots["external_id"] == "4711"


def test_rows_have_the_numbers_of_the_spreadsheet(staff: Staff) -> None:
    rows = [["Last name", "E-mail"], ["Bos", "bos@x.example"], [], ["Vos", "no address"]]

    assert list(reasons(bring_in(staff.owner, "contact", workbook({"People": rows})))) == [4]


def test_another_sheet_can_be_chosen(staff: Staff) -> None:
    content = workbook({"Notes": [["Nothing"], ["here"]], "Empty": [], "People": [["Last name"], ["Bos"]]})
    run = begin(staff.owner, "contact", content)
    layout = Layout.from_json(run.layout)

    intake.read_as(run, replace(layout, sheet="People"))

    assert layout.sheets == ("Notes", "People")
    assert (layout.sheet, run.header, run.rows) == ("Notes", ["Last name"], 1)


def reaching(place: bytes) -> bytes:
    """A workbook of two cells, the second of them at `place`."""
    row = place.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    rows = b'<row r="1"><c r="A1"/></row><row r="%s"><c r="%s"><v>1</v></c></row>' % (row, place)
    return with_part(SMALL, PART, XML % rows)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (reaching(b"ZZ1048576"), "columns"),
        (reaching(b"J1048576"), "reaches over"),
        (workbook({"A": [[f"c{n}" for n in range(10_000)], ["y"]]}), "10000 columns"),
        (with_part(SMALL, "xl/styles.xml", b" " * (2 << 20)), "unpacks to more"),
        (SMALL[:2_000], "damaged"),
        (workbook({"A": []}), "empty"),
        (workbook({"A": [["x"]]}), "header and no rows"),
    ],
    ids=["wide", "far", "columns", "bomb", "cut", "empty", "no rows"],
)
def test_what_would_choke_the_machine_is_refused_with_a_sentence(
    content: bytes, said: str, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "LARGEST_UNPACKED", 1 << 20)

    with unchanged(), pytest.raises(Unreadable, match=said):
        begin(staff.owner, "contact", content)


def test_promised_sizes_are_not_believed(staff: Staff) -> None:
    sheet = XML % (b" " * 1_000_000)
    content = with_part(SMALL, PART, sheet)
    lie = content.replace(len(sheet).to_bytes(4, "little"), (100).to_bytes(4, "little"))

    with unchanged(), pytest.raises(Unreadable, match="damaged"):
        begin(staff.owner, "contact", lie)


def test_choices_of_a_workbook_are_free_of_the_language(staff: Staff) -> None:
    run = begin(staff.owner, "deal", workbook({"Deals": DEALS}))

    assert {each.decimal or each.dates for each in Choices.from_json(run.choices).formats.values()} == {
        ".",
        "YMD",
    }
