"""Mappings that everybody may use, in the file of the configuration; a person's own are theirs."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from aperto.kernel import changes
from aperto.kernel.access.actor import Actor
from aperto.kernel.changes.models import Change
from aperto.kernel.changes.undo import reverses
from aperto.kernel.configuration.document import Values
from aperto.kernel.configuration.names import Names, address_of
from aperto.kernel.configuration.section import VIA, Held, Section, Writing, filled
from aperto.kernel.configuration.sections import ENGINES
from aperto.kernel.errors import Conflict, Invalid, Message
from aperto.kernel.objects.registry import registry
from aperto.transfer import mappings
from aperto.transfer.choices import Choices
from aperto.transfer.models import SavedMapping, saved_mappings

KEY, OBJECT, NAME = "import_mapping", "of_object", "name"
PARTS = ("columns", "choices")


class MappingsSection(Section):
    key = KEY
    label = _("Mappings of imports")
    required = frozenset({OBJECT, NAME, "columns", "choices"})

    def comment(self) -> str:
        return "Mappings: where the columns of files go that are imported again and again."

    def fields(self) -> dict[str, Message]:
        return {OBJECT: _("Object"), NAME: _("Name"), "columns": _("Columns"), "choices": _("Choices")}

    def held(self, actor: Actor, names: Names) -> Sequence[Held]:
        rows = saved_mappings().filter(shared=True).order_by("object", "name", "pk")
        found = [row for row in rows if row.object in registry]
        for row in found:
            taken = [address for section, address in names.ids if section == self.key]
            names.put(self.key, address_of([row.object, row.name], taken), row.pk)
        return [Held(row.pk, dict(filled(raw(row)))) for row in found]

    def identity(self, values: Values) -> Sequence[Any]:
        return [values.get(OBJECT), values.get(NAME)]

    def create(self, writing: Writing, values: dict[str, Any]) -> UUID:
        mapping = SavedMapping(object=str(values.get(OBJECT)), name=str(values.get(NAME))[:120], shared=True)
        if mapping.object not in registry:
            raise Invalid({OBJECT: [_("There is no object of this name.")]})
        _set(mapping, values)
        mappings.store(writing.actor, mapping)
        note(writing.actor, mapping.pk, "created", {}, raw(mapping), writing.batch)
        return mapping.pk

    def change(self, writing: Writing, id: UUID, values: dict[str, Any]) -> None:
        mapping = mappings.get(writing.actor, id)
        before = raw(mapping)
        _set(mapping, values)
        mappings.store(writing.actor, mapping)
        note(writing.actor, id, "changed", before, raw(mapping), writing.batch)

    def remove(self, writing: Writing, id: UUID) -> None:
        mapping = mappings.get(writing.actor, id)
        mappings.forget(writing.actor, mapping)
        note(writing.actor, id, "deleted", raw(mapping), {}, writing.batch)


def raw(mapping: SavedMapping) -> dict[str, Any]:
    return {
        OBJECT: mapping.object,
        NAME: mapping.name,
        "columns": mapping.columns,
        "choices": mapping.choices,
    }


def _set(mapping: SavedMapping, values: dict[str, Any]) -> None:
    """Takes over what makes sense as choices; Invalid for all else."""
    columns, choices = values.get("columns", mapping.columns), values.get("choices", mapping.choices)
    if not isinstance(columns, list) or not all(isinstance(each, str) for each in columns):
        raise Invalid({"columns": [_("The columns are a list of names.")]})
    try:
        places = {name: str(place) for place, name in enumerate(columns)}
        named = {part: {places[name]: each for name, each in choices.get(part, {}).items()}
                 for part in ("mapping", "formats")}  # fmt: skip
        Choices.from_json(choices | named)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Invalid({"choices": [_("The choices of the import are not understood.")]}) from None
    mapping.columns, mapping.choices = columns, choices


def note(
    actor: Actor, id: UUID, verb: str, before: dict[str, Any], after: dict[str, Any], batch: UUID | None
) -> None:
    diff = {key: [before.get(key), after.get(key)] for key in (OBJECT, NAME, *PARTS)}
    moved = {key: pair for key, pair in diff.items() if pair[0] != pair[1]}
    if moved:
        changes.note(actor, KEY, id, verb, moved, via=VIA, batch=batch)


def take_back(actor: Actor, change: Change, via: str) -> None:
    """What applying a configuration did to a mapping, the other way round."""
    before = {key: pair[0] for key, pair in change.diff.items()}
    if change.verb == "deleted":
        held = SavedMapping(id=change.record, shared=True, object=before[OBJECT], name=before[NAME])
    else:
        held = mappings.get(actor, change.record)
        present = raw(held)
        theirs = {key: present[key] for key, pair in change.diff.items() if present[key] != pair[1]}
        if theirs:
            raise Conflict(0, {key: change.diff[key][0] for key in theirs}, theirs)
    if change.verb == "created":
        mappings.forget(actor, held)
    else:
        for key in PARTS:
            setattr(held, key, before.get(key, getattr(held, key)))
        mappings.store(actor, held)
    diff = {key: [pair[1], pair[0]] for key, pair in change.diff.items()}
    verb = {"created": "deleted", "deleted": "restored"}.get(change.verb, "changed")
    changes.note(actor, KEY, change.record, verb, diff, via=via)


def register() -> None:
    reverses(KEY, take_back)
    if MappingsSection not in ENGINES:
        ENGINES.append(MappingsSection)
