"""Marks of access inside the text index of SQLite: three letters for each object, owner and team.

Three letters are one entry of a trigram index, so that "of this team, and with these words" is one
walk through the index. A mark is a hash; whoever reads still compares the real owner and team.
"""

from functools import lru_cache
from hashlib import blake2b
from uuid import UUID

FIRST, ALPHABET = 0x4E00, 20_000  # letters without case, which no name in the text is likely to hold


@lru_cache(maxsize=10_000)
def mark(object_key: str, kind: str = "", key: UUID | None = None) -> str:
    number = int.from_bytes(blake2b(f"{object_key}/{kind}/{key}".encode(), digest_size=8).digest())
    letters = []
    for _place in range(3):
        number, letter = divmod(number, ALPHABET)
        letters.append(chr(FIRST + letter))
    return "".join(letters)


def of_object(object_key: str) -> str:
    return mark(object_key)


def of_owner(object_key: str, owner: UUID) -> str:
    return mark(object_key, "owner", owner)


def of_team(object_key: str, team: UUID) -> str:
    return mark(object_key, "team", team)


def of_record(object_key: str, owner: UUID | None, team: UUID | None) -> str:
    found = [of_object(object_key)]
    if owner:
        found.append(of_owner(object_key, owner))
    if team:
        found.append(of_team(object_key, team))
    return " ".join(found)
