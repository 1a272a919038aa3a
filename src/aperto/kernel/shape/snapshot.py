"""Reads all definitions and makes the shape of them. What cannot be made is left out and logged: a single
definition never stops the product."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import Field
from aperto.kernel.fields.multi_reference import MultiReference
from aperto.kernel.fields.reference import Reference
from aperto.kernel.layouts import menu, modules
from aperto.kernel.layouts.stored import by_object, with_layouts
from aperto.kernel.objects.declaration import ObjectType, Panel, Related
from aperto.kernel.objects.registry import Shape, registry
from aperto.kernel.shape import held
from aperto.kernel.shape.build import FieldDefinition, adapt, make, may_hide
from aperto.kernel.shape.custom_object import ObjectDefinition, declare, renamed
from aperto.kernel.shape.relation import as_relation, columns_of, with_linked
from aperto.kernel.shape.words import MORE, OWN_PANEL

MOST_COLUMNS = 6  # of added fields in a list that nobody has arranged
logger = logging.getLogger(__name__)


def read(version: str) -> Shape:
    """The shape of what the database holds now."""
    fields: dict[str, list[FieldDefinition]] = defaultdict(list)
    for definition in _rows("CustomField", FieldDefinition):
        fields[definition.of_object].append(definition)
    objects = dict(registry.declared)
    for made in _rows("CustomObject", ObjectDefinition):
        objects[made.key] = renamed(objects[made.key], made) if made.key in objects else declare(made)
    shaped = {key: _with_fields(each, fields.get(key, ())) for key, each in objects.items()}
    switched_off = modules.off()
    shaped = with_linked(_with_related(_with_subjects(modules.without(shaped, switched_off))))
    return Shape(version, with_layouts(shaped, by_object()), menu.stored(), switched_off)


def _rows[Definition: (FieldDefinition, ObjectDefinition)](
    model: str, of: type[Definition]
) -> Iterable[Definition]:
    rows = held.rows(model).filter(deleted_at=None).order_by("position", "pk")
    for row in rows.values(*held.names(of)):
        yield held.definition(of, row)


def _with_fields(declaration: ObjectType, definitions: Sequence[FieldDefinition]) -> ObjectType:
    added: dict[str, Field] = {}
    adapted: dict[str, Field] = {}
    hidden: set[str] = set()
    declared = declaration.fields
    places: set[str] = set()
    for definition in definitions:
        key, place = definition.key, definition.slot or definition.key
        if place in places:
            continue  # a former kind that was brought back although its values count again by themselves
        places.add(place)
        try:
            if key not in declared:
                added[key] = _of(declaration, key, make(definition))
            elif definition.hidden and may_hide(declaration, key):
                hidden.add(key)
            else:
                adapted[key] = _of(declaration, key, adapt(declared[key], definition))
        except (FieldError, ValueError, TypeError):
            logger.exception("The field %s of %s cannot be made.", key, declaration.key)
    if not added and not adapted and not hidden:
        return declaration
    shaped = _arranged(declaration, added, hidden).reshaped(
        added=added, adapted={**declaration.adapted, **adapted}, omitted=declaration.omitted | hidden
    )
    return as_relation(shaped) if shaped.ends else shaped


def _arranged(declaration: ObjectType, added: dict[str, Field], hidden: set[str]) -> ObjectType:
    """What is hidden is shown nowhere; what was added stands in a panel of its own."""

    def left(keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(key for key in keys if key not in hidden)

    details = tuple(replace(panel, fields=left(panel.fields)) for panel in declaration.details)
    if added:
        details = (*details, Panel(MORE if details else OWN_PANEL, tuple(added)))
    return declaration.reshaped(
        details=details,
        columns=left(_columns(declaration, added)),
        quick=left(declaration.quick),
        card=left(declaration.card),
        subtitle=left(declaration.subtitle),
        duplicates=tuple(rule for rule in declaration.duplicates if not {rule.field, rule.same} & hidden),
    )


def _columns(declaration: ObjectType, added: dict[str, Field]) -> tuple[str, ...]:
    """An object of one's own lists its own fields too, as far as there is room."""
    if declaration.definition is None or len(declaration.columns) < 3:
        return declaration.columns
    *first, owner, changed = declaration.columns
    return (*first, *list(added)[:MOST_COLUMNS], owner, changed)


def _of(declaration: ObjectType, key: str, field: Field) -> Field:
    field.adopt(declaration.model, key)
    return field


def _with_subjects(objects: dict[str, ObjectType]) -> dict[str, ObjectType]:
    """Activities and files can be about records of the new objects that want them."""
    made = [each for each in objects.values() if each.definition is not None]
    shaped = dict(objects)
    for key, declaration in objects.items():
        if declaration.activity is None:
            continue
        wanted = "has_activities" if declaration.activity.composer else "has_files"
        keys = tuple(each.key for each in made if getattr(each.definition, wanted))
        opened = {name: _wider(field, keys) for name, field in declaration.fields.items() if _is_open(field)}
        if keys and opened:
            shaped[key] = declaration.reshaped(adapted={**declaration.adapted, **opened})
    return shaped


def _is_open(field: Field) -> bool:
    return isinstance(field, MultiReference) and field.subjects


def _wider(field: Field, keys: tuple[str, ...]) -> Field:
    wider: Any = field.copy()
    wider.to = (*wider.to, *keys)
    return wider  # type: ignore[no-any-return]  # a copy of the field


def _with_related(objects: dict[str, ObjectType]) -> dict[str, ObjectType]:
    """A custom reference is a panel on the other side, as a declared one may be."""
    panels: dict[str, list[Related]] = defaultdict(list)
    for declaration in objects.values():
        for key, field in declaration.added.items():
            if isinstance(field, Reference | MultiReference) and type(field).kind != "user":
                for target in field.to:
                    panels[target].append(_panel(declaration, key, field))
        if declaration.definition is not None and declaration.definition.has_files:
            panels[declaration.key] += [
                Related(other.key, relation=f"{other.key}.{name}", title=other.plural)
                for other in objects.values()
                if other.activity is not None and not other.activity.composer
                for name, field in other.fields.items()
                if _is_open(field)
            ]
    return {
        key: each.reshaped(related=(*each.related, *panels[key])) if key in panels else each
        for key, each in objects.items()
    }


def _panel(declaration: ObjectType, key: str, field: Reference | MultiReference) -> Related:
    if isinstance(field, MultiReference):
        return Related(declaration.key, relation=f"{declaration.key}.{key}", title=declaration.plural)
    shown = tuple(columns_of(declaration)) if key in declaration.ends else ()
    return Related(declaration.key, by=key, title=field.panel or declaration.plural, shown=shown)
