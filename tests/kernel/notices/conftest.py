"""Two people who see everything, one who sees what is their own, and a gadget."""

from collections.abc import Iterator

import pytest

from aperto.kernel.access.models import User
from tests import firm
from tests.kernel.query import invented


@pytest.fixture(autouse=True)
def objects() -> Iterator[None]:
    with invented.declared():
        yield


@pytest.fixture
def ada(db: None) -> User:
    firm.found()
    return firm.user("ada@nordwijk.example", "administrator", name="Ada Lovelace")


@pytest.fixture
def ben(ada: User) -> User:
    return firm.user("ben@nordwijk.example", "manager", name="Ben Bakker")


@pytest.fixture
def cas(ada: User) -> User:
    return firm.user("cas@nordwijk.example", "user", name="Cas de Wit")
