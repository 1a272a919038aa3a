"""Lists sorted by owner: the rows of whoever comes first are found without reading those of everybody."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import User
from tests.kernel.query.invented import keep_all
from tests.kernel.query.test_paging import pages

NAMES = ("Zoë", "Ada", "bo", "Ada", "Cy")


@pytest.fixture
def named(db: None) -> dict[UUID, str]:
    """Names by owner; the last of them is gone, and two are called the same."""
    users = [
        User.objects.create_user(f"{number}@nordwijk.example", name=name) for number, name in enumerate(NAMES)
    ]
    owners: list[UUID | None] = [*(user.pk for user in users), uuid4(), None]
    keep_all("gadget", [{"owner": owner} for _turn in range(7) for owner in owners])
    return {user.pk: user.name.lower() for user in users}


@pytest.mark.parametrize("limit", [3, 10, 20])
@pytest.mark.parametrize("direction", ["", "-"])
def test_pages_by_owner_are_the_whole_list(
    named: dict[UUID, str], everybody: Actor, direction: str, limit: int
) -> None:
    whole = records.visible(everybody, "gadget").page(columns=("owner",), limit=500).rows
    owned = [row for row in whole if row.values["owner"]]
    order = sorted(owned, key=lambda row: (named.get(row.values["owner"].id, ""), row.id))
    absent = sorted(row.id for row in whole if not row.values["owner"])

    found = pages(everybody, "gadget", f"{direction}owner", limit)

    expected = [row.id for row in order] if not direction else [row.id for row in reversed(order)]
    assert found == expected + (absent[::-1] if direction else absent)


def test_only_rows_of_the_first_owners_are_sorted(named: dict[UUID, str], everybody: Actor) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        records.visible(everybody, "gadget").page(columns=("title",), sort="owner", limit=3)

    [read] = [query["sql"] for query in asked.captured_queries if "sort_owner" in query["sql"]]
    ada = next(key for key, name in named.items() if name == "ada")
    zoe = next(key for key, name in named.items() if name == "zoë")
    assert ada.hex not in read.replace("-", "")
    assert zoe.hex not in read.replace("-", "")
