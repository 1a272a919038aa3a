"""Timelines are looked at by the same people as lists."""

from tests.web.lists.conftest import browse, staff, steady

__all__ = ["browse", "staff", "steady"]
