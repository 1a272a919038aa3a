import pytest

from tests import company
from tests.company import Staff


@pytest.fixture
def staff(db: None) -> Staff:
    return company.staffed()
