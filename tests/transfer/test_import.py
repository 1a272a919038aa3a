"""What becomes of the rows of a file."""

import pytest

from aperto.transfer.choices import Mode
from tests.company import Staff
from tests.transfer.imports import begin, bring_in, counts, reasons, titles, values

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
