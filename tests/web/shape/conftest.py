"""A firm and the browser of its administrator."""

import pytest
from django.test import Client

from tests.company import Staff, staffed
from tests.web.settings.test_settings import browser


@pytest.fixture
def staff(db: None) -> Staff:
    return staffed()


@pytest.fixture
def admin(staff: Staff) -> Client:
    return browser(staff, "admin")
