"""Records leave as a file and come back as they were."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest

from aperto.kernel import changes, records
from aperto.kernel.access.actor import Actor
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Refused
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.pipelines import stages
from aperto.kernel.shape.relate import Side, relate
from aperto.transfer import commands, export
from aperto.transfer.choices import Choices, Mode
from aperto.transfer.pointing import is_pointing
from aperto.transfer.targets import ID, UNFIT
from tests import firm
from tests.company import Staff
from tests.transfer.imports import bring_in, counts, reasons

NAUGHTY = [
    '=HYPERLINK("http://x.example")', '+1+1', "-1+cmd|' /C calc'!A0", '@SUM(1)', "'=quoted", "''",
    "'s-Gravenhage", 'a;b,c|d\te', 'said "no"', 'Ω≈ç√∫˜µ', '١٢٣', '👩\u200d💻 emoji', '\u202eright to left',
    '\u200bzero', 'null', 'NULL', '0', '1e5', '1/2', 'TRUE', '<script>alert(1)</script>', '${7*7}', '%s%d',
    'C:\\path\\', "Robert'); DROP TABLE x;--", 'ÅÄÖ ß', '-',
]  # fmt: skip


def objects() -> list[str]:
    """Objects that people import, but those that need a file."""
    return [each.key for each in registry if not each.administered and not needs_a_file(each)]


def needs_a_file(declaration: ObjectType) -> bool:
    return any(field.kind in UNFIT and field.required for field in declaration.fields.values())


def sample_of(actor: Actor, field: Field, n: int, made: dict[str, list[Ref]]) -> Any:
    """A believable value; references point at records that exist."""
    if field.kind == "user":
        return Ref("user", actor.user_id) if actor.user_id else None
    if field.kind == "stage":
        steps = [
            step
            for step in stages.of_object(field.owner.declares.key)
            if step.kind == "open" and not step.required
        ]
        return Ref("stage", steps[n % len(steps)].id)
    if not is_pointing(field):
        return field.sample(n)
    known = [ref for key in field.to for ref in made.get(key, ())]  # type: ignore[attr-defined]  # pointing kinds have it
    if field.kind == "multi_reference":
        roles = [option.key for option in field.roles.options] or [""]
        return [Ref(ref.object, ref.id, role=roles[n % len(roles)]) for ref in known[:2]] or None
    return known[n % len(known)] if known else None


def fill(actor: Actor, declaration: ObjectType, number: int, made: dict[str, list[Ref]]) -> None:
    """Some records with every field filled, those of text with what breaks files."""
    for n in range(number):
        values: dict[str, Any] = {}
        for key, field in declaration.writable.items():
            if field.kind in UNFIT or key == "team":
                continue
            values[key] = sample_of(actor, field, n, made)
            if field.kind in ("text", "long_text") and key not in (
                "vat_number",
                "external_id",
                "code",
                "lost_reason",
            ):
                values[key] = NAUGHTY[(n + len(key)) % len(NAUGHTY)]
        if "external_id" in values:
            values["external_id"] = f"x-{n}"
        values.pop("vat_number", None)
        values |= {key: None for key in ("until",) if key in values}
        if values.get("answers"):
            del values["about"]  # an answer is about what it answers is about
        record = changes.create(actor, declaration.key, values, via="test")
        made.setdefault(declaration.key, []).append(Ref(declaration.key, record.pk))


@pytest.fixture
def everything(staff: Staff) -> dict[str, list[Ref]]:
    made: dict[str, list[Ref]] = {}
    for key in ("company", "contact", *(each for each in objects() if each not in ("company", "contact"))):
        fill(staff.owner, registry.get(key), len(NAUGHTY) if key in ("company", "contact") else 4, made)
    return made


@pytest.mark.parametrize("delimiter", ["comma", "semicolon"])
def test_own_export_comes_back_unchanged(
    delimiter: str, staff: Staff, everything: dict[str, list[Ref]]
) -> None:
    for key in objects():
        before = Change.objects.count()
        text = "".join(export.as_csv(export.selection(staff.owner, key), delimiter=delimiter))

        run = bring_in(staff.owner, key, text)

        chosen = Choices.from_json(run.choices)
        assert (chosen.match, chosen.mode) == ((ID,), Mode.UPDATE), key
        assert reasons(run) == {}, key
        assert counts(run) == {"unchanged": len(everything[key])}, (
            key,
            list(Change.objects.filter(batch=run.batch).values_list("diff", flat=True)),
        )
        assert Change.objects.count() == before


def test_own_export_comes_back_after_a_change(staff: Staff, everything: dict[str, list[Ref]]) -> None:
    text = "".join(export.as_csv(export.selection(staff.owner, "contact")))
    changed = text.replace("Job title 3", "Director").replace(NAUGHTY[0].replace('"', '""'), "Plain")

    run = bring_in(staff.owner, "contact", changed)

    assert reasons(run) == {}
    assert 0 < run.updated < run.rows


def rows_of(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))


def test_every_formula_is_harmless(staff: Staff, everything: dict[str, list[Ref]]) -> None:
    for key in objects():
        for row in rows_of("".join(export.as_csv(export.selection(staff.owner, key))))[1:]:
            assert not [cell for cell in row if cell[:1] in ("=", "@", "\t", "\r")], key
            assert not [
                cell
                for cell in row
                if cell[:1] in ("+", "-")
                and any(sign in cell for sign in "|!*/=(")
                and not cell[1:2].isdigit()
            ]


def test_columns_are_those_asked_for_and_readable(staff: Staff) -> None:
    bring_in(staff.owner, "contact", "First name,Last name,E-mail\nAna,Silva,ana@x.example\n")

    lines = rows_of(
        "".join(export.as_csv(export.selection(staff.owner, "contact"), ["last_name", "emails", "no_such"]))
    )

    assert lines[0] == ["Id", "Last name", "E-mail"]
    assert lines[1][1:] == ["Silva", "ana@x.example"]


def test_file_begins_with_a_mark_that_spreadsheets_know(staff: Staff) -> None:
    assert next(iter(export.as_csv(export.selection(staff.owner, "contact")))).startswith("\ufeffId,")


def test_export_holds_only_what_the_actor_sees(staff: Staff) -> None:
    bring_in(staff.owner, "contact", "First name,Last name\nAna,Silva\n")
    bring_in(staff.actor("outsider"), "contact", "First name,Last name\nBram,Bos\n")

    seen = {
        name: len(rows_of("".join(commands.export(staff.actor(name), "contact")))) - 1
        for name in ("owner", "colleague", "outsider", "admin")
    }

    assert seen == {"owner": 1, "colleague": 1, "outsider": 1, "admin": 2}


def test_export_needs_its_own_right(staff: Staff) -> None:
    with pytest.raises(Refused):
        export.selection(staff.actor("reader"), "contact")


def test_narrower_right_to_export_cuts_what_is_read(staff: Staff) -> None:
    bring_in(staff.owner, "contact", "First name,Last name\nAna,Silva\n")
    bring_in(staff.actor("colleague"), "contact", "First name,Last name\nBram,Bos\n")
    grants = {"*": {"read": "team", "export": "own"}}
    narrow = Actor("user", staff.owner.user_id, team_ids=staff.owner.team_ids, grants=(grants,))

    lines = rows_of("".join(export.as_csv(export.selection(narrow, "contact"), ["last_name"])))

    assert [line[1] for line in lines[1:]] == ["Silva"]


def test_reference_that_cannot_be_seen_keeps_its_key(staff: Staff) -> None:
    hidden = changes.create(staff.actor("outsider"), "company", {"name": "Hidden"}, via="test")
    changes.create(
        firm.SYSTEM,
        "contact",
        {"last_name": "Bos", "company": hidden.pk, "owner": staff.owner.user_id},
        via="test",
    )

    text = "".join(export.as_csv(export.selection(staff.owner, "contact"), ["last_name", "company"]))
    run = bring_in(staff.owner, "contact", text)

    assert rows_of(text)[1][2] == str(hidden.pk)
    assert counts(run) == {"unchanged": 1}


def test_namesakes_are_told_apart_on_the_way_back(staff: Staff) -> None:
    first, second = (changes.create(staff.owner, "company", {"name": "Acme"}, via="test") for _n in range(2))
    for place, company in enumerate((first, second)):
        changes.create(
            staff.owner, "contact", {"last_name": f"Bos {place}", "company": company.pk}, via="test"
        )

    run = bring_in(staff.owner, "contact", "".join(export.as_csv(export.selection(staff.owner, "contact"))))

    assert counts(run) == {"unchanged": 2}, list(
        Change.objects.filter(batch=run.batch).values_list("diff", flat=True)
    )


def test_moments_keep_their_zone_and_money_its_currency(staff: Staff) -> None:
    values = {
        "name": "Robots",
        "amount": {"amount": "-1234.50", "currency": "USD"},
        "close_date": "2026-02-01",
    }
    deal = changes.create(staff.owner, "deal", values, via="test")
    task = changes.create(
        staff.owner, "task", {"subject": "Ring", "due": datetime(2026, 7, 1, 9, 30, tzinfo=UTC)}, via="test"
    )

    deals = rows_of("".join(export.as_csv(export.selection(staff.owner, "deal"), ["amount", "close_date"])))
    tasks = rows_of("".join(export.as_csv(export.selection(staff.owner, "task"), ["due"])))

    assert deals[1] == [str(deal.pk), "-1234.50 USD", "2026-02-01"]
    assert tasks[1] == [str(task.pk), "2026-07-01T09:30:00Z"]
    assert records.visible(staff.owner, "deal").count().number == 1


def test_links_with_columns_leave_and_return(staff: Staff) -> None:
    relate(
        staff.admin, "adviser", "Adviser", Side("company", "Advisers"), Side("contact", "Advises"), uuid7()
    )
    share = {"name": "Share", "kind": "percent", "of_object": "adviser"}
    changes.create(staff.admin, "custom_field", share, via="test")
    ends = {"company": {"name": "Acme"}, "contact": {"last_name": "Visser"}}
    made = {key: changes.create(staff.owner, key, given, via="test") for key, given in ends.items()}
    given = {key: Ref(key, each.pk) for key, each in made.items()} | {"share": "40"}
    link = changes.create(staff.owner, "adviser", given, via="test")
    text = "".join(export.as_csv(export.selection(staff.owner, "adviser")))

    same = bring_in(staff.owner, "adviser", text)
    changes.delete(staff.owner, link, via="test")
    anew = bring_in(staff.owner, "adviser", "Company,Contact,Share\nAcme,Visser,60\nAcme,Visser,70\n")

    [row] = records.visible(staff.owner, "adviser").matching("company = Acme").page().rows
    assert (counts(same), reasons(same)) == ({"unchanged": 1}, {})
    assert (counts(anew)["created"], len(reasons(anew)), row.values["share"]) == (1, 1, 60)
