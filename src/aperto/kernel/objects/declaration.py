"""`ObjectType`: what a business app says about an object, once, beside its fields."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from aperto.kernel.errors import Message

if TYPE_CHECKING:
    from aperto.kernel.changes.draft import Follow, Rule
    from aperto.kernel.fields.base import Field
    from aperto.kernel.layouts.apply import Layout
    from aperto.kernel.objects.record import Record
    from aperto.kernel.shape.custom_object import ObjectDefinition


@dataclass(frozen=True)
class Panel:
    """A titled group of fields on the record page and in the form; `columns` 0 is as each has them."""

    title: Message
    fields: tuple[str, ...]
    columns: int = 0


@dataclass(frozen=True)
class Related:
    """A panel of records that point here: by a reference field of `object`, or by links of `relation`.

    `sort` and `filter` are in the filter language; `shown` are fields of the related record.
    """

    object: str
    by: str = ""
    relation: str = ""
    title: Message = ""
    shown: tuple[str, ...] = ()
    sort: str = "-updated_at"
    filter: str = ""


@dataclass(frozen=True)
class Match:
    """A rule by which two records are held to be one: equal match keys of a field, or a similar title.

    `same` names a reference that must also agree (similar name *at the same company*).
    """

    field: str
    similar: bool = False
    same: str = ""


@dataclass(frozen=True)
class Activity:
    """What makes an object an activity: it is written in the composer and shown in the timeline.

    `moment` is the field that places it in time; `done` the boolean or date that ends it, if any;
    `ends` the moment or the length of time by which it is over, for a calendar;
    `composer` the fields that the composer asks for, the first of them as the big text box;
    `said` is the phrase of the timeline, with %(who)s.
    """

    moment: str
    composer: tuple[str, ...]
    said: Message
    done: str = ""
    body: str = ""
    planned: str = ""
    ends: str = ""


@dataclass(eq=False)
class ObjectType:
    """The declaration of an object. One that administrators have shaped is another instance, so that what is
    remembered under a declaration is never taken for another shape of it.

    `title` is a pattern over the object's own fields ("{first_name} {last_name}"); `columns` the list's
    default columns; `quick` the fields of quick create; `card` those of a board card; `details` the
    panels of the page; `related` its right side; `path` the stage field shown above; `board` the field
    whose values are lanes; `group` where it stands in the navigation ("records", "settings" or "").
    """

    key: str
    label: Message
    plural: Message
    icon: str
    title: str
    hue: str = "slate"
    description: Message = ""
    default_sort: str = "-updated_at"
    columns: tuple[str, ...] = ()
    quick: tuple[str, ...] = ()
    card: tuple[str, ...] = ()
    subtitle: tuple[str, ...] = ()
    details: tuple[Panel, ...] = ()
    related: tuple[Related, ...] = ()
    path: str = ""
    board: str = ""
    duplicates: tuple[Match, ...] = ()
    one_of: tuple[str, ...] = ()  # fields of which one at least is filled in, whichever
    activity: Activity | None = None
    group: str = "records"
    order: int = 100
    letter: str = ""
    administered: bool = False  # configuration: everybody reads it, administrators write it
    closed: bool = False  # administered, and read by them alone: it names fields and values that roles hide
    subject: str = ""  # the field that names the record which this is said of; whoever sees that sees this
    example: Message = ""
    known_by: tuple[str, ...] = ()  # what tells one from another in a configuration file; else key or name
    rules: tuple["Rule", ...] = ()  # run on every write before it is stored: derive and refuse
    leaving: tuple["Rule", ...] = ()  # run before a record goes to the recycle bin: may refuse
    follows: tuple["Follow", ...] = ()  # run after every write, delete and restore, in their transaction

    model: type["Record"] = field(init=False)
    adapted: Mapping[str, "Field"] = field(init=False, default_factory=dict)  # in place of declared ones
    added: Mapping[str, "Field"] = field(init=False, default_factory=dict)  # by administrators
    ends: tuple[str, ...] = field(init=False, default=())  # of a relation: the fields that name what it links
    omitted: frozenset[str] = field(init=False, default=frozenset())  # columns that it does not use
    definition: "ObjectDefinition | None" = field(init=False, default=None)  # of one that they made
    layouts: "tuple[Layout, ...]" = field(init=False, default=())  # that hold for a role or a team
    standard: "ObjectType | None" = field(init=False, default=None)  # as it was before any layout
    beside: tuple[tuple[str, bool], ...] = field(init=False, default=())  # related panels: which, and whether

    def contribute_to_class(self, cls: type["Record"], name: str) -> None:
        from aperto.kernel.objects.registry import registry  # noqa: PLC0415 - the registry types this class

        self.model = cls
        cls.declares = Shaped(self)  # type: ignore[assignment]  # gives an ObjectType to whoever asks
        registry.add(self)

    @cached_property
    def fields(self) -> dict[str, "Field"]:
        """All fields by key: the object's own first, those that were added, those that every record has."""
        declared = self.model.all_fields()
        used = {key: field for key, field in declared.items() if key not in self.omitted}
        shaped = {key: self.adapted.get(key, field).of_object(self) for key, field in used.items()}
        general = self.model.fields_of_every_record()
        own = {key: field for key, field in shaped.items() if declared[key] is not general.get(key)}
        return own | dict(self.added) | shaped

    def reshaped(self, **changes: Any) -> Self:
        """Another instance with these attributes changed."""
        other = copy(self)
        for derived in ("fields", "writable"):
            other.__dict__.pop(derived, None)
        other.__dict__.update(changes)
        return other

    @cached_property
    def writable(self) -> dict[str, "Field"]:
        return {key: field for key, field in self.fields.items() if not field.readonly}

    def pick(self, keys: Sequence[str]) -> list["Field"]:
        fields = self.fields
        return [fields[key] for key in keys]


class Shaped:
    """What `Record.declares` is: the declaration of a model, in the shape of the moment."""

    def __init__(self, declaration: ObjectType) -> None:
        self.declaration = declaration

    def __get__(self, instance: object, owner: object) -> ObjectType:
        from aperto.kernel.objects.registry import registry  # noqa: PLC0415 - the registry types ObjectType

        return registry.current(self.declaration)
