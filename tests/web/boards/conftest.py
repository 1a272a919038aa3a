"""The same people as for lists."""

from tests.web.lists.conftest import browse, staff, steady

__all__ = ["browse", "staff", "steady"]
