"""What kinds with several entries share: a JSON list, and the words of all entries as text to search in."""

import re
from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import operators
from aperto.kernel.fields.base import Field, Part, or_none
from aperto.kernel.fields.operators import compare
from aperto.kernel.query.engines.json_path import Cast
from aperto.kernel.viewer import Viewer

MOST = 50
LONGEST = 2_000  # bytes of the words together, so that an index can hold them
BLANK = ("", None)  # of a property: as if it were left out

type Entry = dict[str, Any]


class Entries(Field):
    """A list of entries, the primary one first. A subclass says what an entry is and which words it has."""

    parts = (
        Part("", lambda field: models.JSONField(null=True), Cast.RAW),
        Part("_text", lambda field: models.CharField(max_length=LONGEST, null=True, db_index=field.indexed)),
    )
    operators = (
        "contains", "not_contains", "is", "is_not", "any_of", "none_of", "starts_with", *operators.PRESENCE
    )  # fmt: skip
    filter_suffix = sort_suffix = "_text"
    matching = True
    main: ClassVar[str] = ""  # the property of an entry that tells it from the others
    flags: ClassVar[tuple[str, ...]] = ("primary",)

    def entry(self, raw: Entry) -> Entry:
        """The entry with all its properties, checked; raises FieldError."""
        raise FieldError(_("This cannot be set."))

    def words(self, value: Sequence[Entry]) -> list[str]:
        """What is searched for, without blanks inside."""
        return [entry[self.main] for entry in value]

    def split(self, value: Any) -> tuple[Any, ...]:
        return (
            ([dict(entry) for entry in value], f" {' '.join(self.words(value))} ") if value else (None, None)
        )

    def join(self, parts: Sequence[Any]) -> Any:
        return parts[0] or None

    def json_of_first_part(self) -> Callable[[Any], Any]:
        return or_none

    def clean(self, value: Any) -> list[Entry] | None:
        """A list of entries, or of their main properties alone; the first is primary unless one says so."""
        if value is None or value == "":
            return None
        if isinstance(value, str | dict):
            value = [value]
        if not isinstance(value, list | tuple):
            raise FieldError(_("A list is expected here."))
        if len(value) > MOST:
            raise FieldError(_("At most %(most)s entries fit here.") % {"most": MOST})
        entries = [self.entry(self.shaped(raw)) for raw in value if raw]
        return self.ordered(entries) or None

    def shaped(self, raw: Any) -> Entry:
        if isinstance(raw, str):
            return {self.main: raw}
        if not isinstance(raw, dict):
            raise FieldError(_("A list of texts or objects is expected here."))
        return raw

    def scalar(self, raw: Any) -> str:
        """A text, or a number that stands for one."""
        if isinstance(raw, list | dict | float | bool):
            raise FieldError(_("Text is expected here."))
        return str(raw or "")

    def ordered(self, entries: list[Entry]) -> list[Entry]:
        """Each once, the primary one in front, and only that one primary."""
        distinct: dict[Any, Entry] = {}
        for entry in sorted(entries, key=lambda entry: not entry["primary"]):
            distinct.setdefault(self.same(entry), entry)
        listed = [entry | {"primary": place == 0} for place, entry in enumerate(distinct.values())]
        if len(" ".join(self.words(listed)).encode()) > LONGEST - 2:
            raise FieldError(_("The entries are too long together."))
        return listed

    def same(self, entry: Entry) -> Any:
        """By which two entries are the same."""
        return entry[self.main]

    def bounded(self, raw: str) -> str:
        if len(raw) > LONGEST * 5:
            raise FieldError(_("The entries are too long together."))
        return raw

    def naming(self, value: Any) -> str:
        """The primary one alone."""
        return str(value[0][self.main]) if value else ""

    # -- editing -------------------------------------------------------------------------------------

    def read_form(self, post: QueryDict, name: str) -> Any:
        """The rows `name.0.…`, `name.1.…`; `name.primary` is the number of the primary one."""
        found: dict[int, Entry] = {}
        for key in post:
            match = re.fullmatch(rf"{re.escape(name)}\.(\d{{1,4}})\.(\w+)", key)
            if match and len(found) <= MOST:
                found.setdefault(int(match[1]), {})[match[2]] = post[key]
        primary = post.get(f"{name}.primary", "")
        rows = [row | {"primary": str(number) == primary} for number, row in sorted(found.items())]
        return [row for row in rows if str(row.get(self.main, "")).strip()]

    # -- comparing -----------------------------------------------------------------------------------

    def parse_argument(self, operator: str, raw: Any, viewer: Viewer) -> str:
        """A word, or a piece of one where a piece is asked for."""
        raise FieldError(_("This cannot be compared."))

    def argument(self, value: Any) -> Any:
        """What `parse_argument` made; of a value its primary entry."""
        return value if isinstance(value, str) else self.words(value)[0]

    def condition(self, operator: str, arguments: Sequence[Any]) -> Q:
        expression = self.expression("_text")
        empty = compare(expression, "isnull", True)
        if operator in operators.PRESENCE:
            return empty if operator == "empty" else compare(expression, "isnull", False)
        pattern = {"contains": "{}", "not_contains": "{}", "starts_with": " {}"}.get(operator, " {} ")
        found = reduce(
            or_, [compare(expression, "contains", pattern.format(word)) for word in arguments], Q(pk__in=[])
        )
        return empty | ~found if operator in ("not_contains", "is_not", "none_of") else found
