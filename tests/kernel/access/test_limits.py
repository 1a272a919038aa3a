"""A token's requests are counted for all web processes together."""

import pytest
from pytest_django import DjangoAssertNumQueries

from aperto.kernel.access import tokens
from aperto.kernel.access.limits import Portions
from aperto.kernel.access.models import ApiToken
from tests.company import staffed

NOW = 1_800_000_000.0


@pytest.fixture
def token(db: None) -> ApiToken:
    made, _secret = tokens.create(staffed().owner, name="Bench", scopes=["*:read"], expires_at=None)
    return made


def ask(process: Portions, token: ApiToken, limit: int, now: float) -> bool:
    """As a request does: by the token as it stands in the database then."""
    ApiToken.objects.filter(pk=token.pk).update(rate_limit=limit)
    return process.take(ApiToken.objects.get(pk=token.pk), now).allowed


def test_all_processes_together_grant_the_limit_and_no_more(token: ApiToken) -> None:
    processes = [Portions() for _ in range(3)]

    granted = sum(ask(processes[n % 3], token, 60, NOW) for n in range(200))

    assert granted == 60


def test_minute_refills_steadily_and_says_when(token: ApiToken) -> None:
    first, second = Portions(), Portions()
    assert [ask(first, token, 60, NOW) for _ in range(61)] == [True] * 60 + [False]

    token.refresh_from_db()
    assert second.take(token, NOW + 0.5).retry_after == 1
    assert [ask(second, token, 60, NOW + 10) for _ in range(11)] == [True] * 10 + [False]


def test_slow_caller_is_granted_all_however_the_requests_are_spread(token: ApiToken) -> None:
    processes = [Portions() for _ in range(4)]

    assert all(ask(processes[n % 4], token, 60, NOW + n) for n in range(180))


def test_fast_caller_costs_few_statements_and_a_slow_one_one_each(
    token: ApiToken, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    process = Portions()
    with django_assert_num_queries(14):
        assert all(process.take(token, NOW).allowed for _ in range(300))

    ApiToken.objects.update(used_until=0)
    with django_assert_num_queries(5):
        assert all(Portions().take(token, NOW + 3 * n).allowed for n in range(5))


def test_remaining_requests_are_told(token: ApiToken) -> None:
    process = Portions()

    told = [process.take(token, NOW + 3 * n).remaining for n in range(2)]

    assert told == [599, 599]
