"""What the tests of all pages share."""

import pytest

from tests.web import office as offices
from tests.web.office import Office


@pytest.fixture
def office(db: None) -> Office:
    return offices.found()
