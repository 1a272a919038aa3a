"""One line of text, kept as typed and, folded, beside it for comparing, searching and sorting."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import operators, setting
from aperto.kernel.fields.base import Field, Part
from aperto.kernel.fields.patterns import PATTERNS, pattern
from aperto.kernel.folding import fold
from aperto.kernel.viewer import NEUTRAL, Viewer

LONGEST = 500  # in bytes still short of what an index of PostgreSQL can hold


def plain(value: Any, longest: int = LONGEST) -> str | None:
    """Text without what no person types; NUL is refused because PostgreSQL cannot keep it."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise FieldError(_("Text is expected here."))
    if "\0" in value:
        raise FieldError(_("The text holds a NUL character, which cannot be kept."))
    try:
        value.encode()
    except UnicodeEncodeError:
        raise FieldError(_("The text holds a broken character.")) from None
    value = value.strip()
    if len(value) > longest:
        raise FieldError(_("At most %(longest)s characters fit here.") % {"longest": longest})
    return value or None


PATTERN = setting.Setting(
    "pattern",
    gettext_lazy("Must be"),
    "choice",
    pattern,
    help=gettext_lazy("What is of another form is refused, from every door."),
    choices=tuple((key, each.label) for key, each in PATTERNS.items()),
)


class Text(Field):
    """One line of at most `longest` characters, in the form of one of the PATTERNS where it is named."""

    kind = "text"
    label_of_kind = gettext_lazy("Text")
    explained = gettext_lazy("One line, such as a reference or a colour of paint.")
    settings: ClassVar[tuple[setting.Setting, ...]] = (setting.LENGTH, PATTERN)
    parts = (
        Part("", lambda field: models.CharField(max_length=LONGEST, null=True)),
        Part(
            "_folded", lambda field: models.CharField(max_length=LONGEST, null=True, db_index=field.indexed)
        ),
    )
    operators = operators.TEXT
    filter_suffix = sort_suffix = "_folded"

    def __init__(self, *arguments: Any, longest: int = LONGEST, pattern: str = "", **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.longest, self.pattern = min(longest, LONGEST), pattern

    def split(self, value: Any) -> tuple[Any, ...]:
        return (value, None if value is None else fold(value)[:LONGEST])

    def clean(self, value: Any) -> str | None:
        text = plain(value, self.longest)
        line = None if text is None else " ".join(text.split()) or None
        return plain(PATTERNS[self.pattern].read(line), self.longest) if line and self.pattern else line

    def parse_argument(self, operator: str, raw: Any, viewer: Viewer) -> str:
        return needle(raw)

    def sample(self, n: int) -> str:
        return f"{self.label or self.key} {n}"

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.longest}

    def match_keys(self, value: Any) -> tuple[str, ...]:
        return (fold(value),) if value else ()

    def search_text(self, value: Any) -> str:
        return self.text(value, NEUTRAL)


def needle(raw: Any) -> str:
    """What a text is searched for."""
    text = plain(raw)
    if text is None:
        raise FieldError(_("Say what to compare with."))
    return text
