"""A block pasted from a spreadsheet: what the preview says, what the change does, and one undo for all."""

import re
from html import unescape
from typing import Any

import pytest

from aperto.kernel import changes, jobs
from aperto.kernel.access import people, roles
from aperto.kernel.changes.models import Change
from aperto.kernel.jobs import worker
from aperto.kernel.objects.record import Record
from aperto.kernel.records import visible
from aperto.web.lists import block, paste
from tests.company import Staff
from tests.snapshot import unchanged
from tests.web.lists.conftest import Browse, contact, deal
from tests.web.lists.test_bulk import post, toast


def rows_of(*records: Record) -> str:
    return ",".join(f"{record.pk}:{record.version}" for record in records)


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def values(staff: Staff, *records: Record, key: str) -> list[Any]:
    held = visible(staff.admin, records[0].declares.key).only([each.pk for each in records])
    found = {row.id: row.values[key] for row in held.page(columns=[key], limit=500).rows}
    return [found[each.pk] for each in records]


@pytest.fixture
def two(staff: Staff) -> list[Record]:
    company = changes.create(staff.owner, "company", {"name": "Acme"}, via="test")
    assert company.pk
    return [deal(staff.owner, "One", amount={"amount": "5", "currency": "USD"}), deal(staff.owner, "Two")]


BLOCK = "Een\tacme\t1.250,50\r\nTwo\tNobody\tlots\r\n"


def test_a_block_is_shown_then_written_as_one_batch(staff: Staff, browse: Browse, two: list[Record]) -> None:
    client, sent = browse("owner"), {"rows": rows_of(*two), "column": "name", "text": BLOCK}

    with unchanged():
        said = words(post(client, "/deal/paste", sent).content.decode())
    answer = post(client, "/deal/paste", {**sent, "apply": "1"})

    assert "3 cells change. 2 cannot, and stay as they are." in said
    assert "nothing is called “Nobody”" in said and "One Name One Een" in said
    assert values(staff, *two, key="name") == ["Een", "Two"]
    amount = values(staff, *two, key="amount")[0]
    assert (str(amount.amount), amount.currency) == ("1250.5000", "USD")
    assert values(staff, *two, key="company")[0].title == "Acme"
    assert Change.objects.filter(via="paste").values("batch").distinct().count() == 1
    assert post(client, toast(answer)["undo"], {}).status_code == 204
    assert values(staff, *two, key="name") == ["One", "Two"]


def test_what_a_cell_shows_changes_nothing(staff: Staff, browse: Browse) -> None:
    held = contact(staff.owner, emails=["a@example.org", "b@example.org"])

    sent = {"rows": rows_of(held), "column": "emails", "text": "a@example.org +1"}

    assert "0 cells change." in words(post(browse("owner"), "/contact/paste", sent).content.decode())


def test_rows_that_are_not_loaded_follow(staff: Staff, browse: Browse) -> None:
    people_ = [contact(staff.owner, f"Person {n:02}", job_title="x") for n in range(60)]
    client = browse("owner")
    html = client.get("/contact?sort=title").content.decode()
    following = unescape(re.findall(r'data-next="([^"]+)"', html)[0])

    sent = {"rows": rows_of(people_[49]), "column": "job_title", "text": "\n".join("abcd"), "next": following}
    post(client, "/contact/paste?sort=title", {**sent, "apply": "1"})

    assert values(staff, *people_[48:54], key="job_title") == ["x", "a", "b", "c", "d", "x"]


def test_one_cell_fills_what_is_chosen(staff: Staff, browse: Browse) -> None:
    three = [contact(staff.owner, f"Person {n}") for n in range(3)]

    sent = {"rows": rows_of(*three), "column": "job_title", "text": "Buyer", "height": "3", "width": "1"}
    post(browse("owner"), "/contact/paste", {**sent, "apply": "1"})

    assert values(staff, *three, key="job_title") == ["Buyer"] * 3


def test_what_somebody_changed_since_the_preview_stays(
    staff: Staff, browse: Browse, two: list[Record]
) -> None:
    changes.save(staff.admin, two[0], {"name": "Theirs"}, via="test")

    sent = {"rows": rows_of(*two), "column": "name", "text": "Mine\nMine too", "apply": "1"}
    answer = post(browse("owner"), "/deal/paste", sent)

    assert values(staff, *two, key="name") == ["Theirs", "Mine too"]
    assert "1 refused" in toast(answer)["text"]


def test_many_cells_are_a_job(
    staff: Staff, browse: Browse, two: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paste, "AT_ONCE", 3)
    client, sent = browse("owner"), {"rows": rows_of(*two), "column": "name", "text": BLOCK}

    assert post(client, "/deal/paste", sent).status_code == 200
    dialog = post(client, "/deal/paste", {**sent, "apply": "1"})
    worker.run_pending()

    [job] = jobs.find(staff.users["owner"].pk)
    assert str(job.pk) in dialog.content.decode()
    assert values(staff, *two, key="name") == ["Een", "Two"]
    assert job.result is not None and job.result["counts"]["changed"] == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"column": "name", "text": "x\0y"},
        {"column": "name", "text": ""},
        {"column": "nonsense", "text": "x"},
        {"column": "name", "text": "x", "rows": "nonsense"},
        {"column": "name", "text": "\t".join("x" * 300)},
    ],
)
def test_rubbish_is_refused(staff: Staff, browse: Browse, two: list[Record], sent: dict[str, str]) -> None:
    with unchanged():
        answer = post(browse("owner"), "/deal/paste", {"rows": rows_of(*two), "apply": "1", **sent})

    assert toast(answer)["tone"] == "bad"


def test_rights_close_the_paste(staff: Staff, browse: Browse, two: list[Record]) -> None:
    sent = {"rows": rows_of(*two), "column": "name", "text": "A\nB", "apply": "1"}
    role = roles.create(
        staff.admin,
        "Half",
        {"*": {"read": "all", "edit": "all", "bulk": "all"}},
        field_rights={"deal": {"amount": "readonly"}},
    )

    with unchanged():
        assert post(browse("reader"), "/deal/paste", sent).status_code == 403
        assert post(browse("reader"), "/deal/fill", sent).status_code == 403
        assert toast(post(browse("outsider"), "/deal/paste", sent))["tone"]
    people.set_roles(staff.admin, staff.users["colleague"], [role.pk])
    answer = post(browse("colleague"), "/deal/paste", {**sent, "column": "amount", "text": "1\n2"})

    assert values(staff, *two, key="amount")[1] is None
    assert "read-only" in words(toast(answer)["text"])


def test_fill_down_gives_the_first_values_to_the_rest(
    staff: Staff, browse: Browse, two: list[Record]
) -> None:
    three = deal(staff.owner, "Three")
    sent = {"rows": rows_of(*two, three), "column": ["amount", "created_at"]}

    answer = post(browse("owner"), "/deal/fill", sent)

    assert [each.currency for each in values(staff, *two, three, key="amount")] == ["USD"] * 3
    post(browse("owner"), toast(answer)["undo"], {})
    assert values(staff, *two, three, key="amount")[1:] == [None, None]
    with unchanged():
        assert post(browse("owner"), "/deal/fill", {"rows": "x", "column": "amount"}).status_code == 404


def test_quoted_cells_and_ragged_rows_are_read() -> None:
    assert block.texts_of('a\t"b\n""c"""\r\nd\r\n') == [["a", 'b\n"c"'], ["d"]]
    assert block.stretched([["a"]], 2, 2) == [["a", "a"], ["a", "a"]]
    assert block.stretched([["a", "b"], ["c"]], 3, 2) == [["a", "b"], ["c"]]
