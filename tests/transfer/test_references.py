"""Cells that name other records."""

import pytest

from aperto.kernel import changes
from tests.company import Staff
from tests.transfer.imports import bring_in, counts, reasons, titles, values


@pytest.mark.parametrize("named", ["Acme", "acme ", "info@acme.example", "KX-7", "{id}"])
def test_company_is_found_by_what_it_is_called(named: str, staff: Staff) -> None:
    given = {"name": "Acme", "emails": ["info@acme.example"], "external_id": "KX-7"}
    company = changes.create(staff.owner, "company", given, via="test")

    run = bring_in(staff.owner, "contact", f"Last name,Company\nBos,{named.format(id=company.pk)}\n")

    assert counts(run) == {"created": 1}
    assert values(staff.owner, "contact", "Bos", "company")["company"].id == company.pk
    assert titles(staff.owner, "company") == ["Acme"]


def test_missing_company_is_an_error_when_it_is_not_to_be_made(staff: Staff) -> None:
    run = bring_in(staff.owner, "contact", "Last name,Company\nBos,Acme\n", create_missing=False)

    assert reasons(run) == {2: ["Company: nothing is called “Acme”."]}
    assert titles(staff.owner, "company") == []


def test_company_of_a_refused_row_is_not_made(staff: Staff) -> None:
    bring_in(staff.owner, "contact", "Last name,E-mail,Company\nBos,no address,Acme\n")

    assert titles(staff.owner, "company") == []


def test_name_of_two_companies_is_refused(staff: Staff) -> None:
    for _n in range(2):
        changes.create(staff.owner, "company", {"name": "Acme"}, via="test")

    run = bring_in(staff.owner, "contact", "Last name,Company\nBos,Acme\n")

    assert reasons(run) == {2: ["Company: 2 records are called “Acme”. Write the key of the right one."]}


def test_hidden_company_is_as_good_as_none(staff: Staff) -> None:
    hidden = changes.create(staff.actor("outsider"), "company", {"name": "Acme"}, via="test")

    named = bring_in(staff.owner, "contact", "Last name,Company\nBos,Acme\n")
    keyed = bring_in(staff.owner, "contact", f"Last name,Company\nVos,{hidden.pk}\n")

    assert (counts(named), named.linked) == ({"created": 1}, 1)
    assert reasons(keyed) == {2: [f"Company: nothing is called “{hidden.pk}”."]}


@pytest.mark.parametrize("named", ["Colleague", "colleague@nordwijk.example", "colleague"])
def test_owner_is_found_by_name_or_address(named: str, staff: Staff) -> None:
    bring_in(staff.owner, "contact", f"Last name,Owner\nBos,{named}\n")

    assert values(staff.owner, "contact", "Bos", "owner")["owner"].title == "Colleague"


def test_column_of_unknown_owners_is_left_out(staff: Staff) -> None:
    run = bring_in(staff.owner, "contact", "Last name,Sales rep\nBos,Jane Doe\n")

    assert counts(run) == {"created": 1}
    assert "owner" not in run.choices["mapping"].values()


def test_owner_out_of_reach_is_refused(staff: Staff) -> None:
    run = bring_in(staff.owner, "contact", "Last name,Owner\nBos,Outsider\n")

    assert reasons(run) == {2: ["Owner: You may not assign records to this person."]}


@pytest.mark.parametrize(
    ("stage", "pipeline", "expected"),
    [
        ("Discovery", "", "Discovery"),
        ("renewed", "", "Renewed"),
        ("Won", "", "Won"),
        ("lost", "Renewals", None),
        ("Due", "Renewals", "Due"),
    ],
)
def test_stage_is_found_in_any_pipeline(
    stage: str, pipeline: str, expected: str | None, staff: Staff
) -> None:
    run = bring_in(staff.owner, "deal", f"Name,Amount,Stage,Pipeline\nRobots,10,{stage},{pipeline}\n")

    if expected is None:
        assert counts(run) == {"failed": 1}
    else:
        assert values(staff.owner, "deal", "Robots", "stage")["stage"].title == expected


def test_links_with_roles_are_read(staff: Staff) -> None:
    bring_in(staff.owner, "contact", "First name,Last name\nAna,Silva\nBram,Bos\n")

    run = bring_in(staff.owner, "deal", 'Name,People\nRobots,"Ana Silva (decides); Bram Bos; Chloé Martin"\n')

    people = values(staff.owner, "deal", "Robots", "contacts")["contacts"]
    assert (counts(run), run.linked) == ({"created": 1}, 1)
    assert [(ref.title, ref.role) for ref in people] == [
        ("Ana Silva", "decides"),
        ("Bram Bos", ""),
        ("Chloé Martin", ""),
    ]
