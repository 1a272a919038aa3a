"""Statements that are kept: asked again with other values they answer as if they had been made anew."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import F, Q, QuerySet

from aperto.kernel.access.models import User
from aperto.kernel.query import statements
from aperto.kernel.query.engines.expressions import among_keys
from aperto.kernel.query.statements import Word, fetch, instances, number
from tests import firm

MADE: list[int] = []


def emails(*conditions: Q) -> list[Any]:
    def build(given: Any) -> "QuerySet[Any, Any]":
        MADE.append(len(given))
        return User.objects.filter(*given).order_by("email").values_list("email", "created_at")

    return [row[0] for row in fetch(User, ("emails of a test",), conditions, build)]


@pytest.fixture
def people(db: None) -> dict[str, UUID]:
    firm.found()
    statements.forget()
    MADE.clear()
    return {name: firm.user(f"{name}@nordwijk.example", "administrator").pk for name in ("ada", "bo", "cy")}


def test_statement_is_made_once_for_all_keys(people: dict[str, UUID]) -> None:
    asked = [emails(Q(pk=key)) for key in people.values()]

    assert asked == [["ada@nordwijk.example"], ["bo@nordwijk.example"], ["cy@nordwijk.example"]]
    assert MADE == [1]


def test_lists_of_keys_share_a_statement(people: dict[str, UUID]) -> None:
    assert len(emails(among_keys("pk", list(people.values())))) == 3
    assert emails(among_keys("pk", [people["bo"], uuid4()])) == ["bo@nordwijk.example"]
    assert MADE == [1]


def test_no_keys_find_nothing_and_spoil_nothing(people: dict[str, UUID]) -> None:
    assert emails(among_keys("pk", [])) == []
    assert emails(among_keys("pk", [people["cy"]])) == ["cy@nordwijk.example"]


def test_plain_values_are_part_of_the_shape(people: dict[str, UUID]) -> None:
    assert emails(Q(email__startswith="a")) == ["ada@nordwijk.example"]
    assert emails(Q(email__startswith="b")) == ["bo@nordwijk.example"]
    assert emails(~Q(email__startswith="b")) == ["ada@nordwijk.example", "cy@nordwijk.example"]


def test_moments_are_put_in_their_place(people: dict[str, UUID]) -> None:
    first, second, third = User.objects.order_by("created_at").values_list("created_at", flat=True)

    assert len(emails(Q(created_at__gt=first))) == 2
    assert len(emails(Q(created_at__gt=second))) == 1
    assert emails(Q(created_at__gt=third)) == []
    assert MADE == [1]


def test_values_come_back_as_django_gives_them(people: dict[str, UUID]) -> None:
    names = ("pk", "is_active", "created_at", "stamp", "main_team")

    def build(given: Any) -> "QuerySet[Any, Any]":
        return User.objects.filter(*given).order_by("pk").values_list(*names)

    assert fetch(User, ("all of a test",), [], build) == list(build([]))


def test_another_query_inside_is_asked_as_before(people: dict[str, UUID]) -> None:
    inner = User.objects.filter(email__startswith="c").values("pk")

    for _time in range(2):
        assert emails(Q(pk__in=inner), Q(email=F("email"))) == ["cy@nordwijk.example"]
    assert MADE == [2, 2]


def test_words_and_numbers_share_a_statement(people: dict[str, UUID]) -> None:
    def asked(name: str) -> int:
        def build(given: Any) -> "QuerySet[Any, Any]":
            MADE.append(len(given))
            return User.objects.filter(*given).values_list("pk")[:5]

        return number(User, ("people of a test",), [Q(email=Word(f"{name}@nordwijk.example"))], build)

    assert [asked("ada"), asked("nobody"), asked("bo")] == [1, 0, 1]
    assert MADE == [1]


def test_whole_rows_are_models(people: dict[str, UUID]) -> None:
    [ada] = instances(User, "people of a test", [Q(pk=people["ada"])])

    assert ada == User.objects.filter(pk=people["ada"]).first()
    assert ada.created_at == User.objects.filter(pk=people["ada"]).values_list("created_at", flat=True)[0]
    assert instances(User, "people of a test", [Q(pk=uuid4())]) == []
