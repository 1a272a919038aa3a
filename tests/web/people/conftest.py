"""Three people: an administrator, an ordinary user, and a visitor."""

from collections.abc import Callable

import pytest
from django.test import Client

from aperto.kernel.access.models import User
from tests import firm
from tests.keepsake import kept


@pytest.fixture
def admin(db: None) -> User:
    return ada()


@kept
def ada() -> User:
    firm.found()
    return firm.user("ada@nordwijk.example", "administrator", name="Ada Lund")


@pytest.fixture
def colleague(admin: User) -> User:
    return firm.user("ben@nordwijk.example", name="Ben Oort")


type SignIn = Callable[[User], Client]


@pytest.fixture
def signed_in(admin: User) -> SignIn:
    """A browser in which this user has signed in by password."""

    def sign_in(user: User) -> Client:
        client = Client()
        answer = client.post("/account/login/", {"login": user.email, "password": firm.PASSWORD})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return sign_in
