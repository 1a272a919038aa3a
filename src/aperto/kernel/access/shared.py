"""What sharing rules come to for one actor."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Shared:
    """Records of these owners (None: of anybody) that fulfil the filter ("": all of them)."""

    owners: frozenset[UUID] | None
    filter: str
    edit: bool  # to be changed as well as read
