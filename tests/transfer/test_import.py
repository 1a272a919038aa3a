"""What becomes of the rows of a file."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aperto.kernel import changes, records
from aperto.kernel.errors import Refused
from aperto.transfer import run as runs
from aperto.transfer.choices import Mode
from aperto.transfer.models import ImportRun
from aperto.transfer.reading import Unreadable

from tests.company import Staff
from tests.snapshot import unchanged
from tests.transfer.imports import begin, bring_in, counts, reasons, text_of, titles, values

PEOPLE = """First name;Last name;Company;E-mail;Phone;City
Marieke;van Dijk;Van Dijk Logistiek;marieke@vandijk.example;010 555 0142;Rotterdam
Paulo;Nogueira;Nogueira Lda;paulo@nogueira.example;+351 21 555 0101;Lisboa
Jan;de Boer;van dijk logistiek;jan@vandijk.example;;Schiedam
"""


def test_rows_become_records_with_their_companies(staff: Staff) -> None:
    run = bring_in(staff.owner, "contact", PEOPLE)

    assert counts(run) == {"created": 3}
    assert (run.rows, run.linked, run.state) == (3, 2, "done")
    assert titles(staff.owner, "company") == ["Nogueira Lda", "Van Dijk Logistiek"]
    jan = values(staff.owner, "contact", "Jan de Boer", "company", "address", "owner")
    assert jan["company"].title == "Van Dijk Logistiek"
    assert jan["address"]["city"] == "Schiedam"
    assert jan["owner"].id == staff.owner.user_id


# -- records that are there --------------------------------------------------------------------------


def existing(staff: Staff) -> Any:
    company = changes.create(staff.owner, "company", {"name": "Acme"}, via="test")
    given = {"first_name": "Ana", "last_name": "Silva", "emails": ["ana@acme.example", "ana@home.example"],
             "company": company.pk, "job_title": "Buyer"}  # fmt: skip
    return changes.create(staff.owner, "contact", given, via="test")


AGAIN = "First name,Last name,Company,E-mail,Job title\nAna,Silva,Other Ltd,ANA@acme.example,Director\nBram,Bos,,,\n"


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

    run = bring_in(staff.owner, "contact", "Last name,E-mail\nX,ana@x.example; bea@x.example\n", mode=Mode.UPDATE)

    assert counts(run) == {"failed": 1}
    [[reason]] = reasons(run).values()
    assert reason in ("It agrees with 2 records: Ana, Bea.", "It agrees with 2 records: Bea, Ana.")


def test_rows_of_one_file_that_agree_are_one_record(staff: Staff) -> None:
    text = "Last name,E-mail,Job title,Phone\nSilva,ana@x.example,Buyer,\nSilva,ana@x.example,Director,+31 10 555 0142\n"

    skipped = bring_in(staff.owner, "contact", text)
    assert counts(skipped) == {"created": 1, "skipped": 1}

    updated = bring_in(staff.owner, "contact", text.replace("ana", "bea"), mode=Mode.UPDATE)
    assert counts(updated) == {"created": 1, "updated": 1}
    bea = records.visible(staff.owner, "contact").matching("emails = bea@x.example").page(columns=("job_title", "phones")).rows[0]
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

    deals = bring_in(staff.owner, "deal", f"Number,Name,Next step\n{deal.number},Robots,Ring\n", mode=Mode.UPDATE)  # type: ignore[attr-defined]
    products = bring_in(staff.owner, "product", "Name,Unit\nday of work,day\n", mode=Mode.UPDATE, match=("name",))

    assert (counts(deals), counts(products)) == ({"updated": 1}, {"updated": 1})


# -- cells -------------------------------------------------------------------------------------------


def test_formats_are_found_out_by_column(staff: Staff) -> None:
    text = text_of(
        [["Name", "Amount", "Currency", "Close date"], ["A", "1.234,50", "USD", "01/02/2026"], ["B", "12,00", "EUR", "31/01/2026"]]
    )
    run = bring_in(staff.owner, "deal", text)

    assert counts(run) == {"created": 2}
    deal = values(staff.owner, "deal", "A", "amount", "close_date")
    assert (deal["amount"].amount, deal["amount"].currency) == (Decimal("1234.50"), "USD")
    assert str(deal["close_date"]) == "2026-02-01"


def test_full_names_are_split(staff: Staff) -> None:
    bring_in(staff.owner, "contact", "Name,E-mail\nMarieke van Dijk,m@x.example\n\"Santos, João dos\",j@x.example\n")

    marieke = values(staff.owner, "contact", "Marieke van Dijk", "first_name", "last_name")
    joao = values(staff.owner, "contact", "João dos Santos", "first_name", "last_name")
    assert tuple(marieke.values()) == ("Marieke", "van Dijk")
    assert tuple(joao.values()) == ("João", "dos Santos")


def test_pieces_of_a_field_come_from_several_columns(staff: Staff) -> None:
    text = "Last name,Work email,Private email,Mobile,Fax,Street,Postcode,City,Country\nBos,w@x.example,h@x.example,+31612345678,+31105550142,Dam 1,1012ab,Amsterdam,Pays-Bas\n"
    bring_in(staff.owner, "contact", text)

    bos = values(staff.owner, "contact", "Bos", "emails", "phones", "address")
    assert [(each["address"], each["type"]) for each in bos["emails"]] == [("h@x.example", "home"), ("w@x.example", "work")]
    assert {each["type"] for each in bos["phones"]} == {"mobile", "fax"}
    assert bos["address"] == {"street": "Dam 1", "postal_code": "1012 AB", "city": "Amsterdam", "region": "", "country": "NL"}


def test_cells_that_cannot_be_read_stop_their_row_or_are_left_out(staff: Staff) -> None:
    text = "Last name,E-mail,Birthday\nBos,not an address,soon\n"

    run = bring_in(staff.owner, "contact", text)
    assert counts(run) == {"failed": 1}
    assert reasons(run) == {
        2: ["E-mail: “not an address” is not an e-mail address: it has no @.", "Birthday: “soon” is not a date."]
    }

    lenient = bring_in(staff.owner, "contact", text, lenient=True)
    assert counts(lenient) == {"created": 1}


@pytest.mark.parametrize("cell", ["Ja\0n", "x" * (1 << 20), "=1+1\n" * 100_000])
def test_hostile_cell_stops_its_row_only(cell: str, staff: Staff) -> None:
    run = bring_in(staff.owner, "contact", text_of([["Last name", "City"], [cell, "Breda"], ["Bos", "Delft"]]))

    assert counts(run) == {"created": 1, "failed": 1}
    assert titles(staff.owner, "contact") == ["Bos"]


def test_missing_required_field_is_named(staff: Staff) -> None:
    run = bring_in(staff.owner, "contact", "First name,Last name\nAna,\n")

    assert reasons(run) == {2: ["Last name: This field is required."]}


def test_unreadable_letters_are_pointed_at(staff: Staff) -> None:
    good = "".join(f"Zoë {n},Orléans\n" for n in range(40)).encode()

    run = bring_in(staff.owner, "contact", b"Last name,City\n" + good + b"Ren\xe9,Lyon\n")

    assert counts(run) == {"created": 40, "failed": 1}
    assert "could not be read" in reasons(run)[42][0]


def test_rule_that_refuses_one_row_leaves_the_others(staff: Staff) -> None:
    run = bring_in(staff.owner, "company", "Name,VAT number\nAcme,NL000000000B00\nBeta,\n")

    assert counts(run) == {"created": 1, "failed": 1}
    assert reasons(run) == {2: ["VAT number: This is not a valid VAT number."]}


# -- references --------------------------------------------------------------------------------------


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
    [("Discovery", "", "Discovery"), ("renewed", "", "Renewed"), ("Won", "", "Won"), ("lost", "Renewals", None), ("Due", "Renewals", "Due")],
)
def test_stage_is_found_in_any_pipeline(stage: str, pipeline: str, expected: str | None, staff: Staff) -> None:
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
    assert [(ref.title, ref.role) for ref in people] == [("Ana Silva", "decides"), ("Bram Bos", ""), ("Chloé Martin", "")]


# -- rights ------------------------------------------------------------------------------------------


def test_import_needs_its_own_right(staff: Staff) -> None:
    for name in ("reader", "anonymous"):
        with unchanged(), pytest.raises(Refused):
            begin(staff.actor(name), "contact", PEOPLE)


def test_configuration_is_not_imported(staff: Staff) -> None:
    with pytest.raises(Refused):
        begin(staff.admin, "stage", "Name\nNew\n")


def test_records_out_of_reach_are_not_found(staff: Staff) -> None:
    bring_in(staff.actor("outsider"), "contact", "Last name,E-mail\nBos,bos@x.example\n")

    run = bring_in(staff.owner, "contact", "Last name,E-mail\nBos,bos@x.example\n", mode=Mode.UPDATE)

    assert counts(run) == {"created": 1}


def test_row_about_a_record_that_may_not_be_edited_is_refused(staff: Staff) -> None:
    record = changes.create(staff.actor("manager"), "contact", {"last_name": "Bos", "external_id": "K1"}, via="test")
    grants = {"*": {"read": "all", "create": "own", "edit": "own", "import": "all"}}
    narrow = type(staff.owner)("user", staff.owner.user_id, grants=(grants,))

    run = bring_in(narrow, "contact", "Last name,External id,Department\nBos,K1,Sales\n", mode=Mode.UPDATE)

    assert reasons(run) == {2: ["You may not write this record."]}
    assert records.visible(staff.admin, "contact").get(record.pk).version == 1


def test_unknown_key_is_refused(staff: Staff) -> None:
    other = changes.create(staff.actor("outsider"), "contact", {"last_name": "Bos"}, via="test")

    run = bring_in(staff.owner, "contact", f"Id,Last name\n{other.pk},Vos\n")

    assert reasons(run) == {2: ["No record has this key, or you may not see it."]}


# -- the whole ---------------------------------------------------------------------------------------


def test_undo_takes_everything_back(staff: Staff) -> None:
    kept = existing(staff)
    run = bring_in(staff.owner, "contact", AGAIN, mode=Mode.UPDATE)

    undone = changes.undo_batch(staff.owner, run.batch, via="import")

    assert (undone.undone, undone.kept) == (3, 0)
    assert titles(staff.owner, "contact") == ["Ana Silva"]
    assert titles(staff.owner, "company") == ["Acme"]
    assert values(staff.owner, "contact", "Ana Silva", "job_title")["job_title"] == "Buyer"
    assert records.visible(staff.owner, "contact").get(kept.pk).version == 3


def test_undo_keeps_what_somebody_has_worked_on(staff: Staff) -> None:
    run = bring_in(staff.owner, "contact", PEOPLE)
    jan = records.visible(staff.owner, "contact").matching('last_name = "de Boer"').page().rows[0]
    changes.save(staff.actor("colleague"), records.visible(staff.owner, "contact").get(jan.id), {"job_title": "CEO"}, via="test")

    undone = changes.undo_batch(staff.owner, run.batch, via="import")

    assert (undone.undone, undone.kept) == (4, 1)
    assert titles(staff.owner, "contact") == ["Jan de Boer"]


def test_number_of_queries_does_not_grow_with_the_rows(staff: Staff) -> None:
    def cost(rows: int, first: int) -> int:
        lines = [[f"Name {n}", f"Company {n}", f"n{n}@x.example", f"+316{10_000_000 + n}"] for n in range(first, first + rows)]
        run = begin(staff.owner, "contact", text_of([["Last name", "Company", "E-mail", "Phone"], *lines]))
        with CaptureQueriesContext(connection) as captured:
            runs.carry_out_here(staff.owner, run, lambda done, total: None)
        assert counts(run) == {"created": rows}
        return len(captured.captured_queries)

    cost(30, 0)  # what is read once and then remembered
    assert cost(60, 100) == cost(400, 1_000)


CELLS = st.sampled_from(["", "Ana", "Bos", "a@x.example", "b@x.example", "x", "31/12/2000", "=1", "K1", "K2", "\0", "€ 5"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=1, max_size=12),
    mode=st.sampled_from(list(Mode)),
    lenient=st.booleans(),
)
def test_counts_always_add_up(staff: Staff, rows: list[list[str]], mode: Mode, lenient: bool) -> None:
    text = text_of([["First name", "Last name", "E-mail", "External id", "Birthday"], *rows])
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        with pytest.raises(Unreadable):
            begin(staff.owner, "contact", text)
        return
    before = records.visible(staff.owner, "contact").count().number

    run = bring_in(staff.owner, "contact", text, mode=mode, lenient=lenient, match=("emails", "external_id"))

    assert run.read == run.rows == len(filled)
    assert len(reasons(run)) == run.failed
    assert all(reasons(run).values())
    assert records.visible(staff.owner, "contact").count().number == before + run.created
    assert run.state == ImportRun.DONE


def test_empty_file_leaves_nothing_behind(staff: Staff) -> None:
    with unchanged(), pytest.raises(Unreadable, match="The file is empty"):
        begin(staff.owner, "contact", "")


