from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from aperto.kernel.access import links
from aperto.kernel.access.models import SignInLink, User


def test_link_signs_in_once(colleague: User) -> None:
    token = links.make(colleague)

    first, second = links.use(token), links.use(token)

    assert first == colleague
    assert second is None


def test_link_is_kept_as_a_hash(colleague: User) -> None:
    token = links.make(colleague)

    row = SignInLink.objects.get()

    assert token not in str(row.__dict__)
    assert len(row.hash) == 64


def test_link_expires(colleague: User) -> None:
    token = links.make(colleague, minutes=15)

    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert not links.is_usable(token)
        assert links.use(token) is None


def test_new_link_ends_the_former_one(colleague: User) -> None:
    former = links.make(colleague)
    links.make(colleague)

    assert links.use(former) is None


def test_link_of_a_deactivated_user_opens_nothing(colleague: User) -> None:
    token = links.make(colleague)
    User.objects.filter(pk=colleague.pk).update(is_active=False)

    assert links.use(token) is None


@pytest.mark.parametrize("token", ["", "x", "\0", "é" * 50, "a" * 10_000])
def test_rubbish_opens_nothing(db: None, token: str) -> None:
    assert links.use(token) is None


@pytest.mark.django_db(transaction=True)
def test_two_at_once_let_one_in(colleague: User) -> None:
    token = links.make(colleague)

    def use() -> User | None:
        try:
            return links.use(token)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: use(), range(8)))

    assert [user for user in found if user] == [colleague]
