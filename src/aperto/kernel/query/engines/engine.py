"""The questions whose answer depends on the engine; a subclass for each engine answers them."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django.db.models import QuerySet

type Rows = QuerySet[Any, Any]


class Engine(ABC):
    """Stateless: one instance serves every thread."""

    vendor: ClassVar[str]

    @abstractmethod
    def estimate(self, rows: Rows, floor: int) -> int:
        """About how many rows there are when they are more than `floor`; its cost does not grow with them."""
