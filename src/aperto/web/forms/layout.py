"""Which fields a form shows, in which groups."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.fields.base import Field, text_of
from aperto.kernel.layouts.arrangement import ONE
from aperto.kernel.objects import one_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.readable import readable
from aperto.web.forms.controls import Control


@dataclass(frozen=True)
class Section:
    title: str
    controls: list[Control]


def quick(actor: Actor, declaration: ObjectType) -> list[Field]:
    """Those of quick create, and whatever else a new record cannot be without."""
    known = _known(actor, declaration)
    needed = [key for key, each in known.items() if each.required and each.default is None]
    if not set(declaration.one_of) & set(declaration.quick):
        needed += declaration.one_of
    return [known[key] for key in dict.fromkeys([*declaration.quick, *needed]) if key in known]


def full(actor: Actor, declaration: ObjectType) -> list[Field]:
    """All that can be written: as the panels order them, then the rest."""
    known = _known(actor, declaration)
    ordered = [key for panel in declaration.details for key in panel.fields]
    return [known[key] for key in dict.fromkeys([*ordered, *known]) if key in known]


def _known(actor: Actor, declaration: ObjectType) -> dict[str, Field]:
    """Where one of several is needed, the first of them says so."""
    known = {key: each for key, each in readable(actor, declaration).items() if not each.readonly}
    asking = next((known[key] for key in declaration.one_of if key in known), None)
    if asking is not None:
        known[asking.key] = asking = asking.copy()
        asking.help = " ".join([text_of(asking.help), one_of.sentence(for_actor(actor, declaration))]).strip()
    return known


def sections(declaration: ObjectType, controls: Iterable[Control]) -> list[Section]:
    """The controls under the titles of their panels; what no panel names comes last, without one."""
    left = {each.key: each for each in controls}
    found = []
    for panel in declaration.details:
        inside = [left.pop(key) for key in panel.fields if key in left]
        if panel.columns == ONE:
            inside = [replace(each, wide=True) for each in inside]
        if inside:
            found.append(Section(text_of(panel.title), inside))
    if left:
        found.append(Section("", list(left.values())))
    return found
