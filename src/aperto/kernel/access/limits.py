"""How many requests a minute a token may make, counted in the database, so that all web processes share it.

A write for each read would be dear. So a process takes requests in advance, the more the faster a caller is:
one for who comes now and then, a twentieth of the minute at the most. What it has taken is counted already,
so that all together never grant more than the limit.
"""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from math import ceil
from uuid import UUID

from django.db import connections, router

from aperto.kernel.access.models import ApiToken

KEPT = 10_000
MINUTE = 60.0
SHARE = 20  # at the most this part of a minute's requests is taken at once
LIFE = 2.0  # seconds after which what was taken in advance is given up


@dataclass(frozen=True)
class Allowance:
    """`retry_after` are the seconds until the next request is welcome; 0 when this one is."""

    limit: int
    remaining: int
    retry_after: int

    @property
    def allowed(self) -> bool:
        return self.retry_after == 0


@dataclass
class Portion:
    """What this process has taken in advance: of so many requests so many are left, until then; `remaining`
    are those that were left to all processes."""

    size: int
    left: int
    until: float
    remaining: int


class Portions:
    """The requests that one process may grant without asking."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: OrderedDict[UUID, Portion] = OrderedDict()

    def take(self, token: ApiToken, now: float | None = None) -> Allowance:
        """`token` as it was read for this request."""
        now, limit = time.time() if now is None else now, token.rate_limit
        with self._lock:
            held = self._held.get(token.pk)
            lively = held is not None and now < held.until
            if held is not None and lively and held.left:
                held.left -= 1
                return Allowance(limit, held.remaining + held.left, 0)
        wanted = min(held.size * 2, max(1, limit // SHARE)) if held is not None and lively else 1
        for size in dict.fromkeys((wanted, 1)):
            if debit(token, size, now):
                return self._keep(token, size, now)
        return Allowance(limit, 0, max(1, ceil(token.used_until + MINUTE / limit - MINUTE - now)))

    def _keep(self, token: ApiToken, size: int, now: float) -> Allowance:
        ahead = max(token.used_until - now, 0)
        remaining = max(int((MINUTE - ahead) * token.rate_limit / MINUTE) - size, 0)
        with self._lock:
            self._held[token.pk] = Portion(size, size - 1, now + LIFE, remaining)
            self._held.move_to_end(token.pk)
            if len(self._held) > KEPT:
                self._held.popitem(last=False)
        return Allowance(token.rate_limit, remaining + size - 1, 0)


TAKE = """
UPDATE kernel_api_token SET used_until = CASE WHEN used_until > %s THEN used_until ELSE %s END + %s
WHERE id = %s AND used_until <= %s
"""


def debit(token: ApiToken, size: int, now: float) -> bool:
    """Takes so many requests of the minute by one statement; False where not as many are left.

    `used_until` is the moment at which all that was taken would have been asked at a steady pace: a minute
    ahead of now, and nothing is left."""
    connection = connections[router.db_for_write(ApiToken)]
    key = ApiToken._meta.pk.get_db_prep_value(token.pk, connection)
    cost = size * MINUTE / token.rate_limit
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [now, now, cost, key, now + MINUTE - cost])
        return bool(cursor.rowcount)


portions = Portions()
