"""What a page says that it shows, read with suspicion: whatever is none is left out."""

import json
from typing import Any
from uuid import UUID

from aperto.live.streams import Wish

MOST_RECORDS = 500
LARGEST = 64 * 1024


def read(body: bytes) -> tuple[str, Wish]:
    """The key of the stream, and the wish; ValueError for what cannot be read."""
    told = json.loads(body)
    if not isinstance(told, dict):
        raise ValueError("no object")
    held = told.get("versions")
    pairs = list(held.items())[:MOST_RECORDS] if isinstance(held, dict) else []
    versions = {UUID(key): version for key, version in pairs if isinstance(version, int)}
    wish = Wish(
        _text(told, "object"),
        versions,
        told.get("listing") is True,
        _key(told, "record"),
        _text(told, "editing"),
        _key(told, "since"),
    )
    return _text(told, "stream"), wish


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    return value[:63] if isinstance(value, str) else ""


def _key(told: dict[str, Any], name: str) -> UUID | None:
    text = _text(told, name)
    return UUID(text) if text else None
