"""The same people as for lists."""

from tests.web.lists.conftest import browse, staff

__all__ = ["browse", "staff"]
