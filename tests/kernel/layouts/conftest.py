import pytest

from tests.company import Staff, staffed


@pytest.fixture
def staff(db: None) -> Staff:
    return staffed()
