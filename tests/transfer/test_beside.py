"""Company, person and deal from one row: each once, linked, and taken back by one undo."""

from aperto.kernel import changes, records
from aperto.kernel.objects.registry import registry
from aperto.transfer import undoing, uploads
from aperto.transfer.choices import Choices, Mode
from aperto.transfer.models import ImportRun
from aperto.web.transfers.preview import preview_of
from tests.company import Staff
from tests.snapshot import unchanged
from tests.transfer.imports import begin, bring_in, counts, reasons, titles, values

DEALS = """Deal name,Amount,Company,Company website,First name,Last name,E-mail
Robots,100,Acme,acme.example,Ana,Silva,ana@acme.example
Cranes,200,Acme,acme.example,Bram,Bos,bram@acme.example
Boats,300,ACME,,Ana,Silva,ANA@acme.example
Carts,400,,,,,
"""


def made(staff: Staff) -> dict[str, list[str]]:
    return {key: titles(staff.owner, key) for key in ("company", "contact", "deal")}


def test_columns_about_others_are_recognised(staff: Staff) -> None:
    run = begin(staff.owner, "deal", DEALS)

    assert Choices.from_json(run.choices).mapping == {
        0: "name", 1: "amount", 2: "company", 3: "company/website",
        4: "contacts/first_name", 5: "contacts/last_name", 6: "contacts/emails"}  # fmt: skip


def test_each_record_is_made_once_and_linked(staff: Staff) -> None:
    run = bring_in(staff.owner, "deal", DEALS)

    assert (counts(run), run.linked) == ({"created": 4}, 3)
    assert made(staff) == {
        "company": ["Acme"], "contact": ["Ana Silva", "Bram Bos"],
        "deal": ["Boats", "Carts", "Cranes", "Robots"],
    }  # fmt: skip
    robots = values(staff.owner, "deal", "Robots", "company", "contacts")
    assert (robots["company"].title, [ref.title for ref in robots["contacts"]]) == ("Acme", ["Ana Silva"])
    assert values(staff.owner, "contact", "Bram Bos", "company")["company"].title == "Acme"
    assert values(staff.owner, "company", "Acme", "website")["website"] == "https://acme.example"


def test_one_undo_takes_all_back(staff: Staff) -> None:
    run = bring_in(staff.owner, "deal", DEALS)

    changes.undo_batch(staff.owner, run.batch, via="import")

    assert made(staff) == {"company": [], "contact": [], "deal": []}
    assert run.state in undoing.UNDOABLE and ImportRun.objects.count() == 1


def test_records_that_are_there_are_used_and_left_alone(staff: Staff) -> None:
    changes.create(staff.owner, "company", {"name": "Acme"}, via="test")
    given = {
        "last_name": "Silva",
        "first_name": "Anna",
        "emails": ["ana@acme.example"],
        "department": "Sales",
    }
    changes.create(staff.owner, "contact", given, via="test")

    run = bring_in(staff.owner, "deal", DEALS)

    assert (counts(run), run.linked) == ({"created": 4}, 1)
    assert made(staff)["contact"] == ["Anna Silva", "Bram Bos"]
    assert values(staff.owner, "company", "Acme", "website")["website"] is None


def test_same_name_with_other_keys_is_somebody_else(staff: Staff) -> None:
    text = "Deal name,Contact name,E-mail\nA,Jan Bos,jan@a.example\nB,Jan Bos,jan@b.example\nC,Jan Bos,\n"
    bring_in(staff.owner, "deal", text.rpartition("C,")[0])

    run = bring_in(staff.owner, "deal", text, mode=Mode.CREATE)

    assert made(staff)["contact"] == ["Jan Bos", "Jan Bos"]
    assert reasons(run) == {4: ["People: It agrees with 2 records: Jan Bos, Jan Bos."]}


def test_what_is_wrong_beside_refuses_the_row_and_makes_nothing(staff: Staff) -> None:
    text = "Deal name,Company,Company website,Last name,E-mail\nRobots,Acme,acme.example,Bos,no address\n"

    run = bring_in(staff.owner, "deal", text)

    assert reasons(run) == {2: ["People › E-mail: “no address” is not an e-mail address: it has no @."]}
    assert made(staff) == {"company": [], "contact": [], "deal": []}


def test_preview_shows_what_would_be_made_and_makes_nothing(staff: Staff) -> None:
    run = begin(staff.owner, "deal", DEALS)

    with unchanged(), uploads.table_of(run) as table:
        shown = preview_of(staff.owner, registry.get("deal"), table, Choices.from_json(run.choices))

    assert [row.end for row in shown.rows] == ["New"] * 4


def test_people_who_may_not_create_companies_make_none(staff: Staff) -> None:
    grants = {"*": {"read": "all", "create": "own", "edit": "own", "import": "all"},
              "company": {"read": "all", "create": "none", "edit": "none"}}  # fmt: skip
    narrow = type(staff.owner)("user", staff.owner.user_id, grants=(grants,))

    run = bring_in(narrow, "deal", DEALS)

    assert titles(staff.admin, "company") == []
    assert not any(
        "/" in target and target.startswith("company") for target in run.choices["mapping"].values()
    )


def test_links_of_existing_deals_grow(staff: Staff) -> None:
    bring_in(
        staff.owner, "deal", "External id,Deal name,Last name,E-mail\nK-11111,Robots,Bos,bos@x.example\n"
    )

    text = "External id,Deal name,Last name,E-mail\nK-11111,Robots,Vos,vos@x.example\n"
    run = bring_in(staff.owner, "deal", text, mode=Mode.UPDATE)

    assert counts(run) == {"updated": 1}
    found = values(staff.owner, "deal", "Robots", "contacts")["contacts"]
    assert sorted(ref.title for ref in found) == ["Bos", "Vos"]
    assert records.visible(staff.owner, "contact").count().number == 2
