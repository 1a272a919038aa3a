"""The sections of the page with their lines: the same few statements however much there is to do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from aperto.kernel import worklist
from aperto.kernel.access import rules
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.rules import Owned
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Missing
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query import rows
from aperto.kernel.worklist import ENDED, SECTIONS, Entry, Mark, Section
from aperto.web.people import looks
from aperto.web.records.about import activities
from aperto.web.records.steps import due_text, state_of
from aperto.web.records.subjects import subjects
from aperto.web.tasks import cursors

SHOWN = 10
MORE = 25
COUNTED = 100  # more than this are not counted, but said to be many


@dataclass(frozen=True)
class Line:
    """One activity. What cannot be ended or put off by the actor has no address to do so."""

    url: str
    id: UUID
    title: str
    icon: str
    label: str
    due: str
    state: str
    about: Ref | None
    owner: Ref | None
    ended: bool
    editable: bool

    @property
    def initials(self) -> str:
        return looks.initials(self.owner.title) if self.owner else ""

    @property
    def hue(self) -> str:
        return looks.hue(self.owner.id) if self.owner else "slate"


@dataclass(frozen=True)
class Shown:
    """A section, or a page of it; `more` is the cursor of what follows."""

    section: Section
    lines: list[Line]
    count: str
    more: str = ""


def tracked(actor: Actor) -> list[ObjectType]:
    return worklist.tracked(actor, activities(actor))


def section_of(key: str) -> Section:
    """Missing for a word that names none."""
    for each in SECTIONS:
        if each.key == key:
            return each
    raise Missing(key)


def sections(actor: Actor, wanted: Mapping[str, int]) -> list[Shown]:
    """All sections; `wanted` says of how many a reader has opened more than the first lines."""
    found = worklist.entries(actor, tracked(actor), SECTIONS, COUNTED + 1)
    some = {key: entries[: wanted.get(key, SHOWN)] for key, entries in found.items()}
    lines = _lines(actor, [(each, some[each.key]) for each in SECTIONS])
    return [
        Shown(each, lines[each.key], _count(len(found[each.key])), _more(found[each.key], some[each.key]))
        for each in SECTIONS
    ]


def page(actor: Actor, section: Section, after: Mark | None) -> Shown:
    found = worklist.entries(actor, tracked(actor), [section], MORE + 1, after)[section.key]
    shown = found[:MORE]
    return Shown(section, _lines(actor, [(section, shown)])[section.key], "", _more(found, shown))


def _count(number: int) -> str:
    return f"{COUNTED - 1}+" if number > COUNTED - 1 else str(number)


def _more(found: Sequence[Entry], shown: Sequence[Entry]) -> str:
    return cursors.write(shown[-1].mark) if shown and len(found) > len(shown) else ""


def _lines(actor: Actor, found: Sequence[tuple[Section, Sequence[Entry]]]) -> dict[str, list[Line]]:
    every = [entry for _section, entries in found for entry in entries]
    about = subjects(actor, [(each.declaration, each.row.id) for each in every])
    editable = _editable(actor, every)
    owners = rows.titles(actor, "user", {owner.id for each in every if (owner := each.row.values["owner"])})
    return {
        section.key: [
            _line(actor, each, section, about.get(each.row.id), owners, each.row.id in editable)
            for each in entries
        ]
        for section, entries in found
    }


def _editable(actor: Actor, found: Iterable[Entry]) -> set[UUID]:
    """Asked once for each object, whatever the rights hang on."""
    held: dict[str, tuple[ObjectType, list[Owned]]] = {}
    for each in found:
        owner, team = each.row.values["owner"], each.row.values["team"]
        _declaration, owned = held.setdefault(each.declaration.key, (each.declaration, []))
        owned.append(Owned(each.row.id, owner and owner.id, team and team.id))
    allowed = [rules.allowed(actor, of, Verb.EDIT, owned) for of, owned in held.values()]
    return set[UUID]().union(*allowed)


def _line(
    actor: Actor, each: Entry, section: Section, about: Ref | None, owners: Mapping[UUID, Ref], editable: bool
) -> Line:
    owner = each.row.values["owner"]
    return Line(
        url=f"/{each.declaration.key}/{each.row.id}",
        id=each.row.id,
        title=each.row.title,
        icon=each.declaration.icon,
        label=str(each.declaration.label),
        due=due_text(each.at, actor.viewer),
        state="" if section is ENDED else state_of(each.at, actor.viewer),
        about=about,
        owner=owners.get(owner.id) if owner and section.given else None,
        ended=section is ENDED,
        editable=editable,
    )
