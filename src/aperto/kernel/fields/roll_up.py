"""A field that adds up records of another object that point here: how many, how much, the latest.

Its value stands in the JSON column like that of any custom field, so it filters, sorts and is indexed alike.
`kernel.rollups` keeps it right. It tells the same to everybody who may read the object that is added up, also
of records that they do not see one by one; to all others it is empty.
"""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from aperto.kernel.errors import FieldError, Message
from aperto.kernel.fields.base import KINDS, Field, Json, Part
from aperto.kernel.fields.computed import Computed, ComputedText, Nothing
from aperto.kernel.fields.integer import Integer
from aperto.kernel.fields.setting import Setting, text
from aperto.kernel.viewer import Viewer

if TYPE_CHECKING:
    from aperto.kernel.access.actor import Actor
    from aperto.kernel.objects.declaration import ObjectType
    from aperto.kernel.objects.record import Record

LONGEST = 2_000
TOTALS: tuple[tuple[str, Message], ...] = (
    ("count", _("Number of records")),
    ("sum", _("Sum")),
    ("min", _("Smallest")),
    ("max", _("Largest")),
    ("mean", _("Mean")),
    ("latest", _("Latest")),
)


def total(raw: Any) -> str:
    if raw not in dict(TOTALS):
        raise FieldError(_("This is no way to add up."))
    return str(raw)


def condition(raw: Any) -> str:
    if not isinstance(raw, str) or len(raw) > LONGEST or "\0" in raw:
        raise FieldError(_("A filter is expected here."))
    return raw


class RollUp(Field):
    """The `total` of `field` over the records of the object `of` whose reference or link `by` leads here and
    that fulfil `filter`. Amounts in several currencies count by what they are in the organisation's."""

    kind = "roll_up"
    label_of_kind = _("Roll-up")
    explained = _("Counts or adds up records that point here.")
    icon = "sum"
    parts: tuple[Part, ...] = ()
    operators = ()
    aggregates = ()
    sort_suffix = None
    derived = True
    settings = (
        Setting("of", _("Object"), "text", text, help=_("Whose records are added up."), required=True),
        Setting("by", _("By"), "text", text, help=_("The field that leads here."), required=True),
        Setting("total", _("Total"), "choice", total, choices=TOTALS),
        Setting("field", _("Field"), "text", text, help=_("What is added up.")),
        Setting("filter", _("Only where"), "text", condition),
    )

    def __init__(
        self,
        *arguments: Any,
        of: str,
        by: str,
        total: str = "count",
        field: str = "",
        filter: str = "",
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **{**options, "readonly": True, "stored": "json"})
        self.of, self.by, self.how, self.added, self.filter = of, by, total, field, filter
        self._result: tuple[Field | None, Field] | None = None

    def check(self, declaration: "ObjectType") -> None:
        """FieldError for settings that do not fit the objects; FilterError for a filter that does not."""
        from aperto.kernel.rollups.check import check  # noqa: PLC0415 - it reads rows, whose model has fields

        check(self, declaration)

    # -- the field that holds the value --------------------------------------------------------------

    def kept(self) -> Field:
        """A field of the kind of the result, which keeps its value under the key of this one."""
        from aperto.kernel.rollups.source import field_of  # noqa: PLC0415 - as above

        source = field_of(self)
        if self._result is None or self._result[0] is not source:
            self._result = (source, self._made(source))
        return self._result[1]

    def _made(self, source: Field | None) -> Field:
        if self.how == "count" or source is None:
            made: Field = Integer(self.label)
        elif self.how == "mean" and type(source).kind in ("integer", "rating"):
            made = KINDS["decimal"](self.label)
        else:
            made = source.copy() if not isinstance(source, Computed) else _plain(source)
        made.key, made.owner, made.label, made.help = self.key, self.owner, self.label, self.help
        made.slot = self.slot
        made.stored, made.readonly, made.custom = "json", True, self.custom
        made.required = made.unique = made.match = made.indexed = False
        made.default, made.search_weight, made.shown_when, made.total = None, 0, self.shown_when, self.total
        return made

    def seen_by(self, actor: "Actor", declaration: "ObjectType") -> Field:
        from aperto.kernel.rollups.source import may_know  # noqa: PLC0415 - as above

        if may_know(actor, self):
            return self.kept()
        hidden = ComputedText(self.label)
        hidden.key, hidden.owner, hidden.source, hidden.readonly = self.key, self.owner, Nothing(), True
        return hidden

    # -- what the declared field itself answers ------------------------------------------------------

    def get(self, record: "Record") -> Any:
        return self.kept().get(record)

    def set(self, record: "Record", value: Any) -> None:
        self.kept().set(record, value)

    def from_json_parts(self, custom: dict[str, Json]) -> Any:
        return self.kept().from_json_parts(custom)

    def split(self, value: Any) -> tuple[Any, ...]:
        return self.kept().split(value)

    def to_json(self, value: Any) -> Json:
        return self.kept().to_json(value)

    def text(self, value: Any, viewer: Viewer) -> str:
        return self.kept().text(value, viewer)

    def export(self, value: Any) -> str:
        return self.kept().export(value)

    def cell(self, value: Any, viewer: Viewer) -> str:
        return self.kept().cell(value, viewer)

    def display(self, value: Any, viewer: Viewer) -> str:
        return self.kept().display(value, viewer)

    def schema(self) -> dict[str, Any]:
        return self.kept().schema()

    def part(self, suffix: str) -> Part:
        return self.kept().part(suffix)

    def search_text(self, value: Any) -> str:
        return ""


def _plain(computed: Field) -> Field:
    """A field that stores what a formula reckons."""
    digits = getattr(computed, "digits", None)
    return KINDS[type(computed).kind](**({} if digits is None else {"digits": digits}))
