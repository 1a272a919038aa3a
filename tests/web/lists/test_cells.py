"""Cells edited in place: every kind of every object, and every refusal."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from aperto.kernel import changes
from aperto.kernel.access.actor import Actor
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.records import visible
from tests.company import Staff
from tests.web.lists.conftest import Browse, contact, deal

EDITED = [each for each in registry if not each.administered and each.group and each.key != "file"]
UNSENT = {"file", "image"}  # a file is sent, or left alone
UNSAMPLED = UNSENT | {"stage", "user", "automatic_number"}


class Controls(HTMLParser):
    """What a browser would send of an editor: names and values of its controls."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.select = self.area = ""
        self.in_template = False
        self.single = self.first = True
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "template":
            self.in_template = True
        elif self.in_template:
            return
        elif tag == "input" and given.get("type") not in ("file", "button"):
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self.sent.setdefault(name, []).append(value)
        elif tag == "select":
            self.select = name
            self.single = "multiple" not in given
            self.first = True
        elif tag == "option":
            self.option(value, "selected" in given)
        elif tag == "textarea":
            self.area = name
            self.sent.setdefault(name, []).append("")

    def option(self, value: str, selected: bool) -> None:
        """A browser sends the first choice of a select for one value when none is selected."""
        if self.first and self.single and not selected or selected and self.single:
            self.sent[self.select] = [value]
        elif selected:
            self.sent.setdefault(self.select, []).append(value)
        self.first = False

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[self.area][-1] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self.in_template = False
        elif tag == "textarea":
            self.area = ""


def sample_of(declaration: ObjectType, actor: Actor) -> Record:
    """A record with a value in every field that can have one."""
    values: dict[str, Any] = {}
    for key, field in declaration.writable.items():
        if field.kind in ("file", "image", "stage", "user", "automatic_number") or key in (
            "team",
            "vat_number",
        ):
            continue
        targets = getattr(field, "to", ())
        if targets:
            target = contact(actor) if "contact" in targets else changes.create(
                actor, "company", {"name": "Target"}, via="test"
            )  # fmt: skip
            if target.declares.key in targets:
                reference = {"object": target.declares.key, "id": str(target.pk)}
                values[key] = [reference] if field.stored_elsewhere else reference
        else:
            values[key] = field.sample(3)
    return changes.create(actor, declaration.key, values, via="test")


def edit(client: Client, record: Record, key: str) -> str:
    return f"/{record.declares.key}/cell/{record.pk}/{key}"


@pytest.mark.parametrize(
    "declaration", [each for each in EDITED if each.key != "file"], ids=lambda each: each.key
)
def test_an_editor_that_is_left_alone_changes_nothing(
    staff: Staff, browse: Browse, declaration: ObjectType
) -> None:
    record, client = sample_of(declaration, staff.owner), browse("owner")
    for key, field in declaration.writable.items():
        if field.kind in UNSENT:
            continue
        before = record_values(staff.owner, record)

        answer = client.get(edit(client, record, key))
        assert answer.status_code == 200, (key, answer.content)
        sent = Controls(answer.content.decode()).sent
        saved = client.post(edit(client, record, key), sent)

        assert saved.status_code == 200, (key, sent, saved.content.decode())
        assert record_values(staff.owner, record) == before, (key, sent)


def record_values(actor: Actor, record: Record) -> dict[str, Any]:
    fields = [key for key, field in record.declares.fields.items() if key not in ("updated_at", "updated_by")]
    [row] = visible(actor, record.declares.key).only([record.pk]).page(columns=fields, limit=1).rows
    known = record.declares.fields
    return {key: None if value is None else known[key].to_json(value) for key, value in row.values.items()}


@pytest.mark.parametrize(
    ("key", "sent", "shown"),
    [
        ("job_title", {"job_title": "<b>Boss</b>"}, "&lt;b&gt;Boss&lt;/b&gt;"),
        ("status", {"status": "customer"}, "Customer"),
        ("birthday", {"birthday": "1980-05-17"}, "1980"),
        ("no_email", {"no_email": ["", "1"]}, "Yes"),
        ("website", {"website": "vandijk.example"}, "vandijk.example"),
    ],
)
def test_a_new_value_is_saved_and_shown(
    staff: Staff, browse: Browse, key: str, sent: dict[str, Any], shown: str
) -> None:
    record, client = contact(staff.owner), browse("owner")

    answer = client.post(edit(client, record, key), {"version": "1", **sent})

    assert answer.status_code == 200
    assert shown in answer.content.decode()
    assert answer.headers["Aperto-Version"] == "2"


def test_a_change_that_shows_elsewhere_answers_the_row(staff: Staff, browse: Browse) -> None:
    record, client = changes.create(staff.owner, "company", {"name": "Van Dijk"}, via="test"), browse("owner")

    answer = client.post(edit(client, record, "name"), {"name": "Perrin"})

    assert answer.content.decode().startswith("<tr data-id=")
    assert "Perrin" in answer.content.decode()


