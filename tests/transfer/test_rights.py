"""An import does nothing that its user may not do."""

import pytest

from aperto.kernel import changes, records
from aperto.kernel.errors import Refused
from aperto.transfer.choices import Mode
from tests.company import Staff
from tests.snapshot import unchanged
from tests.transfer.imports import PEOPLE, begin, bring_in, counts, reasons


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
    record = changes.create(
        staff.actor("manager"), "contact", {"last_name": "Bos", "external_id": "K1"}, via="test"
    )
    grants = {"*": {"read": "all", "create": "own", "edit": "own", "import": "all"}}
    narrow = type(staff.owner)("user", staff.owner.user_id, grants=(grants,))

    run = bring_in(narrow, "contact", "Last name,External id,Department\nBos,K1,Sales\n", mode=Mode.UPDATE)

    assert reasons(run) == {2: ["You may not write this record."]}
    assert records.visible(staff.admin, "contact").get(record.pk).version == 1


def test_unknown_key_is_refused(staff: Staff) -> None:
    other = changes.create(staff.actor("outsider"), "contact", {"last_name": "Bos"}, via="test")

    run = bring_in(staff.owner, "contact", f"Id,Last name\n{other.pk},Vos\n")

    assert reasons(run) == {2: ["No record has this key, or you may not see it."]}
