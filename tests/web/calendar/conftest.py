from tests.web.lists.conftest import browse, staff, steady

__all__ = ["browse", "staff", "steady"]
