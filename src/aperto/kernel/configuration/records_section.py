"""Entries of an administered object: its fields without those that every record has, and without people."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import override

from aperto.kernel import changes
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.choices import RoleChoice
from aperto.kernel.changes import removal
from aperto.kernel.changes.draft import Occasion
from aperto.kernel.configuration.document import Values
from aperto.kernel.configuration.names import Names, Unknown, address_of
from aperto.kernel.configuration.section import VIA, Held, Section, Writing, filled
from aperto.kernel.errors import FieldError, Message
from aperto.kernel.fields import Field
from aperto.kernel.fields.base import Ref, text_of
from aperto.kernel.fields.multi_reference import MultiReference
from aperto.kernel.fields.reference import Reference
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.records import deleted, visible
from aperto.kernel.shape.check import key_from

ROLE, KEY, OBJECT = "role", "key", "of_object"
LEFT_OUT = frozenset({"user", "file", "image"})


class RecordsSection(Section):
    def __init__(self, declaration: ObjectType) -> None:
        self.key = declaration.key
        self.label = declaration.plural
        self.required = frozenset(key for key, field in self._fields().items() if field.required)

    def comment(self) -> str:
        with override("en"):
            declaration = registry.declared[self.key]
            return f"{text_of(declaration.plural)}: {text_of(declaration.description)}"

    def _fields(self) -> dict[str, Field]:
        declaration = registry.get(self.key)
        general = declaration.model.fields_of_every_record()
        return {
            key: field
            for key, field in declaration.writable.items()
            if key not in general and is_portable(field)
        }

    def fields(self) -> dict[str, Message]:
        return {key: field.label for key, field in self._fields().items()}

    def held(self, actor: Actor, names: Names) -> Sequence[Held]:
        fields = self._fields()
        rows = {row.id: row.values for row in visible(actor, self.key).iterate(list(fields))}
        for id, values in sorted(rows.items(), key=lambda pair: self._place(pair[1], pair[0], names)):
            named = [part for part in self._named(values, names) if part]
            taken = [address for section, address in names.ids if section == self.key]
            names.put(self.key, address_of(named, taken), id)
        found = [(id, self._outward(fields, rows[id], names)) for id in rows]
        return [
            Held(id, values)
            for id, values in sorted(found, key=lambda pair: self._order(pair[1], names.address(pair[0])))
        ]

    def _outward(self, fields: dict[str, Field], values: Values, names: Names) -> dict[str, Any]:
        written = {key: outward(field, values.get(key), names) for key, field in fields.items()}
        return {key: value for key, value in filled(written) if value != usual(fields[key])}

    def _named(self, values: Values, names: Names) -> list[Any]:
        """The parts of the address of a row whose references are records."""
        fields = self._fields()
        return list(
            self.identity(
                {
                    key: outward(fields[key], values.get(key), names)
                    for key in self._identity()
                    if key in fields
                }
            )
        )

    def _place(self, values: Values, id: UUID, names: Names) -> tuple[str, str, int]:
        """Rows of the same name keep their order of position, then of age."""
        return ("\0".join(map(str, self._named(values, names))), f"{values.get('position') or 0:09}", id.int)

    def _order(self, values: Values, address: str | None) -> tuple[str, str, int, str]:
        above = "\0".join(map(str, self.identity(values)[:-1]))
        return (str(values.get(OBJECT) or ""), above, values.get("position") or 0, address or "")

    def _identity(self) -> tuple[str, ...]:
        declaration, fields = registry.get(self.key), self._fields()
        if declaration.known_by:
            return declaration.known_by
        above = [
            key
            for key, field in fields.items()
            if isinstance(field, Reference) and field.required and self.key not in field.to and key != KEY
        ]
        owned = [] if above or OBJECT not in fields else [OBJECT]
        return (*owned, *above, KEY if KEY in fields else "name")

    def identity(self, values: Values) -> Sequence[Any]:
        parts = {key: values.get(key) for key in self._identity()}
        if KEY in parts and not parts[KEY]:
            parts[KEY] = key_from(str(values.get("name") or ""))
        return list(parts.values())

    def normal(self, key: str, value: Any) -> Any:
        field = self._fields()[key]
        if isinstance(field, MultiReference) and isinstance(value, list):
            return sorted(map(str, value))
        if value is None or isinstance(field, Reference | RoleChoice):
            return value
        try:
            written = field.to_json(field.clean(value))
        except (FieldError, TypeError, ValueError):
            return value
        return None if written == usual(field) else written

    def inward(self, writing: Writing, key: str, value: Any) -> Any:
        field, names = self._fields()[key], writing.names
        if value is None:
            return usual(field)
        if isinstance(field, MultiReference):
            return [pointed(field, each, names) for each in (value if isinstance(value, list) else [value])]
        if isinstance(field, Reference):
            return pointed(field, value, names)
        if isinstance(field, RoleChoice):
            return str(names.id(ROLE, value))
        return names.inward(value, writing.sections)

    def create(self, writing: Writing, values: dict[str, Any]) -> UUID:
        """A deleted one of the same key returns, because records may still hold its values."""
        former = self._former(writing.actor, values)
        if former is None:
            return changes.create(writing.actor, self.key, values, via=VIA, batch=writing.batch).pk
        occasion = Occasion(writing.actor, registry.get(self.key), VIA, writing.batch)
        removal.first_error(removal.restore(occasion, [former]))
        fields = self._fields()
        fresh = {key: usual(field) for key, field in fields.items() if key != KEY} | values
        self.change(writing, former, fresh)
        return former

    def _former(self, actor: Actor, values: Values) -> UUID | None:
        if KEY not in self._fields():
            return None
        *_above, key = self.identity(values)
        found = deleted(actor, self.key).matching(None)
        columns = [each for each in (KEY, OBJECT) if each in self._fields()]
        for row in found.iterate(columns):
            if row.values[KEY] == key and row.values.get(OBJECT) == values.get(OBJECT):
                return row.id
        return None

    def change(self, writing: Writing, id: UUID, values: dict[str, Any]) -> None:
        record = visible(writing.actor, self.key).get(id)
        changes.save(writing.actor, record, values, via=VIA, batch=writing.batch)

    def remove(self, writing: Writing, id: UUID) -> None:
        record = visible(writing.actor, self.key).get(id)
        changes.delete(writing.actor, record, via=VIA, batch=writing.batch)


def is_portable(field: Field) -> bool:
    if type(field).kind in LEFT_OUT or field.derived or field.local:
        return False
    if isinstance(field, Reference | MultiReference):
        return all(to in registry and registry.get(to).administered for to in field.to)
    return True


def usual(field: Field) -> Any:
    """What the field holds when nobody says anything."""
    if field.default is None or callable(field.default):
        return None
    return field.to_json(field.clean(field.default))


def outward(field: Field, value: Any, names: Names) -> Any:
    if value in (None, "", []):
        return None
    if isinstance(field, MultiReference):
        return sorted(filter(None, (_meant(field, ref, names) for ref in value)))
    if isinstance(field, Reference):
        return _meant(field, value, names)
    if isinstance(field, RoleChoice):
        return names.address(UUID(value))
    return names.outward(field.to_json(value))


def _meant(field: Reference | MultiReference, ref: Ref, names: Names) -> str | None:
    address = names.address(ref.id)
    return f"{ref.object}: {address}" if address and len(field.to) > 1 else address


def pointed(field: Reference | MultiReference, address: Any, names: Names) -> Ref:
    section, written = field.to[0], address
    if len(field.to) > 1 and isinstance(address, str):
        section, _colon, written = address.partition(": ")
    if section not in field.to:
        raise Unknown(str(address))
    return Ref(section, names.id(section, written))
