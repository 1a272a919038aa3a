"""What the address of a list asks for: an object, a saved view, a filter, a sort; and the columns shown.

The filter and the sort of the address go before those of the view, so that a view can be tried out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from urllib.parse import quote

from django.http import QueryDict

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.rules import allows, is_even
from aperto.kernel.access.scopes import Scope, Verb
from aperto.kernel.errors import FieldError
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.ast import Filter, FilterError
from aperto.kernel.query.grouping import Grouping, grouping_of
from aperto.kernel.query.parse import parse
from aperto.kernel.query.readable import readable
from aperto.kernel.records import Page, Row, Selection
from aperto.web.cells import PINS, Column, Drawer, leads
from aperto.web.lists import layouts
from aperto.web.lists.arrangement import BOARD, TABLE, Arrangement
from aperto.web.lists.widths import usual_width

PAGE = 50
ACCESS = ("owner", "team")
HANDED_ON = ("view", "q", "sort", "group", "pipeline", *layouts.SETTINGS)
SAFE = "~()!.,:@=<>*"  # what stays readable in an address


@dataclass(frozen=True)
class Listing:
    """`text` is the filter as typed; `given` are the parameters of the address that are handed on; `place` is
    where its layout stands ("" for the table, "/board")."""

    actor: Actor
    declaration: ObjectType
    arrangement: Arrangement
    text: str
    sort: str
    given: Mapping[str, str]
    place: str = ""

    @classmethod
    def of(
        cls,
        actor: Actor,
        declaration: ObjectType,
        parameters: QueryDict,
        arrangement: Arrangement,
        place: str = "",
    ) -> Self:
        given = {key: parameters.get(key, "").strip() for key in HANDED_ON if key in parameters}
        return cls(
            actor,
            declaration,
            arrangement,
            text=given.get("q", arrangement.filter),
            sort=given.get("sort", "") or arrangement.sort or declaration.default_sort,
            given=given,
            place=place,
        )

    # -- addresses -----------------------------------------------------------------------------------

    def url(self, place: str | None = None, **changes: str | None) -> str:
        """This list elsewhere or changed: a parameter that is None is left out."""
        wanted = {**self.given, **changes}
        pairs = [f"{key}={quote(value, safe=SAFE)}" for key, value in wanted.items() if value is not None]
        path = f"/{self.declaration.key}{self.place if place is None else place}"
        return f"{path}?{'&'.join(pairs)}" if pairs else path

    @property
    def layout(self) -> str:
        return self.place.removeprefix("/") or TABLE

    @property
    def lanes(self) -> str:
        """The field whose values are the lanes of its board; blank in other layouts."""
        return self.arrangement.lanes or self.declaration.board if self.layout == BOARD else ""

    @cached_property
    def settings(self) -> Mapping[str, str]:
        """What its layout was told: by the address, else by the view."""
        held = self.arrangement.settings.get(self.layout, {})
        names = layouts.BY_KEY[self.layout].settings
        return {name: self.given.get(name, held.get(name, "")) for name in names}

    @property
    def unfiltered(self) -> str:
        """This list without any condition; where the view has some, the address takes them away."""
        return self.url(q="" if self.arrangement.filter else None)

    @property
    def is_changed(self) -> bool:
        """Whether the address says something else than the view."""
        held = self.arrangement.settings.get(self.layout, {})
        if any(text != held.get(name, "") for name, text in self.settings.items()):
            return True
        return any(
            key in self.given and self.given[key] != kept
            for key, kept in (
                ("q", self.arrangement.filter),
                ("sort", self.arrangement.sort),
                ("group", self.arrangement.group),
            )
        )

    # -- rows ----------------------------------------------------------------------------------------

    @cached_property
    def filter(self) -> Filter | None:
        """The filter; FilterError for one that cannot be understood."""
        return parse(self.text)

    @cached_property
    def grouping(self) -> Grouping | None:
        """What the rows are grouped by; FieldError for an address that asks for what cannot be. A view whose
        field this reader does not see is shown without groups."""
        text = self.given.get("group", self.arrangement.group)
        try:
            return grouping_of(text, self.declaration, self.actor) if text else None
        except FieldError:
            if "group" in self.given:
                raise
            return None

    @cached_property
    def selection(self) -> Selection:
        return records.visible(self.actor, self.declaration.key).matching(self.filter)

    @cached_property
    def columns(self) -> list[Column]:
        known = readable(self.actor, self.declaration)
        shown = [key for key in self.arrangement.columns or self.declaration.columns if key in known]
        return [self._column(known[key], place) for place, key in enumerate(shown)]

    def _column(self, field: Any, place: int) -> Column:
        leading = leads(field, self.declaration)
        pin = PINS[place] if place < min(self.arrangement.pinned, len(PINS)) else ""
        return Column(
            field, self.arrangement.widths.get(field.key) or usual_width(field, leading), pin, leading
        )

    def page(self, after: str | None = None, limit: int = PAGE) -> Page:
        """One page of rows; FieldError for a filter, a sort or a cursor that means nothing."""
        return self.selection.page(columns=self.wanted, sort=self.sort, after=after, limit=limit)

    def row(self, key: Any) -> Row | None:
        """One row as this list shows it."""
        found = records.visible(self.actor, self.declaration.key).only([key])
        return next(iter(found.page(columns=self.wanted, limit=1).rows), None)

    @property
    def wanted(self) -> Sequence[str]:
        """The fields that are read: those shown, and where rights differ by row, whose the row is."""
        keys = [column.field.key for column in self.columns]
        return keys if self.rights_are_even else list(dict.fromkeys([*keys, *ACCESS]))

    # -- rights --------------------------------------------------------------------------------------

    @cached_property
    def scope(self) -> Scope:
        return self.actor.scope(self.declaration, Verb.EDIT)

    @property
    def editable(self) -> bool:
        return self.scope is not Scope.NONE

    @property
    def rights_are_even(self) -> bool:
        """Whether all rows that are seen may be changed, or none: then no row needs a look of its own."""
        return is_even(self.actor, self.declaration, Verb.EDIT)

    def may_edit(self, row: Row) -> bool:
        owner, team = row.values["owner"], row.values["team"]
        return allows(self.actor, self.declaration, Verb.EDIT, owner and owner.id, team and team.id, row.id)

    def drawer(self) -> Drawer:
        return Drawer(
            self.declaration,
            self.columns,
            self.actor.viewer,
            editable=None if self.rights_are_even else self.may_edit,
        )


def problem(error: FieldError) -> str:
    """What is wrong with a filter, and where."""
    text = str(error) if isinstance(error, FilterError) else str(error.message)
    return text[:1].upper() + text[1:]
