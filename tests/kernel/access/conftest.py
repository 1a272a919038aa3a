import pytest

from aperto.kernel.access.models import User
from tests import firm
from tests.keepsake import kept


@pytest.fixture
def admin(db: None) -> User:
    return ada()


@kept
def ada() -> User:
    firm.found()
    return firm.user("ada@nordwijk.example", "administrator")


@pytest.fixture
def colleague(admin: User) -> User:
    return firm.user("ben@nordwijk.example")
