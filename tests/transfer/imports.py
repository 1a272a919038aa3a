"""Imports of small files, as a person would make them and without the queue."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from aperto.kernel import changes, records
from aperto.kernel.access.actor import Actor
from aperto.kernel.objects.registry import registry
from aperto.transfer import run as runs
from aperto.transfer.choices import Choices
from aperto.transfer.models import ImportFailure, ImportRun
from tests.company import Staff

PEOPLE = """First name;Last name;Company;E-mail;Phone;City
Marieke;van Dijk;Van Dijk Logistiek;marieke@vandijk.example;010 555 0142;Rotterdam
Paulo;Nogueira;Nogueira Lda;paulo@nogueira.example;+351 21 555 0101;Lisboa
Jan;de Boer;van dijk logistiek;jan@vandijk.example;;Schiedam
"""
AGAIN = """First name,Last name,Company,E-mail,Job title
Ana,Silva,Other Ltd,ANA@acme.example,Director
Bram,Bos,,,
"""


def text_of(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue()


def begin(actor: Actor, object_key: str, text: str | bytes, **options: Any) -> ImportRun:
    """The run before it starts, with what was proposed and `options` of its choices."""
    content = text.encode() if isinstance(text, str) else text
    run = runs.begin(actor, registry.get(object_key), io.BytesIO(content), "people.csv", len(content))
    run.choices = replace(Choices.from_json(run.choices), **options).to_json()
    return run


def bring_in(actor: Actor, object_key: str, text: str | bytes, **options: Any) -> ImportRun:
    """A whole import."""
    run = begin(actor, object_key, text, **options)
    runs.carry_out_here(actor, run, lambda done, total: None)
    return run


def counts(run: ImportRun) -> dict[str, int]:
    """The counts that are not nought."""
    return {name: getattr(run, name) for name in runs.COUNTS if getattr(run, name)}


def reasons(run: ImportRun) -> dict[int, list[str]]:
    return dict(ImportFailure.objects.filter(run=run).values_list("number", "reasons"))


def titles(actor: Actor, object_key: str) -> list[str]:
    return sorted(row.title for row in records.visible(actor, object_key).iterate(("title",)))


def values(actor: Actor, object_key: str, title: str, *keys: str) -> Mapping[str, Any]:
    [row] = [row for row in records.visible(actor, object_key).iterate(keys) if row.title == title]
    return {key: row.values[key] for key in keys}


def existing(staff: Staff) -> Any:
    company = changes.create(staff.owner, "company", {"name": "Acme"}, via="test")
    given = {"first_name": "Ana", "last_name": "Silva", "emails": ["ana@acme.example", "ana@home.example"],
             "company": company.pk, "job_title": "Buyer"}  # fmt: skip
    return changes.create(staff.owner, "contact", given, via="test")
