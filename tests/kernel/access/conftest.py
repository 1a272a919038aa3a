import pytest

from aperto.kernel.access.models import User
from tests import firm


@pytest.fixture
def admin(db: None) -> User:
    firm.found()
    return firm.user("ada@nordwijk.example", "administrator")


@pytest.fixture
def colleague(admin: User) -> User:
    return firm.user("ben@nordwijk.example")
