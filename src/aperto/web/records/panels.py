"""Where the panels beside a record come from: what points at it, and whom it links with a role."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.fields.base import Field, Ref, text_of
from aperto.kernel.fields.file import File
from aperto.kernel.layouts.related import key_here, key_of, with_roles
from aperto.kernel.objects.declaration import ObjectType, Related
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.pointers import pointing
from aperto.kernel.query.readable import readable
from aperto.kernel.records import Selection
from aperto.web.records.reading import Shown
from aperto.web.remembering import remembered


@dataclass(frozen=True)
class Source:
    """A panel's source. `here`: the record itself holds the links; otherwise the other side points here."""

    number: int
    title: str
    target: ObjectType
    field: Field
    here: bool
    shown: tuple[str, ...]
    sort: str
    filter: str

    def filter_text(self, record: UUID) -> str:
        """The filter of the list that the panel begins; only where the other side points here."""
        own = f"{self.field.key} = {record}"
        return f"{own} and ({self.filter})" if self.filter else own

    @cached_property
    def other(self) -> Field | None:
        """Where the panel's records are links with columns of their own: the field of what they link with."""
        keys = [key for key in self.target.ends if key != self.field.key]
        linking = self.field.key in self.target.ends and len(keys) == 1
        return self.target.fields.get(keys[0]) if linking else None

    @cached_property
    def phones(self) -> tuple[str, ...]:
        """The telephones, so that a panel of people can be called from."""
        return tuple(key for key, each in self.target.fields.items() if each.kind == "phones")

    @cached_property
    def square(self) -> bool:
        return not any(each.personal == "name" for each in self.target.fields.values())

    @cached_property
    def content(self) -> Field | None:
        """The field that holds a file, where the panel's records are files."""
        return next((each for each in self.target.fields.values() if isinstance(each, File)), None)


def sources(record: Shown) -> list[Source]:
    """The panels that this actor may see, in a fixed order, so that their numbers are addresses."""
    return remembered(record.actor, ("panels", record.declaration.key), lambda: sources_of(record))


def sources_of(record: Shown) -> list[Source]:
    """The same, found anew."""
    found = [*_with_roles(record), *_declared(record.actor, record.declaration)]
    numbered = [
        (key, Source(number, title, target, field, here, shown, sort, filter_))
        for number, (key, title, target, field, here, shown, sort, filter_) in enumerate(found)
    ]
    return [each for each in _in_order(record.declaration, numbered) if _is_open(record.actor, each)]


def _in_order(declaration: ObjectType, numbered: list[tuple[str, Source]]) -> list[Source]:
    """As the layout orders them; what it does not name follows, what it switches off is left out. Their
    numbers do not follow the layout, so that a page that is open stays right."""
    order = {key: place for place, (key, _shown) in enumerate(declaration.beside)}
    off = {key for key, shown in declaration.beside if not shown}
    kept = [(key, source) for key, source in numbered if key not in off]
    return [source for key, source in sorted(kept, key=lambda each: order.get(each[0], len(order)))]


def _is_open(actor: Actor, source: Source) -> bool:
    """Whoever may not read what points here is not told what does."""
    return actor.may(source.target, Verb.READ) and (
        source.here or source.field.key in readable(actor, source.target)
    )


type Parts = tuple[str, str, ObjectType, Field, bool, tuple[str, ...], str, str]


def _with_roles(record: Shown) -> Iterable[Parts]:
    """Links with roles are people and firms that matter to this record: they stand beside it."""
    for each, to in with_roles(record.declaration):
        target = for_actor(record.actor, registry.get(to))
        key = key_here(record.declaration, each)
        yield key, text_of(each.label), target, each, True, target.subtitle[:1], "", ""


def _declared(actor: Actor, declaration: ObjectType) -> Iterable[Parts]:
    for each in declaration.related:
        if each.object in registry:
            target = for_actor(actor, registry.get(each.object))
            field, here = _pointer(declaration, target, each)
            title = text_of(each.title) or text_of(target.plural)
            yield key_of(each), title, target, field, here, each.shown, each.sort, each.filter


def _pointer(declaration: ObjectType, target: ObjectType, each: Related) -> tuple[Field, bool]:
    if each.by:
        return target.fields[each.by], False
    object_key, _dot, key = each.relation.partition(".")
    here = object_key == declaration.key and object_key != target.key
    return (declaration if here else target).fields[key], here


def selection(record: Shown, source: Source) -> Selection:
    chosen = records.visible(record.actor, source.target.key)
    if source.here:
        return chosen.only([ref.id for ref in links(record, source)])
    pointed = chosen.where(pointing(source.field, source.target, [record.id]))
    return pointed.matching(source.filter) if source.filter else pointed


def links(record: Shown, source: Source) -> list[Ref]:
    value = record.values.get(source.field.key)
    return list(value or ())
