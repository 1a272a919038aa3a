"""How a task or meeting repeats. Each occurrence is a record; this value ties it to its series."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import escape
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import operators
from aperto.kernel.fields.base import Field, Part
from aperto.kernel.fields.datetime import dump, shown_exactly
from aperto.kernel.recurrence import composing, words
from aperto.kernel.recurrence.rule import LONGEST, Rule, read
from aperto.kernel.viewer import Viewer


@dataclass(frozen=True)
class Repetition:
    """`planned` is the moment that the rule gives this occurrence, wherever it was moved since.

    `known` is said by what writes occurrences; everybody else names a rule, and no series. `anew` begins a
    series even where the rule is the same.
    """

    rule: Rule
    series: UUID | None = None
    planned: datetime | None = None
    known: bool = field(default=False, compare=False)
    anew: bool = field(default=False, compare=False)


class Recurrence(Field):
    """`moment`, `until` and `done` are the fields that it places, and that says it is over."""

    kind = "recurrence"
    label_of_kind = gettext_lazy("Repetition")
    icon = "repeat"
    addable = False
    spreads = True
    parts = (
        Part("", lambda field: models.CharField(max_length=LONGEST, null=True)),
        Part("_series", lambda field: models.UUIDField(null=True), dump=str, load=UUID),
        Part(
            "_planned",
            lambda field: models.DateTimeField(null=True),
            dump=dump,
            load=datetime.fromisoformat,
        ),
    )
    operators = operators.PRESENCE
    aggregates: ClassVar[tuple[str, ...]] = ("filled", "empty")
    sort_suffix = None

    def __init__(self, *arguments: Any, moment: str, until: str = "", done: str = "", **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.moment, self.until, self.done = moment, until, done

    def of_series(self, series: UUID) -> Q:
        """The occurrences of a series."""
        return Q(**{f"{self.key}_series": series})

    def split(self, value: Any) -> tuple[Any, ...]:
        return (None, None, None) if value is None else (value.rule.written, value.series, value.planned)

    def join(self, parts: Sequence[Any]) -> Repetition | None:
        return None if parts[0] is None else Repetition(read(parts[0]), parts[1], parts[2])

    def clean(self, value: Any) -> Repetition | None:
        """A rule as text, {"rule": "FREQ=…"}, or a Repetition. Of the series, history alone is believed."""
        if value is None or value == "":
            return None
        if isinstance(value, Repetition):
            return value
        if isinstance(value, str) and value.count(" ") == 2:
            value = dict(zip(("rule", "series", "planned"), value.split(" "), strict=True))
        if not isinstance(value, dict):
            return Repetition(read(value))
        try:
            series = UUID(value["series"]) if value.get("series") else None
            planned = datetime.fromisoformat(value["planned"]) if value.get("planned") else None
        except (ValueError, TypeError, AttributeError):
            raise FieldError(_("A rule like FREQ=WEEKLY;BYDAY=MO is expected here.")) from None
        return Repetition(read(value.get("rule")), series, planned)

    def parse(self, raw: Any, viewer: Viewer) -> Repetition | None:
        if isinstance(raw, dict) and "how" in raw:
            text = composing.compose(raw, viewer)
            return Repetition(read(text)) if text else None
        return self.clean(raw.strip() or None if isinstance(raw, str) else raw)

    def read_form(self, post: QueryDict, name: str) -> Any:
        return composing.from_form(post, name)

    def text(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else words.sentence(value.rule, viewer)

    def export(self, value: Any) -> str:
        """With the series, so that a file of fifty occurrences does not begin fifty series elsewhere."""
        if value is None or value.series is None or value.planned is None:
            return "" if value is None else value.rule.written
        return f"{value.rule.written} {value.series} {shown_exactly(value.planned)}"

    def to_json(self, value: Any) -> dict[str, str | None] | None:
        if value is None:
            return None
        planned = shown_exactly(value.planned) if value.planned else None
        return {"rule": value.rule.written, "series": value.series and str(value.series), "planned": planned}

    def cell(self, value: Any, viewer: Viewer) -> str:
        return escape(self.text(value, viewer))

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        rule = value.rule if isinstance(value, Repetition) else None
        return composing.control(rule, viewer, name, self.moment, attributes)

    def schema(self) -> dict[str, Any]:
        text = {"type": ["string", "null"]}
        rule = {"type": "string", "maxLength": LONGEST, "description": "RFC 5545: FREQ=WEEKLY;BYDAY=MO"}
        series = {"type": ["string", "null"], "format": "uuid"}
        parts = {"rule": rule, "series": series, "planned": text | {"format": "date-time"}}
        return {"type": "object", "required": ["rule"], "properties": parts}

    def sample(self, n: int) -> Repetition:
        return Repetition(replace(Rule("WEEKLY"), interval=n % 4 + 1, days=((0, n % 7),), count=1))

    def search_text(self, value: Any) -> str:
        return ""
