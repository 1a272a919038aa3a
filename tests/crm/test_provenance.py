"""Values that a machine fills in: marked with the write, kept or refused by a person, never written again."""

from typing import Any

import pytest
from django.test import Client

from aperto.kernel import changes, records
from aperto.kernel.access import people, roles, tokens
from aperto.kernel.changes import Draft, provenance
from aperto.kernel.errors import Missing, Refused
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.readable import readable
from aperto.transfer.export import as_csv
from tests.company import Staff, staffed
from tests.snapshot import digests

SURE = provenance.Source("Chamber of Commerce", 80)


@pytest.fixture
def staff(db: None) -> Staff:
    return staffed()


@pytest.fixture
def filled(staff: Staff) -> Record:
    company = changes.create(staff.owner, "company", {"name": "Veldkamp", "employees": 5}, via="test")
    values = {"employees": 40, "description": "Ships", "name": "Veldkamp"}
    changes.save(staff.owner, company, values, via="api", source=SURE)
    return company


def held(staff: Staff, record: Record, *keys: str) -> list[Any]:
    [row] = records.visible(staff.owner, "company").only([record.pk]).iterate([*keys, "filled_by"])
    return [*(row.values[key] for key in keys), set(row.values["filled_by"] or {})]


def client(staff: Staff, who: str = "owner") -> Client:
    made = Client()
    made.force_login(staff.users[who], backend="allauth.account.auth_backends.AuthenticationBackend")
    return made


def test_machine_marks_what_it_changed_and_a_person_takes_the_mark_away(staff: Staff, filled: Record) -> None:
    marked = held(staff, filled, "employees")

    changes.save(staff.owner, filled, {"employees": 41}, via="page")

    assert marked == [40, {"employees", "description"}]
    assert held(staff, filled) == [{"description"}]


def test_refused_value_goes_back_by_one_change_and_does_not_return(staff: Staff, filled: Record) -> None:
    owner, again = staff.owner, {"employees": 40, "industry": "retail"}

    outcome = provenance.refuse(owner, registry.get("company"), filled.pk, "employees", via="page")
    back = held(staff, filled, "employees", "description")
    changes.save(owner, filled, {**again, "website": "https://v.example"}, via="api", source=SURE)
    without = held(staff, filled, "employees", "website")
    changes.save(owner, filled, {"employees": 40}, via="api", source=provenance.Source("Other", 1))

    assert outcome.change is not None and outcome.change.diff == {"employees": [40, 5]}
    assert back == [5, "Ships", {"description"}]
    assert without == [5, "https://v.example", {"description", "website", "industry"}]
    assert held(staff, filled, "employees")[0] == 40


def test_kept_value_is_ones_own(staff: Staff, filled: Record) -> None:
    provenance.keep(staff.owner, registry.get("company"), filled.pk, "employees")

    assert held(staff, filled, "employees") == [40, {"description"}]
    with pytest.raises(Missing):
        provenance.keep(staff.owner, registry.get("company"), filled.pk, "employees")


def test_batch_marks_and_filter_finds(staff: Staff, filled: Record) -> None:
    drafts = [Draft({"name": f"Firm {n}"}, source=SURE if n % 2 else None) for n in range(6)]

    changes.save_many(staff.owner, "company", drafts, via="import")

    assert records.visible(staff.owner, "company").matching("filled_by is not empty").count().number == 4


def test_export_says_which_fields_a_machine_filled_in(staff: Staff, filled: Record) -> None:
    chosen = records.visible(staff.owner, "company").only([filled.pk])

    _head, line = as_csv(chosen, ["filled_by"])

    assert line.count("From Chamber of Commerce on") == 2
    assert "Employees: From" in line


@pytest.mark.parametrize(("who", "error"), [("outsider", Missing), ("reader", Refused)])
def test_closed_to_whoever_may_not_write(
    staff: Staff, filled: Record, who: str, error: type[Exception]
) -> None:
    declaration, before = registry.get("company"), digests()

    with pytest.raises(error):
        provenance.keep(staff.actor(who), declaration, filled.pk, "employees")
    with pytest.raises(error):
        provenance.refuse(staff.actor(who), declaration, filled.pk, "employees", via="page")

    assert digests() == before


def test_whoever_has_hidden_fields_is_told_nothing(staff: Staff, filled: Record) -> None:
    rights = {"company": {"employees": "hidden"}}
    half = roles.create(staff.admin, "Half", {"*": {"read": "all", "edit": "all"}}, field_rights=rights)
    people.set_roles(staff.admin, staff.users["outsider"], [half.pk])

    assert "filled_by" not in readable(staff.actor("outsider"), registry.get("company"))


def test_page_shows_the_mark_with_its_verbs(staff: Staff, filled: Record) -> None:
    url, mine = f"/company/{filled.pk}", client(staff)

    page, theirs = mine.get(url).content.decode(), client(staff, "reader").get(url).content.decode()
    answer = mine.post(f"{url}/field/employees/refuse")
    after = mine.get(url).content.decode()

    assert "From Chamber of Commerce on" in page and "80% sure" in page
    assert f'hx-post="{url}/field/employees/keep"' in page
    assert "From Chamber of Commerce on" in theirs and "/field/employees/keep" not in theirs
    assert answer.status_code == 302 and "/undo/" in after
    assert 'id="filled-employees"' not in after and 'id="filled-description"' in after


def test_api_client_says_so_and_reads_it(staff: Staff, filled: Record) -> None:
    _token, secret = tokens.create(staff.owner, name="x", scopes=["*:*"], expires_at=None)
    mine, told = Client(), {"Authorization": f"Bearer {secret}"}

    def send(**more: str) -> Any:
        body = '{"department": "Sales", "last_name": "Visser"}'
        return mine.post("/api/v1/contact", body, content_type="application/json", headers=told | more)

    made = send(**{"Aperto-Source": "Enricher", "Aperto-Confidence": "70"})
    before = digests()
    wrong = [
        send(**{"Aperto-Source": "Enricher", "Aperto-Confidence": text}).status_code for text in ("700", "x")
    ]
    wrong.append(send(**{"Aperto-Confidence": "7"}).status_code)

    assert (made.json()["filled_by"]["department"]["source"], wrong) == ("Enricher", [400, 400, 400])
    assert digests() == before
    listed = mine.get("/api/v1/contact?filter=filled_by is not empty", headers=told).json()["data"]
    asked = mine.get("/api/v1/contact?fields=filled_by", headers=told).json()["data"]
    assert [set(each) & {"filled_by"} for each in (*listed, *asked)] == [set(), {"filled_by"}]
