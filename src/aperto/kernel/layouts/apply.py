"""The object as a layout arranges it: another shape of the declaration. What is no longer there falls out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import override

from aperto.kernel.errors import Message
from aperto.kernel.fields.base import text_of
from aperto.kernel.fields.setting import spoken
from aperto.kernel.layouts.arrangement import PAGE, Arrangement, PanelPlan
from aperto.kernel.objects.declaration import ObjectType, Panel

WRITTEN_IN = "en"  # the language of the titles in the code


@dataclass(frozen=True)
class Layout:
    """One layout as it is applied; without a role and a team it holds for everybody."""

    id: UUID
    place: str
    arrangement: Arrangement
    role: UUID | None = None
    team: UUID | None = None


def arranged(declaration: ObjectType, layouts: Iterable[Layout]) -> ObjectType:
    """The declaration under these layouts, the last of them counting most."""
    changes: dict[str, Any] = {}
    standard = declaration.standard or declaration
    for each in layouts:
        changes |= _changes(declaration, standard, each.place, each.arrangement)
    return declaration.reshaped(standard=standard, **changes) if changes else declaration


def _changes(
    declaration: ObjectType, standard: ObjectType, place: str, arrangement: Arrangement
) -> dict[str, Any]:
    known = declaration.fields

    def left(keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(key for key in keys if key in known)

    if place != PAGE:
        fields = left(arrangement.fields or ())
        return {place: fields} if fields or place != "columns" else {}
    changes: dict[str, Any] = {}
    if arrangement.panels is not None:
        titles = titles_of(standard)
        changes["details"] = tuple(
            Panel(title_of(each, titles), left(each.fields), each.columns) for each in arrangement.panels
        )
    if arrangement.subtitle is not None:
        changes["subtitle"] = left(arrangement.subtitle)
    if arrangement.related is not None:
        changes["beside"] = tuple((each.key, each.shown) for each in arrangement.related)
    return changes


def titles_of(standard: ObjectType) -> dict[str, Message]:
    """The titles that the code gives to panels, by what they are called in its own language."""
    with override(WRITTEN_IN):
        return {text_of(each.title): each.title for each in standard.details}


def title_of(plan: PanelPlan, titles: Mapping[str, Message]) -> Message:
    """A title of the code is said in every language of the product, one's own in those that it was given."""
    return spoken(titles.get(plan.title, plan.title), dict(plan.titles))
