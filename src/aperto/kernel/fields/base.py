"""The class that every kind of field extends: it answers each question that a door can ask.

A kind is a subclass in a file of its own. A value has three forms: the *value* (typed Python), its
*parts* (what stands in columns, or in the JSON column under flat keys) and its JSON form (API, history).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Aggregate, Avg, Count, Expression, F, Max, Min, Q, Sum
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from aperto.kernel.errors import FieldError, Message
from aperto.kernel.fields import controls
from aperto.kernel.fields.formats.numbers import write_number
from aperto.kernel.fields.operators import EQUALITY, OPERATORS, Expr
from aperto.kernel.fields.setting import Setting
from aperto.kernel.query.engines.json_path import Cast, JsonPath
from aperto.kernel.query.engines.median import Median
from aperto.kernel.viewer import NEUTRAL, Viewer

if TYPE_CHECKING:
    from aperto.kernel.access.actor import Actor
    from aperto.kernel.objects.declaration import ObjectType
    from aperto.kernel.objects.record import Record

KINDS: dict[str, type["Field"]] = {}
COUNTS = ("filled", "empty", "distinct")
KEY = re.compile(r"[a-z][a-z0-9_]{0,54}")
type Json = Any  # what orjson reads and writes


@dataclass(frozen=True)
class Ref:
    """A record that a value points at, with what a page shows of it. An invisible one has no title."""

    object: str
    id: UUID
    title: str = ""
    hue: str = "slate"
    role: str = ""  # what the record is in this link ("decides"), where links have roles


def same(value: Any) -> Any:
    return value


def or_none(value: Any) -> Any:
    return value or None


@dataclass(frozen=True)
class Part:
    """One stored piece of a value.

    `column` makes the Django column; `dump` and `load` carry the piece to and from JSON storage.
    """

    suffix: str
    column: Callable[["Field"], "models.Field[Any, Any]"]
    cast: Cast = Cast.TEXT
    dump: Callable[[Any], Json] = same
    load: Callable[[Json], Any] = same


class Field:
    """A property of an object.

    A subclass sets `kind`, `parts` and `operators`, and overrides what differs from plain text.
    """

    kind: ClassVar[str] = ""
    label_of_kind: ClassVar[Message] = ""
    explained: ClassVar[Message] = ""  # what it is for, in one line
    icon: ClassVar[str] = "typography"
    parts: tuple[Part, ...] = ()
    operators: ClassVar[tuple[str, ...]] = EQUALITY
    aggregates: ClassVar[tuple[str, ...]] = COUNTS
    filter_suffix: ClassVar[str] = ""  # the part that filters compare
    sort_suffix: ClassVar[str | None] = ""  # the part that sorts; None: cannot be sorted
    total_suffix: ClassVar[str] = ""  # the part that is added up
    settings: ClassVar[tuple[Setting, ...]] = ()  # what administrators set, beyond what all kinds have
    numeric: ClassVar[bool] = False  # aligned at the end, with tabular figures
    stored_elsewhere: ClassVar[bool] = False  # links and files: no part of the row itself
    derived: ClassVar[bool] = False  # reckoned from other fields: nobody writes it
    addable: ClassVar[bool] = True  # administrators may add one
    told_by_title: ClassVar[bool] = True  # a title made of it shows the value, so it cannot be hidden
    spreads: ClassVar[bool] = False  # writing it writes other records too: all of that is one batch
    matching: ClassVar[bool] = False  # one that was added is kept in the table of match keys

    custom = False  # added by an administrator
    slot = ""  # where its values stand once its kind was changed: the former ones stay in their place
    local = False  # says something of this installation alone: no configuration file holds it
    required_when = ""  # a filter on the record itself, as `shown_when` is
    readonly_when = ""
    key: str
    owner: type["Record"]

    def __init__(
        self,
        label: Message = "",
        *,
        required: bool = False,
        default: Any = None,
        help: Message = "",
        placeholder: Message = "",
        unique: bool = False,
        indexed: bool = False,
        search_weight: int = 0,
        readonly: bool = False,
        stored: str = "column",
        personal: str = "",
        total: bool = False,
        shown_when: str = "",
        match: bool = False,
    ) -> None:
        """`stored` is "column" or "json"; `personal` names the class of personal data;
        `total` shows a sum in footers and lanes; `match` keeps the value in the table of match keys."""
        self.label, self.help, self.placeholder = label, help, placeholder
        self.required, self.default, self.unique, self.readonly = required, default, unique, readonly
        self.indexed, self.search_weight, self.stored = indexed, search_weight, stored
        self.personal, self.total, self.shown_when, self.match = personal, total, shown_when, match

    def __init_subclass__(cls) -> None:
        if cls.__dict__.get("kind"):
            KINDS[cls.kind] = cls

    if TYPE_CHECKING:
        # On a record the attribute is Django's own column; only the class body holds the kind.
        def __get__(self, instance: object, owner: object) -> Any: ...

    # -- joining an object ---------------------------------------------------------------------------

    def contribute_to_class(self, cls: type["Record"], name: str) -> None:
        """Called by Django for each attribute of a model class: makes the columns of this field."""
        self.attach(cls, name)
        if self.stored == "column":
            for part in self.parts:
                part.column(self).contribute_to_class(cls, name + part.suffix)

    def attach(self, cls: type["Record"], name: str) -> None:
        self.adopt(cls, name)
        if "own_fields" not in cls.__dict__:
            cls.own_fields = {}
        cls.own_fields[name] = self

    def adopt(self, cls: type["Record"], name: str) -> None:
        """Joins an object without a place in its class: for what administrators add."""
        if not KEY.fullmatch(name):
            raise ValueError(f"not a field key: {name!r}")
        self.key, self.owner = name, cls

    def of_object(self, declaration: "ObjectType") -> Self:
        """The field as this object has it; only one whose words speak of the others differs."""
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parts, in order: `("amount", "amount_currency", "amount_base")`."""
        return tuple(self.place + part.suffix for part in self.parts)

    @property
    def place(self) -> str:
        """Under which name values stand in JSON storage and in the table of links."""
        return self.slot or self.key

    # -- storage -------------------------------------------------------------------------------------

    def split(self, value: Any) -> tuple[Any, ...]:
        """The parts of a value; as many as `parts`."""
        return (value,)

    def join(self, parts: Sequence[Any]) -> Any:
        return parts[0]

    def get(self, record: "Record") -> Any:
        if self.stored_elsewhere:
            return None
        if self.stored == "json":
            return self.from_json_parts(record.custom)
        return self.join([getattr(record, self.attribute(part)) for part in self.parts])

    def set(self, record: "Record", value: Any) -> None:
        if self.stored_elsewhere:
            return
        pieces = self.split(value)
        if self.stored == "json":
            for part, name, piece in zip(self.parts, self.names, pieces, strict=True):
                if piece is None:
                    record.custom.pop(name, None)
                else:
                    record.custom[name] = part.dump(piece)
            return
        for part, piece in zip(self.parts, pieces, strict=True):
            setattr(record, self.attribute(part), piece)

    def from_json_parts(self, custom: dict[str, Json]) -> Any:
        loaded = (custom.get(name) for name in self.names)
        return self.join(
            [None if raw is None else part.load(raw) for part, raw in zip(self.parts, loaded, strict=True)]
        )

    def attribute(self, part: Part) -> str:
        """The attribute of the model instance that holds the part."""
        return self.key + part.suffix

    # -- checking ------------------------------------------------------------------------------------

    def clean(self, value: Any) -> Any:
        """The value from Python or JSON; raises FieldError. Empty is None, never an empty string."""
        raise FieldError(_("This cannot be set."))

    def parse(self, raw: Any, viewer: Viewer) -> Any:
        """The value from what a person typed or a file holds (text, or lists for kinds with several)."""
        return self.clean(raw.strip() or None if isinstance(raw, str) else raw)

    def read_form(self, post: QueryDict, name: str) -> Any:
        """What the editor of this kind sent, for `parse`."""
        return post.get(name, "")

    # -- showing -------------------------------------------------------------------------------------

    def text(self, value: Any, viewer: Viewer) -> str:
        """The value for people, without markup."""
        return "" if value is None else str(value)

    def naming(self, value: Any) -> str:
        """What the value gives to a title that is made of it."""
        return self.text(value, NEUTRAL)

    def export(self, value: Any) -> str:
        """The value for files: locale-free, and `parse` with NEUTRAL reads it back without loss."""
        return self.text(value, NEUTRAL)

    def to_json(self, value: Any) -> Json:
        """The value for the API and the history; `clean` reads it back without loss."""
        return value

    def json_of_first_part(self) -> Callable[[Any], Json] | None:
        """How the JSON form is made of the first part alone, as it was read; None where it takes more.
        Pages of the API are printed by this, without a value for each cell."""
        kind = type(self)
        return same if kind.join is Field.join and kind.to_json is Field.to_json else None

    def cell(self, value: Any, viewer: Viewer) -> str:
        """Safe HTML of one table cell; the value's references are resolved (`Ref`)."""
        return escape(self.text(value, viewer))

    def display(self, value: Any, viewer: Viewer) -> str:
        """Safe HTML of the value on a page of its own, where it has room."""
        return self.cell(value, viewer)

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        """The control that edits the value; `attributes` is safe markup (id, aria-describedby…)."""
        return self.input("text", "" if value is None else self.text(value, viewer), name, attributes)

    def input(self, type_: str, text: str, name: str, attributes: str = "") -> SafeString:
        return controls.text_input(type_, name, text, self.attributes(attributes))

    def attributes(self, given: str = "") -> str:
        """What each control of this field carries."""
        hint = f' placeholder="{escape(str(self.placeholder))}"' if self.placeholder else ""
        return f"{given}{hint}{' required' if self.required else ''}"

    # -- references ----------------------------------------------------------------------------------

    def references(self, value: Any) -> Iterable[tuple[str, UUID]]:
        """(object, id) of each record that the value points at."""
        return ()

    def resolve(self, value: Any, found: dict[UUID, Ref]) -> Any:
        """The value with each reference replaced by its Ref."""
        return value

    def seen_by(self, actor: "Actor", declaration: "ObjectType") -> "Field":
        """What stands in the place of this field for an actor, where values depend on who reads."""
        return self

    def check(self, declaration: "ObjectType") -> None:
        """FieldError for a field that does not fit the object that it would be part of."""

    def kept(self) -> "Field":
        """The field that holds the value in the row: this one, but for what is added up."""
        return self

    # -- filtering, sorting, adding up ---------------------------------------------------------------

    def expression(self, suffix: str = "") -> Expr:
        """The stored part: a column's name, or a JSON value that an index serves."""
        if self.stored == "column":
            return self.key + suffix
        return JsonPath(self.place + suffix, self.part(suffix).cast)

    def sql(self, suffix: str = "") -> F | Expression:
        expression = self.expression(suffix)
        return F(expression) if isinstance(expression, str) else expression

    def parse_argument(self, operator: str, raw: Any, viewer: Viewer) -> Any:
        """What a filter compares with, from what a person typed; a part of a text need not be a value."""
        return self.parse(raw, viewer)

    def argument(self, value: Any) -> Any:
        """A value as its filter part stores it."""
        part = self.part(self.filter_suffix)
        piece = self.split(value)[self.parts.index(part)]
        if self.stored == "column" or piece is None:
            return piece
        dumped = part.dump(piece)
        return Decimal(str(dumped)) if part.cast is Cast.NUMBER else dumped

    def part(self, suffix: str) -> Part:
        return next(part for part in self.parts if part.suffix == suffix)

    def where(self, operator: str, arguments: Sequence[Any]) -> Q:
        """The condition of a filter; `arguments` are values, or what `parse_argument` made."""
        if operator not in self.operators:
            raise FieldError(_("This comparison does not fit the field."))
        return self.condition(operator, [self.argument(value) for value in arguments])

    def condition(self, operator: str, arguments: Sequence[Any]) -> Q:
        """The condition on the stored part; `arguments` are as it stores them."""
        return OPERATORS[operator].condition(self.expression(self.filter_suffix), arguments)

    def aggregate(self, name: str) -> Aggregate:
        """The expression that adds up this field over many records; one of `aggregates`."""
        if name not in self.aggregates:
            raise FieldError(_("This total does not fit the field."))
        if name == "filled":
            return Count("pk", filter=self.condition("filled", ()))
        if name == "empty":
            return Count("pk", filter=self.condition("empty", ()))
        if name == "distinct":
            return Count(self.sql(self.filter_suffix), distinct=True)
        function: type[Aggregate] = {"sum": Sum, "mean": Avg, "median": Median, "min": Min, "max": Max}[name]
        return function(self.sql(self.total_suffix))

    def aggregated(self, name: str, raw: Any) -> Any:
        """What the database answered, as a count or as a value of this field."""
        if name in COUNTS:
            return int(raw or 0)
        if raw is None or self.stored == "column" or not isinstance(raw, str):
            return raw
        return self.part(self.total_suffix).load(raw)

    def aggregate_text(self, name: str, raw: Any, viewer: Viewer) -> str:
        """The same for people."""
        result = self.aggregated(name, raw)
        return write_number(result, viewer) if name in COUNTS else self.text(result, viewer)

    # -- describing ----------------------------------------------------------------------------------

    def schema(self) -> dict[str, Any]:
        """JSON schema of the JSON form, without its title; null is added where the field may be empty."""
        return {"type": "string"}

    def sample(self, n: int) -> Any:
        """The n-th believable value, for tests and demonstration."""
        return f"{self.label or self.key} {n}"

    def search_text(self, value: Any) -> str:
        return "" if value is None else self.text(value, NEUTRAL)

    def match_keys(self, value: Any) -> tuple[str, ...]:
        """Normal forms by which two records are held to be the same (e-mail, phone, number)."""
        return ()

    def copy(self) -> Self:
        import copy  # noqa: PLC0415 - the name is also this method's

        return copy.copy(self)


def text_of(message: Message) -> str:
    return str(message) if isinstance(message, Promise) else message
