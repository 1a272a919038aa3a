"""Mappings are remembered, proposed for the same columns, and closed to whoever they are not for."""

import pytest

from aperto.kernel import changes
from aperto.kernel.access.actor import Actor
from aperto.kernel.configuration.apply import apply
from aperto.kernel.configuration.compare import compare
from aperto.kernel.configuration.export import as_yaml
from aperto.kernel.configuration.understand import understand
from aperto.kernel.errors import Missing, Refused
from aperto.transfer import mappings
from aperto.transfer.choices import Choices, Format, Mode
from aperto.transfer.models import SavedMapping
from tests.company import Staff
from tests.snapshot import unchanged
from tests.transfer.imports import begin

HEADER = ["Surname", "Dial", "Firm"]
CHOICES = Choices(
    {0: "last_name", 1: "phones.home", 2: "company"}, {1: Format(country="PT")}, ("phones",), Mode.UPDATE
)
FILE = "Firm,Dial,Surname\nAcme,21 555 0101,Silva\n"


def kept(actor: Actor, *, shared: bool = False) -> SavedMapping:
    return mappings.remember(actor, "contact", " The  fair ", HEADER, CHOICES, shared=shared)


def test_file_with_the_same_columns_gets_it_proposed(staff: Staff) -> None:
    kept(staff.owner)

    found = Choices.from_json(begin(staff.owner, "contact", FILE).choices)

    assert dict(found.mapping) == {2: "last_name", 1: "phones.home", 0: "company"}
    assert (dict(found.formats), found.match, found.mode) == (
        {1: Format(country="PT")},
        ("phones",),
        Mode.UPDATE,
    )


def test_ones_own_is_nobody_elses(staff: Staff) -> None:
    mapping = kept(staff.owner)

    assert mappings.listed(staff.actor("colleague"), "contact") == []
    for name in ("colleague", "manager"):
        with unchanged(), pytest.raises(Missing):
            mappings.get(staff.actor(name), mapping.pk)


def test_only_administrators_share_and_forget_what_is_shared(staff: Staff) -> None:
    with unchanged(), pytest.raises(Refused):
        kept(staff.owner, shared=True)
    mapping = kept(staff.admin, shared=True)

    assert mappings.listed(staff.owner, "contact") == [mapping]
    with unchanged(), pytest.raises(Refused):
        mappings.forget(staff.owner, mapping)


def test_same_name_replaces(staff: Staff) -> None:
    first, second = kept(staff.owner), kept(staff.owner)

    assert (first.pk, first.name) == (second.pk, "The fair")
    mappings.forget(staff.owner, second)
    assert not SavedMapping.objects.exists()


def test_fields_that_are_hidden_fall_out(staff: Staff) -> None:
    mapping = kept(staff.admin, shared=True)
    grants = {"*": {"read": "all", "create": "all", "edit": "all", "import": "all"}}
    rights = ({"contact": {"phones": "hidden"}},)
    narrow = Actor("user", staff.owner.user_id, grants=(grants,), field_rights=rights)

    found = mappings.applied(narrow, mapping, HEADER)

    assert dict(found.mapping) == {0: "last_name", 2: "company"}


def test_shared_ones_are_part_of_the_configuration(staff: Staff) -> None:
    kept(staff.owner)
    mapping = kept(staff.admin, shared=True)
    document = as_yaml(staff.admin)
    mappings.forget(staff.admin, mapping)

    batch = apply(staff.admin, compare(staff.admin, understand(document)))

    again = SavedMapping.objects.get(shared=True)
    assert (again.name, again.columns, again.choices) == ("The fair", HEADER, mapping.choices)
    changes.undo_batch(staff.admin, batch, via="test")
    assert not SavedMapping.objects.filter(shared=True).exists()
