"""Addresses in place of ids: which record of this installation an entry means, and the other way round."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

ID = re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b")
TOKEN = re.compile(r"<([a-z_]+) ([^<>]+)>")
PLAIN = str.maketrans("<>", "‹›")


class Unknown(Exception):
    """No record has this address, or not yet."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@dataclass
class Names:
    ids: dict[tuple[str, str], UUID] = field(default_factory=dict)
    addresses: dict[UUID, tuple[str, str]] = field(default_factory=dict)

    def put(self, section: str, address: str, id: UUID) -> None:
        self.ids[section, address] = id
        self.addresses[id] = (section, address)

    def id(self, section: str, address: Any) -> UUID:
        found = self.ids.get((section, address)) if isinstance(address, str) else None
        if found is None:
            raise Unknown(str(address))
        return found

    def address(self, id: UUID) -> str | None:
        found = self.addresses.get(id)
        return None if found is None else found[1]

    def outward(self, value: Any) -> Any:
        """JSON in which <section address> stands for each id of a record that is configuration."""

        def named(match: re.Match[str]) -> str:
            found = self.addresses.get(UUID(match[0]))
            return f"<{found[0]} {found[1]}>" if found else match[0]

        return _deep(value, lambda text: ID.sub(named, text))

    def inward(self, value: Any, sections: Iterable[str]) -> Any:
        """The same back; Unknown for what names a section and nothing in it."""
        known = set(sections)

        def meant(match: re.Match[str]) -> str:
            return str(self.id(match[1], match[2])) if match[1] in known else match[0]

        return _deep(value, lambda text: TOKEN.sub(meant, text))


def _deep(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _deep(inner, change) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_deep(inner, change) for inner in value]
    return value


def address_of(parts: Iterable[Any], taken: Iterable[str]) -> str:
    """The parts as one line; the second of two that are called the same has a number."""
    plain = " / ".join(" ".join(str(part).split()) for part in parts if part).translate(PLAIN)
    address, number, held = plain, 2, set(taken)
    while address in held:
        address, number = f"{plain} #{number}", number + 1
    return address
