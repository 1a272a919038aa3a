"""Keys of records: UUIDv7 (RFC 9562), sortable by time and made before the row exists."""

import os
import threading
import time
from datetime import datetime
from uuid import UUID

from aperto.kernel.errors import Missing

_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """A version 7 UUID, strictly increasing within this process.

    The 12 bits after the millisecond count on within one millisecond (RFC 9562 §6.2, method 3), so that
    rows made in one batch keep their order.
    """
    global _last
    with _lock:
        nanoseconds = time.time_ns()
        stamp = (nanoseconds // 1_000_000 << 12) | (nanoseconds % 1_000_000 * 4096 // 1_000_000)
        _last = stamp = max(stamp, _last + 1)
    return _key(stamp)


def uuid7_at(moment: datetime) -> UUID:
    """A key as it would have been made then, for what moves in with its past; it sorts among that time's."""
    return _key(int(moment.timestamp() * 1_000) << 12 | int.from_bytes(os.urandom(2)) & 0xFFF)


def _key(stamp: int) -> UUID:
    """`stamp` is the milliseconds since 1970 and 12 bits within the millisecond."""
    tail = int.from_bytes(os.urandom(8)) & 0x3FFF_FFFF_FFFF_FFFF
    return UUID(int=(stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0b10 << 62 | tail)


def key_of(text: str) -> UUID | None:
    """The key that an address names, None where it names none; Missing for what no record can have."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Missing(text) from None
