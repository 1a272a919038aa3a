from tests.kernel.notices.conftest import ada, ben, cas, objects

__all__ = ["ada", "ben", "cas", "objects"]
