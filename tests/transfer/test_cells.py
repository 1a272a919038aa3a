"""What cells are read as, and what stops a row."""

from decimal import Decimal

import pytest

from tests.company import Staff
from tests.transfer.imports import (
    bring_in,
    counts,
    reasons,
    text_of,
    titles,
    values,
)


def test_formats_are_found_out_by_column(staff: Staff) -> None:
    text = text_of(
        [
            ["Name", "Amount", "Currency", "Close date"],
            ["A", "1.234,50", "USD", "01/02/2026"],
            ["B", "12,00", "EUR", "31/01/2026"],
        ]
    )
    run = bring_in(staff.owner, "deal", text)

    assert counts(run) == {"created": 2}
    deal = values(staff.owner, "deal", "A", "amount", "close_date")
    assert (deal["amount"].amount, deal["amount"].currency) == (Decimal("1234.50"), "USD")
    assert str(deal["close_date"]) == "2026-02-01"


def test_full_names_are_split(staff: Staff) -> None:
    bring_in(
        staff.owner, "contact", 'Name,E-mail\nMarieke van Dijk,m@x.example\n"Santos, João dos",j@x.example\n'
    )

    marieke = values(staff.owner, "contact", "Marieke van Dijk", "first_name", "last_name")
    joao = values(staff.owner, "contact", "João dos Santos", "first_name", "last_name")
    assert tuple(marieke.values()) == ("Marieke", "van Dijk")
    assert tuple(joao.values()) == ("João", "dos Santos")


def test_pieces_of_a_field_come_from_several_columns(staff: Staff) -> None:
    names = "Last name,Work email,Private email,Mobile,Fax,Street,Postcode,City,Country"
    cells = "Bos,w@x.example,h@x.example,+31612345678,+31105550142,Dam 1,1012ab,Amsterdam,Pays-Bas"
    bring_in(staff.owner, "contact", f"{names}\n{cells}\n")

    bos = values(staff.owner, "contact", "Bos", "emails", "phones", "address")
    assert [(each["address"], each["type"]) for each in bos["emails"]] == [
        ("h@x.example", "home"),
        ("w@x.example", "work"),
    ]
    assert {each["type"] for each in bos["phones"]} == {"mobile", "fax"}
    assert bos["address"] == {
        "street": "Dam 1",
        "postal_code": "1012 AB",
        "city": "Amsterdam",
        "region": "",
        "country": "NL",
    }


def test_cells_that_cannot_be_read_stop_their_row_or_are_left_out(staff: Staff) -> None:
    text = "Last name,E-mail,Birthday\nBos,not an address,soon\n"

    run = bring_in(staff.owner, "contact", text)
    assert counts(run) == {"failed": 1}
    assert reasons(run) == {
        2: [
            "E-mail: “not an address” is not an e-mail address: it has no @.",
            "Birthday: “soon” is not a date.",
        ]
    }

    lenient = bring_in(staff.owner, "contact", text, lenient=True)
    assert counts(lenient) == {"created": 1}


@pytest.mark.parametrize("cell", ["Ja\0n", "x" * (1 << 20), "=1+1\n" * 100_000])
def test_hostile_cell_stops_its_row_only(cell: str, staff: Staff) -> None:
    run = bring_in(
        staff.owner, "contact", text_of([["Last name", "City"], [cell, "Breda"], ["Bos", "Delft"]])
    )

    assert counts(run) == {"created": 1, "failed": 1}
    assert titles(staff.owner, "contact") == ["Bos"]


def test_missing_required_field_is_named(staff: Staff) -> None:
    run = bring_in(staff.owner, "company", "Name,City\n,Breda\n")

    assert reasons(run) == {2: ["Name: This field is required."]}


def test_row_without_any_of_the_fields_of_which_one_is_needed_is_told_so(staff: Staff) -> None:
    run = bring_in(staff.owner, "contact", "First name,Last name,E-mail,City\n,,ana@x.example,\n,,,Breda\n")

    assert counts(run) == {"created": 1, "failed": 1}
    assert reasons(run) == {3: ["Fill in one of these: First name, Last name, E-mail."]}
    assert titles(staff.owner, "contact") == ["ana"]


def test_unreadable_letters_are_pointed_at(staff: Staff) -> None:
    good = "".join(f"Zoë {n},Orléans\n" for n in range(40)).encode()

    run = bring_in(staff.owner, "contact", b"Last name,City\n" + good + b"Ren\xe9,Lyon\n")

    assert counts(run) == {"created": 40, "failed": 1}
    assert "could not be read" in reasons(run)[42][0]


def test_rule_that_refuses_one_row_leaves_the_others(staff: Staff) -> None:
    run = bring_in(staff.owner, "company", "Name,VAT number\nAcme,NL000000000B00\nBeta,\n")

    assert counts(run) == {"created": 1, "failed": 1}
    assert reasons(run) == {2: ["VAT number: This is not a valid VAT number."]}
