"""Where a section goes on, as text in an address. It comes back from outside, so it is read with distrust."""

import base64
import binascii
from datetime import UTC, datetime
from uuid import UUID

from aperto.kernel.errors import Missing
from aperto.kernel.worklist import Mark

LONGEST = 200


def write(mark: Mark) -> str:
    at = mark.at.astimezone(UTC).isoformat() if mark.at else ""
    return base64.urlsafe_b64encode(f"{at} {mark.id.hex}".encode()).decode().rstrip("=")


def read(text: str) -> Mark:
    """Missing for what is no cursor."""
    try:
        if len(text) > LONGEST:
            raise ValueError
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        at, key = packed.decode("ascii").split(" ")
        moment = datetime.fromisoformat(at).astimezone(UTC) if at else None
        return Mark(moment, UUID(hex=key))
    except (ValueError, OverflowError, binascii.Error):
        raise Missing(text) from None
