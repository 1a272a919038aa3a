"""For whom a layout is: everybody, or people of a role, of a team, or of both."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from aperto.web.people.choices import role_choices, team_choices


@dataclass(frozen=True)
class Audience:
    """Keys as the address and the records hold them; both empty: everybody."""

    role: str = ""
    team: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """What is no role or team of ours is nobody, and so everybody."""
        role, team = query.get("role", ""), query.get("team", "")
        return cls(
            role if role in dict(role_choices()) else "",
            team if team in dict(team_choices()) else "",
        )

    @property
    def query(self) -> str:
        named = {key: value for key, value in (("role", self.role), ("team", self.team)) if value}
        return f"?{urlencode(named)}" if named else ""

    @property
    def label(self) -> str:
        named = [
            dict(choices).get(key, "")
            for key, choices in ((self.role, role_choices()), (self.team, team_choices()))
            if key
        ]
        return " · ".join(str(name) for name in named) or _("Everybody")

    def url(self, object_key: str, place: str) -> str:
        return reverse("layout", args=[object_key, place]) + self.query


def of_keys(role: str | None, team: UUID | None) -> Audience:
    return Audience(role or "", str(team) if team else "")


def distinct(audiences: Iterable[Audience]) -> list[Audience]:
    return list(dict.fromkeys(audiences))
