"""A field that is reckoned from others by a formula, and stored nowhere.

`Formula` is what an object declares. It belongs to nobody, so it shows nothing: `readable` gives each actor
a field of the result's kind in its place (`seen_by`), which reads with this actor's eyes.
"""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field, Part
from aperto.kernel.fields.computed import (
    Computed,
    ComputedBoolean,
    ComputedDate,
    ComputedDateTime,
    ComputedDecimal,
    ComputedDuration,
    ComputedInteger,
    ComputedMoney,
    ComputedText,
    Nothing,
)
from aperto.kernel.fields.setting import DIGITS, Setting

if TYPE_CHECKING:
    from aperto.kernel.access.actor import Actor
    from aperto.kernel.formula.program import Program
    from aperto.kernel.objects.declaration import ObjectType
    from aperto.kernel.objects.record import Record

LONGEST = 2_000
MOST_DIGITS = 6
RESULTS: dict[str, type[Computed]] = {
    "number": ComputedDecimal,
    "money": ComputedMoney,
    "text": ComputedText,
    "date": ComputedDate,
    "datetime": ComputedDateTime,
    "boolean": ComputedBoolean,
    "duration": ComputedDuration,
}

NOTHING = Nothing()


def formula_text(raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip() or len(raw) > LONGEST or "\0" in raw:
        raise FieldError(_("A formula is expected here."))
    return raw


class Formula(Field):
    """`expression` is the formula; `digits` are the decimals of a result that is a number."""

    kind = "formula"
    label_of_kind = _("Formula")
    explained = _("Reckoned from other fields of the record.")
    icon = "math-function"
    parts: tuple[Part, ...] = ()
    operators = ()
    aggregates = ()
    sort_suffix = None
    derived = True
    settings = (
        Setting("expression", _("Formula"), "formula", formula_text, required=True),
        DIGITS,
    )

    def __init__(self, *arguments: Any, expression: str, digits: int = 2, **options: Any) -> None:
        super().__init__(*arguments, **{**options, "readonly": True, "stored": "column"})
        self.formula, self.digits = expression, min(max(digits, 0), MOST_DIGITS)
        self._program: Program | None = None

    def check(self, declaration: "ObjectType") -> None:
        """FormulaError for a formula that does not fit the object, or needs its own result."""
        self.program(declaration)

    def program(self, declaration: "ObjectType") -> "Program":
        """The checked formula, kept until one of the objects that it reads is shaped anew."""
        from aperto.kernel.formula.program import program  # noqa: PLC0415 - kinds of field load before it

        held = self._program
        if held is None or not held.fits(declaration, self.digits):
            held = self._program = program(self.formula, declaration, self.key, self.digits)
        return held

    def result(self, declaration: "ObjectType") -> str:
        """The type of the result: number, money, text, date, datetime, boolean or duration."""
        return str(self.program(declaration).type)

    def seen_by(self, actor: "Actor", declaration: "ObjectType") -> Field:
        """The field of the result's kind, as this actor sees it; an empty text while it is broken."""
        from aperto.kernel.formula.bound import Bound  # noqa: PLC0415 - it reads rows, whose model has fields
        from aperto.kernel.objects.registry import registry  # noqa: PLC0415 - as above

        whole = registry.current(declaration)  # what the actor was given may leave out hidden fields
        made = self.shown(whole)
        if made.source is not NOTHING:
            made.source = Bound(self.program(whole), actor)
        return made

    def shown(self, declaration: "ObjectType") -> Computed:
        """A field of the kind of the result, which has no source yet, or none at all where this is broken."""
        try:
            program = self.program(declaration)
        except FieldError:
            return self.in_place(ComputedText(self.label), NOTHING)
        kind = ComputedInteger if program.is_whole else RESULTS[program.type]
        options: dict[str, Any] = {"digits": self.digits} if kind is ComputedDecimal else {}
        return self.in_place(kind(self.label, **options), Nothing())

    def is_open_to(self, actor: "Actor", declaration: "ObjectType") -> bool:
        """Whether the actor may read every field that the result depends on."""
        made = self.seen_by(actor, declaration)
        return isinstance(made, Computed) and made.source.is_allowed

    def in_place(self, made: Computed, source: Any) -> Computed:
        """The computed field in the place of this one."""
        made.key, made.owner, made.source = self.key, self.owner, source
        made.help, made.personal, made.total = self.help, self.personal, self.total
        made.readonly, made.custom = True, self.custom
        made.shown_when = self.shown_when
        return made

    def get(self, record: "Record") -> None:
        """Nothing: who reads is not known here."""

    def set(self, record: "Record", value: Any) -> None:
        """It is stored nowhere."""

    def split(self, value: Any) -> tuple[Any, ...]:
        return ()

    def join(self, parts: Any) -> None:
        return None

    def search_text(self, value: Any) -> str:
        return ""

    def schema(self) -> dict[str, Any]:
        return self.shown(self.owner.declares).schema()
