"""Rows about records that are there already."""

from typing import Any

import pytest

from aperto.kernel import changes, records
from aperto.transfer.choices import Mode
from tests.company import Staff
from tests.transfer.imports import (
    AGAIN,
    PEOPLE,
    bring_in,
    counts,
    existing,
    reasons,
    titles,
    values,
)


def test_existing_record_is_left_as_it_is(staff: Staff) -> None:
    existing(staff)

    run = bring_in(staff.owner, "contact", AGAIN)

    assert counts(run) == {"created": 1, "skipped": 1}
    assert values(staff.owner, "contact", "Ana Silva", "job_title")["job_title"] == "Buyer"
    assert titles(staff.owner, "company") == ["Acme"]


def test_existing_record_is_updated(staff: Staff) -> None:
    existing(staff)

    run = bring_in(staff.owner, "contact", AGAIN, mode=Mode.UPDATE)

    assert counts(run) == {"created": 1, "updated": 1}
    ana = values(staff.owner, "contact", "Ana Silva", "job_title", "company", "emails")
    assert (ana["job_title"], ana["company"].title) == ("Director", "Other Ltd")
    assert [each["address"] for each in ana["emails"]] == ["ana@acme.example", "ana@home.example"]


def test_every_row_becomes_a_new_record(staff: Staff) -> None:
    existing(staff)

    run = bring_in(staff.owner, "contact", AGAIN, mode=Mode.CREATE)

    assert counts(run) == {"created": 2}
    assert run.alike == 1


def test_second_import_of_the_same_file_changes_nothing(staff: Staff) -> None:
    bring_in(staff.owner, "contact", PEOPLE)

    with unchanged_history():
        run = bring_in(staff.owner, "contact", PEOPLE, mode=Mode.UPDATE)

    assert counts(run) == {"unchanged": 3}


def unchanged_history() -> Any:
    from contextlib import contextmanager

    from aperto.kernel.changes.models import Change

    @contextmanager
    def watched() -> Any:
        before = Change.objects.count()
        yield
        assert Change.objects.count() == before

    return watched()


def test_blank_cell_leaves_the_value_or_empties_it(staff: Staff) -> None:
    existing(staff)
    text = "E-mail,Job title\nana@acme.example,\n"

    kept = bring_in(staff.owner, "contact", text, mode=Mode.UPDATE)
    assert counts(kept) == {"unchanged": 1}

    emptied = bring_in(staff.owner, "contact", text, mode=Mode.UPDATE, blanks=True)
    assert counts(emptied) == {"updated": 1}
    assert values(staff.owner, "contact", "Ana Silva", "job_title")["job_title"] is None


def test_lists_grow_or_are_replaced(staff: Staff) -> None:
    existing(staff)
    text = "First name,Last name,E-mail\nAna,Silva,ana@new.example\n"

    bring_in(staff.owner, "contact", text, mode=Mode.UPDATE, match=("title",))
    grown = values(staff.owner, "contact", "Ana Silva", "emails")["emails"]
    bring_in(staff.owner, "contact", text, mode=Mode.UPDATE, match=("title",), replaces=True)
    replaced = values(staff.owner, "contact", "Ana Silva", "emails")["emails"]

    assert [each["address"] for each in grown] == ["ana@acme.example", "ana@home.example", "ana@new.example"]
    assert [each["address"] for each in replaced] == ["ana@new.example"]


def test_row_that_agrees_with_several_records_is_refused(staff: Staff) -> None:
    for name, email in (("Ana", "ana@x.example"), ("Bea", "bea@x.example")):
        changes.create(staff.owner, "contact", {"last_name": name, "emails": [email]}, via="test")

    run = bring_in(
        staff.owner, "contact", "Last name,E-mail\nX,ana@x.example; bea@x.example\n", mode=Mode.UPDATE
    )

    assert counts(run) == {"failed": 1}
    [[reason]] = reasons(run).values()
    assert reason in ("It agrees with 2 records: Ana, Bea.", "It agrees with 2 records: Bea, Ana.")


def test_rows_of_one_file_that_agree_are_one_record(staff: Staff) -> None:
    names = "Last name,E-mail,Job title,Phone"
    text = f"{names}\nSilva,ana@x.example,Buyer,\nSilva,ana@x.example,Director,+31 10 555 0142\n"

    skipped = bring_in(staff.owner, "contact", text)
    assert counts(skipped) == {"created": 1, "skipped": 1}

    updated = bring_in(staff.owner, "contact", text.replace("ana", "bea"), mode=Mode.UPDATE)
    assert counts(updated) == {"created": 1, "updated": 1}
    bea = (
        records.visible(staff.owner, "contact")
        .matching("emails = bea@x.example")
        .page(columns=("job_title", "phones"))
        .rows[0]
    )
    assert bea.values["job_title"] == "Director"
    assert bea.values["phones"][0]["number"] == "+31105550142"


def test_row_takes_the_place_of_the_refused_one_before_it(staff: Staff) -> None:
    text = "Last name,E-mail,VAT,Birthday\nSilva,ana@x.example,,no date\nSilva,ana@x.example,,2000-01-31\n"

    run = bring_in(staff.owner, "contact", text, mode=Mode.UPDATE)

    assert counts(run) == {"created": 1, "failed": 1}
    assert str(values(staff.owner, "contact", "Silva", "birthday")["birthday"]) == "2000-01-31"


@pytest.mark.parametrize("match", ["emails", "external_id", "title"])
def test_records_are_found_by_the_chosen_field(match: str, staff: Staff) -> None:
    given = {"first_name": "Ana", "last_name": "Silva", "emails": ["ana@x.example"], "external_id": "KX-1"}
    changes.create(staff.owner, "contact", given, via="test")
    text = "First name,Last name,E-mail,External id,Department\nana,SILVA,Ana@X.example,kx-1,Sales\n"

    run = bring_in(staff.owner, "contact", text, mode=Mode.UPDATE, match=(match,))

    assert counts(run) == {"updated": 1}


def test_deals_are_found_by_number_and_products_by_name(staff: Staff) -> None:
    deal = changes.create(staff.owner, "deal", {"name": "Robots"}, via="test")
    changes.create(staff.owner, "product", {"name": "Day of work", "code": "D-1"}, via="test")

    deals = bring_in(
        staff.owner, "deal", f"Number,Name,Next step\n{deal.number},Robots,Ring\n", mode=Mode.UPDATE
    )  # type: ignore[attr-defined]
    products = bring_in(
        staff.owner, "product", "Name,Unit\nday of work,day\n", mode=Mode.UPDATE, match=("name",)
    )

    assert (counts(deals), counts(products)) == ({"updated": 1}, {"updated": 1})
