"""`Actor`: who reads or writes. It is an argument everywhere, never ambient state."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from aperto.kernel.access.scopes import Conditions, FieldRights, Grants, Scope, Verb, widest
from aperto.kernel.access.shared import Shared
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.viewer import Viewer

MOST_NARROWED = 50


@dataclass(frozen=True)
class Actor:
    """`kind` is "user", "token", "system" or "anonymous".

    `narrowed` are the scopes of an API token ("contact:read", "*:read"): what they do not name is refused,
    whatever the user behind the token may do. `conditions` and `field_rights` stand beside `grants`, one for
    each role, or are empty. What teams, roles and sharing rules come to is found when the actor is made.
    """

    kind: str
    user_id: UUID | None = None
    name: str = ""
    team_ids: tuple[UUID, ...] = ()
    team_id: UUID | None = None  # the team that a new record of this actor belongs to
    mates: frozenset[UUID] = frozenset()  # users of the actor's teams, the actor too
    below_ids: tuple[UUID, ...] = ()  # the actor's teams and all teams beneath them
    below_mates: frozenset[UUID] = frozenset()  # users of those teams, the actor too
    grantees: tuple[UUID, ...] = ()  # whom a share must name to reach the actor: user, teams, roles
    grants: tuple[Grants, ...] = ()
    conditions: tuple[Conditions, ...] = ()
    field_rights: tuple[FieldRights, ...] = ()
    shared: Mapping[str, tuple[Shared, ...]] = field(default_factory=dict)  # by sharing rules, by object
    singly: frozenset[str] = frozenset()  # objects of which single records are shared with the actor
    secluded: frozenset[str] = frozenset()  # objects of which some records are private
    narrowed: frozenset[str] | None = None
    viewer: Viewer = field(default_factory=Viewer)
    reason: str = ""
    behind: UUID | None = None  # the administrator who looks through this person's eyes, and only looks

    @cached_property
    def _scopes(self) -> dict[tuple[str, Verb], Scope]:
        return {}

    @cached_property
    def kept(self) -> dict[Any, Any]:
        """What others have found out about this actor's rights and need not find out again."""
        return {}

    @cached_property
    def _narrowed(self) -> dict[frozenset[str], Self]:
        return {}

    def scope(self, declaration: ObjectType, verb: Verb) -> Scope:
        """How far this actor's right reaches; NONE for whoever is not named by any role."""
        held = self._scopes.get((declaration.key, verb))
        if held is None:
            held = self._scopes[declaration.key, verb] = self._reckon(declaration, verb)
        return held

    def _reckon(self, declaration: ObjectType, verb: Verb) -> Scope:
        if self.kind == "system":
            return Scope.ALL
        if self.kind == "anonymous" or not self._names(declaration.key, verb):
            return Scope.NONE
        if declaration.administered:
            return self._configuration(declaration, verb)
        return widest(list(self.grants), declaration.key, verb)

    def _configuration(self, declaration: ObjectType, verb: Verb) -> Scope:
        """Stages, teams and the like: everybody reads them, whoever configures writes them. What is closed
        is read by administrators alone, with a token of theirs that only reads too."""
        if verb is not Verb.READ:
            return Scope.ALL if self.configures else Scope.NONE
        opens = not declaration.closed or widest(list(self.grants), "*", Verb.CONFIGURE) is Scope.ALL
        return Scope.ALL if opens else Scope.NONE

    def _names(self, object_key: str, verb: Verb) -> bool:
        if self.narrowed is None:
            return True
        return not self.narrowed.isdisjoint({"*:*", f"*:{verb}", f"{object_key}:*", f"{object_key}:{verb}"})

    def may(self, declaration: ObjectType, verb: Verb) -> bool:
        return self.scope(declaration, verb) is not Scope.NONE

    @property
    def configures(self) -> bool:
        """An administrator: whoever configures everything. A token does so only when its scopes say it."""
        if self.kind == "system":
            return True
        if self.kind not in {"user", "token"} or not self._names("*", Verb.CONFIGURE):
            return False
        return widest(list(self.grants), "*", Verb.CONFIGURE) is Scope.ALL

    def narrow(self, scopes: frozenset[str]) -> Self:
        """Kept with this actor, so that what is known of the narrowed one serves the next request too."""
        held = self._narrowed.get(scopes)
        if held is None:
            if len(self._narrowed) >= MOST_NARROWED:
                self._narrowed.clear()
            held = self._narrowed[scopes] = replace(self, kind="token", narrowed=scopes)
        return held


ANONYMOUS = Actor("anonymous")


def system(reason: str, viewer: Viewer | None = None) -> Actor:
    """The product itself at work (a migration of records, a nightly check); the reason goes into history."""
    if not reason:
        raise ValueError("say why no person stands behind this")
    return Actor("system", name=reason, reason=reason, viewer=viewer or Viewer())
