"""How far one verb of one actor goes on one object: all roles, sharing rules and shares taken together.

Equal parts are collapsed, so that sixty roles and five hundred rules come to a few lists of keys.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from uuid import UUID

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import WIDTH, Grants, Scope, Verb, granted
from aperto.kernel.access.shared import Shared
from aperto.kernel.objects.declaration import ObjectType

ENDS = "@"  # no filter begins so: before the verb that must reach the ends of a relation
WIDENED = {Verb.READ: False, Verb.EDIT: True}  # verbs that sharing widens; whether the share must say "edit"


@dataclass(frozen=True)
class Area:
    """Records by whose they are: all, or those of these owners and teams."""

    everything: bool = False
    owners: frozenset[UUID] = frozenset()
    teams: frozenset[UUID] = frozenset()

    def __bool__(self) -> bool:
        return self.everything or bool(self.owners) or bool(self.teams)

    def __or__(self, other: "Area") -> "Area":
        if self.everything or other.everything:
            return EVERYTHING
        return Area(owners=self.owners | other.owners, teams=self.teams | other.teams)

    def without(self, other: "Area") -> "Area":
        """What is left when the other area is open already."""
        if self.everything or other.everything:
            return NOTHING if other.everything else self
        return Area(owners=self.owners - other.owners, teams=self.teams - other.teams)

    def holds(self, owner: UUID | None, team: UUID | None) -> bool:
        return self.everything or owner in self.owners or team in self.teams


EVERYTHING, NOTHING = Area(everything=True), Area()


@dataclass(frozen=True)
class Reach:
    """`plain` is without a condition; `filtered` are areas that hold only what fulfils a filter. With
    `singly`, records that are shared one by one are reached besides; with `secluded`, private records are
    not, unless they are the actor's own or shared one by one."""

    plain: Area = NOTHING
    filtered: tuple[tuple[str, Area], ...] = ()
    singly: bool = False
    secluded: bool = False

    @property
    def is_everything(self) -> bool:
        return self.plain.everything and not self.secluded

    @property
    def is_nothing(self) -> bool:
        return not (self.plain or self.filtered or self.singly)

    @property
    def is_plain(self) -> bool:
        """Whether owner and team alone tell what is reached."""
        return not (self.filtered or self.singly or self.secluded)


def reach_of(actor: Actor, declaration: ObjectType, verb: Verb) -> Reach:
    held = actor.kept.get((Reach, declaration.key, verb))
    if held is None:
        held = actor.kept[Reach, declaration.key, verb] = _reckon(actor, declaration, verb)
    assert isinstance(held, Reach)
    return held


def _reckon(actor: Actor, declaration: ObjectType, verb: Verb) -> Reach:
    """Sharing widens a verb that some role gives; what no role gives it does not bring."""
    widest = actor.scope(declaration, verb)
    if widest is Scope.NONE:
        return Reach()
    if actor.kind == "system" or declaration.administered:
        return Reach(EVERYTHING)
    if declaration.ends:
        return _through_ends(actor, declaration, verb)
    if declaration.subject:
        return _through_subject(actor, declaration, verb)
    filtered = [(text, _area(actor, scope)) for text, scope in _conditional(actor, declaration.key, verb)]
    plain = _area(actor, _unconditional(actor, declaration.key, verb))
    if verb in WIDENED:
        rules = [each for each in actor.shared.get(declaration.key, ()) if each.edit or not WIDENED[verb]]
        plain = _joined([plain, *(_area_of(each) for each in rules if not each.filter)])
        filtered += [(each.filter, _area_of(each)) for each in rules if each.filter]
    return Reach(
        plain,
        _collapsed((text, area.without(plain)) for text, area in filtered),
        singly=verb in WIDENED and declaration.key in actor.singly,
        secluded=declaration.key in actor.secluded and not actor.configures,
    )


def _through_ends(actor: Actor, declaration: ObjectType, verb: Verb) -> Reach:
    """A relation belongs to nobody: whoever has the verb at all reaches those whose ends they reach."""
    return _ending(actor, declaration, verb, EVERYTHING)


def _through_subject(actor: Actor, declaration: ObjectType, verb: Verb) -> Reach:
    """What is said of a record is read by whoever sees the record, but changed and taken back only by whoever
    said it; administrators may take it away."""
    reading = verb in (Verb.READ, Verb.EXPORT) or (verb is Verb.DELETE and actor.configures)
    own = frozenset([actor.user_id] if actor.user_id else [])
    return _ending(actor, declaration, verb, EVERYTHING if reading else Area(owners=own))


def told_by_subject(actor: Actor, declaration: ObjectType) -> bool:
    """Whether who sees the subject may read what is said of it, all of it, without a further condition."""
    reach = reach_of(actor, declaration, Verb.READ)
    if reach.is_nothing or not declaration.subject:
        return False
    return reach.is_everything or all(text == f"{ENDS}{Verb.READ}:" for text, _area in reach.filtered)


def _ending(actor: Actor, declaration: ObjectType, verb: Verb, area: Area) -> Reach:
    if verb is Verb.SHARE:
        return Reach()
    texts = {text for scope, text in _by_role(actor, declaration.key, verb) if scope is not Scope.NONE}
    return Reach(filtered=tuple((f"{ENDS}{verb}:{text}", area) for text in sorted(texts)))


def _area(actor: Actor, scope: Scope) -> Area:
    own = frozenset([actor.user_id] if actor.user_id else [])
    match scope:
        case Scope.ALL:
            return EVERYTHING
        case Scope.BELOW:
            return Area(owners=own, teams=frozenset(actor.below_ids or actor.team_ids))
        case Scope.TEAM:
            return Area(owners=own, teams=frozenset(actor.team_ids))
        case Scope.OWN:
            return Area(owners=own)
        case _:
            return NOTHING


def _area_of(shared: Shared) -> Area:
    return EVERYTHING if shared.owners is None else Area(owners=shared.owners)


def reach_of_share(shared: Shared) -> Reach:
    """What one sharing rule opens by itself."""
    area = _area_of(shared)
    return Reach(filtered=((shared.filter, area),)) if shared.filter else Reach(area)


def _by_role(actor: Actor, object_key: str, verb: Verb) -> Iterable[tuple[Scope, str]]:
    """What each role gives, with its condition."""
    none: Grants = {}
    for grants, conditions in zip_longest(actor.grants, actor.conditions, fillvalue=none):
        yield granted(grants, object_key, verb), conditions.get(object_key, {}).get(verb, "")


def _unconditional(actor: Actor, object_key: str, verb: Verb) -> Scope:
    scopes = [scope for scope, text in _by_role(actor, object_key, verb) if not text]
    return max(scopes, key=lambda scope: WIDTH[scope], default=Scope.NONE)


def _conditional(actor: Actor, object_key: str, verb: Verb) -> set[tuple[str, Scope]]:
    return {(text, scope) for scope, text in _by_role(actor, object_key, verb) if text}


def _joined(areas: Sequence[Area]) -> Area:
    """One area of all; made of sets at once, because there may be hundreds."""
    if any(each.everything for each in areas):
        return EVERYTHING
    return Area(
        owners=frozenset().union(*(each.owners for each in areas)),
        teams=frozenset().union(*(each.teams for each in areas)),
    )


def _collapsed(filtered: Iterable[tuple[str, Area]]) -> tuple[tuple[str, Area], ...]:
    by_text: dict[str, Area] = {}
    for text, area in filtered:
        if area:
            by_text[text] = by_text.get(text, NOTHING) | area
    return tuple(sorted(by_text.items(), key=lambda each: each[0]))
