"""The organisation's row, read at most every few seconds by each process."""

import time

from aperto.kernel.access.models import Organisation

FRESH = 5.0  # seconds
_held: tuple[float, Organisation | None] = (0.0, None)


def current() -> Organisation:
    """The organisation; an unsaved one with defaults before the first run has named it."""
    global _held
    read_at, row = _held
    if row is None or time.monotonic() - read_at > FRESH:
        row = Organisation.objects.filter(pk=1).first()
        _held = (time.monotonic(), row)
    return row or Organisation(name="Aperto")


def save(organisation: Organisation) -> None:
    organisation.save()
    forget()


def forget() -> None:
    global _held
    _held = (0.0, None)