def test_a_colleague_of_the_team_may_edit_and_is_named_in_history(staff: Staff, browse: Browse) -> None:
    record, client = contact(staff.owner), browse("colleague")

    assert client.post(edit(client, record, "job_title"), {"job_title": "Boss"}).status_code == 200

    [row] = visible(staff.owner, "contact").page(columns=["job_title", "updated_by"]).rows
    assert row.values["job_title"] == "Boss"
    assert row.values["updated_by"].id == staff.users["colleague"].pk


@pytest.mark.parametrize(("who", "status"), [("outsider", 404), ("reader", 403), ("anonymous", 302)])
@pytest.mark.parametrize("method", ["get", "post"])
def test_others_may_not_edit(staff: Staff, browse: Browse, who: str, status: int, method: str) -> None:
    record = contact(staff.owner, job_title="Boss")
    client = browse(who)

    answer = getattr(client, method)(edit(client, record, "job_title"), {"job_title": "Stolen"})

    assert answer.status_code == status
    assert visible(staff.owner, "contact").get(record.pk).version == 1


@pytest.mark.parametrize(
    ("key", "status"),
    [("nosuch", 404), ("title", 403), ("created_at", 403), ("version", 403), ("custom", 404)],
)
def test_what_is_no_field_to_write_is_refused(
    staff: Staff,
    browse: Browse,
    key: str,
    status: int,
) -> None:
    record, client = contact(staff.owner), browse("owner")

    assert client.post(edit(client, record, key), {key: "x"}).status_code == status
    assert visible(staff.owner, "contact").get(record.pk).version == 1


@pytest.mark.parametrize(
    ("key", "sent", "message"),
    [
        ("last_name", {"last_name": "  "}, "Fill in one of these: First name, Last name, E-mail."),
        ("birthday", {"birthday": "the day before"}, "field-error"),
        ("status", {"status": "nonsense"}, "not one of the choices"),
        ("last_name", {"last_name": "x" * 600}, "At most"),
        ("last_name", {"last_name": "\0"}, "NUL"),
        ("company", {"company": "0190a1b2-0000-7000-8000-000000000000"}, "no such record"),
    ],
)
def test_a_refused_value_is_explained_and_kept(
    staff: Staff, browse: Browse, key: str, sent: dict[str, str], message: str
) -> None:
    record, client = contact(staff.owner), browse("owner")

    answer = client.post(edit(client, record, key), {"version": "1", **sent})

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert "<input" in answer.content.decode() or "<select" in answer.content.decode()
    assert visible(staff.owner, "contact").get(record.pk).version == 1


def test_silence_about_the_field_empties_nothing(staff: Staff, browse: Browse) -> None:
    record, client = contact(staff.owner, emails=["a@example.org"]), browse("owner")

    assert client.post(edit(client, record, "emails"), {"version": "1"}).status_code == 400

    assert visible(staff.owner, "contact").get(record.pk).version == 1


def test_another_change_of_the_same_field_conflicts(staff: Staff, browse: Browse) -> None:
    record, client = contact(staff.owner, job_title="Boss"), browse("owner")
    changes.save(staff.actor("colleague"), record, {"job_title": "Theirs"}, via="test")

    answer = client.post(edit(client, record, "job_title"), {"job_title": "Mine", "version": "1"})

    assert answer.status_code == 409
    assert "Theirs" in answer.content.decode() and "Mine" in answer.content.decode()
    assert "<dialog" in answer.content.decode()
    [row] = visible(staff.owner, "contact").page(columns=["job_title"]).rows
    assert row.values["job_title"] == "Theirs"


def test_a_change_of_another_field_does_not(staff: Staff, browse: Browse) -> None:
    record, client = contact(staff.owner), browse("owner")
    changes.save(staff.actor("colleague"), record, {"department": "Sales"}, via="test")

    answer = client.post(edit(client, record, "job_title"), {"job_title": "Mine", "version": "1"})

    assert answer.status_code == 200
    assert answer.headers["Aperto-Version"] == "3"


def test_what_a_stage_asks_for_is_said_at_its_cell(staff: Staff, browse: Browse) -> None:
    from aperto.kernel.pipelines import stages

    lost = next(step for step in stages.of_object("deal") if step.kind == "lost")
    record, client = deal(staff.owner), browse("owner")

    answer = client.post(edit(client, record, "stage"), {"stage": str(lost.id), "version": "1"})

    assert answer.status_code == 422
    assert "Lost reason" in answer.content.decode()


def test_giving_a_record_away_says_that_it_is_gone(staff: Staff, browse: Browse) -> None:
    record = contact(staff.actor("outsider"), team=None)
    changes.save(staff.admin, record, {"team": None}, via="test")
    client = browse("outsider")

    answer = client.post(edit(client, record, "owner"), {"owner": str(staff.users["manager"].pk)})

    assert answer.status_code in (200, 422)
    if answer.status_code == 200:
        assert "no longer shared with you" in answer.content.decode()
