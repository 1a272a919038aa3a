"""How many requests a minute a token may make: one bucket per token, in the memory of this process.

Counting in the database would turn each read of the API into a write. So with several web processes a
token reaches at most its limit in each of them; the limit guards the machine, it is not a bill.
"""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from math import ceil
from uuid import UUID

KEPT = 10_000


@dataclass(frozen=True)
class Allowance:
    """`retry_after` are the seconds until the next request is welcome; 0 when this one is."""

    limit: int
    remaining: int
    retry_after: int

    @property
    def allowed(self) -> bool:
        return self.retry_after == 0


class Buckets:
    """A bucket holds a minute's requests and refills steadily."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._levels: OrderedDict[UUID, tuple[float, float]] = OrderedDict()

    def take(self, key: UUID, limit: int, now: float | None = None) -> Allowance:
        now = time.monotonic() if now is None else now
        with self._lock:
            level, read_at = self._levels.pop(key, (float(limit), now))
            level = min(float(limit), level + (now - read_at) * limit / 60)
            granted = level >= 1
            self._levels[key] = (level - 1 if granted else level, now)
            if len(self._levels) > KEPT:
                self._levels.popitem(last=False)
        if granted:
            return Allowance(limit, int(level - 1), 0)
        return Allowance(limit, 0, ceil((1 - level) * 60 / limit))


buckets = Buckets()
