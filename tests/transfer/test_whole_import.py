"""Imports from the first row to the last, and back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aperto.kernel import changes, records
from aperto.transfer import run as runs
from aperto.transfer.choices import Mode
from aperto.transfer.models import ImportRun
from aperto.transfer.reading import Unreadable
from tests.company import Staff
from tests.snapshot import unchanged
from tests.transfer.imports import (
    AGAIN,
    PEOPLE,
    begin,
    bring_in,
    counts,
    existing,
    reasons,
    text_of,
    titles,
    values,
)


def test_rows_become_records_with_their_companies(staff: Staff) -> None:
    run = bring_in(staff.owner, "contact", PEOPLE)

    assert counts(run) == {"created": 3}
    assert (run.rows, run.linked, run.state) == (3, 2, "done")
    assert titles(staff.owner, "company") == ["Nogueira Lda", "Van Dijk Logistiek"]
    jan = values(staff.owner, "contact", "Jan de Boer", "company", "address", "owner")
    assert jan["company"].title == "Van Dijk Logistiek"
    assert jan["address"]["city"] == "Schiedam"
    assert jan["owner"].id == staff.owner.user_id


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
    changes.save(
        staff.actor("colleague"),
        records.visible(staff.owner, "contact").get(jan.id),
        {"job_title": "CEO"},
        via="test",
    )

    undone = changes.undo_batch(staff.owner, run.batch, via="import")

    assert (undone.undone, undone.kept) == (4, 1)
    assert titles(staff.owner, "contact") == ["Jan de Boer"]


def test_number_of_queries_does_not_grow_with_the_rows(staff: Staff) -> None:
    def cost(rows: int, first: int) -> int:
        lines = [
            [f"Name {n}", f"Company {n}", f"n{n}@x.example", f"+316{10_000_000 + n}"]
            for n in range(first, first + rows)
        ]
        run = begin(staff.owner, "contact", text_of([["Last name", "Company", "E-mail", "Phone"], *lines]))
        with CaptureQueriesContext(connection) as captured:
            runs.carry_out_here(staff.owner, run, lambda done, total: None)
        assert counts(run) == {"created": rows}
        return len(captured.captured_queries)

    cost(30, 0)  # what is read once and then remembered
    assert cost(100, 100) == cost(400, 1_000)  # both bring waiting search entries in


CELLS = st.sampled_from(
    ["", "Ana", "Bos", "a@x.example", "b@x.example", "x", "31/12/2000", "=1", "K1", "K2", "\0", "€ 5"]
)


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
