"""Modules: parts of the product that an administrator may switch off. An app says `optional = True` in its
configuration to be one. What is off is nowhere, as if it had never been installed; its records stay and are
there again when it is switched on."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.apps import AppConfig, apps

from aperto.kernel.errors import Message
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.multi_reference import MultiReference
from aperto.kernel.fields.reference import Reference
from aperto.kernel.objects.declaration import ObjectType


def modules() -> dict[str, AppConfig]:
    """Those that can be switched, by label."""
    return {each.label: each for each in apps.get_app_configs() if getattr(each, "optional", False)}


def label(module: AppConfig) -> Message:
    return str(module.verbose_name)


def module_of(declaration: ObjectType) -> str:
    return declaration.model._meta.app_label


def off() -> frozenset[str]:
    """The labels of what is off."""
    rows = apps.get_model("kernel", "ModuleSwitch")._default_manager.filter(deleted_at=None, off=True)
    switched = set(rows.values_list("module", flat=True))
    return frozenset(key for key in modules() if key in switched)


def without(objects: Mapping[str, ObjectType], modules_off: frozenset[str]) -> dict[str, ObjectType]:
    """The objects of the modules that are on, without the fields that point only at others."""
    if not modules_off:
        return dict(objects)
    gone = {key for key, each in objects.items() if module_of(each) in modules_off}
    return {key: _apart(each, gone) for key, each in objects.items() if key not in gone}


def _apart(declaration: ObjectType, gone: set[str]) -> ObjectType:
    pointing = {
        key: [each for each in field.to if each not in gone]
        for key, field in declaration.fields.items()
        if isinstance(field, Reference | MultiReference) and not gone.isdisjoint(field.to)
    }
    summed = {key for key, field in declaration.fields.items() if getattr(field, "of", None) in gone}
    lost = {key for key, left in pointing.items() if not left} | summed
    if not pointing and not lost:
        return declaration
    narrowed = {key: _narrowed(declaration.fields[key], left) for key, left in pointing.items() if left}
    added = {key: narrowed.get(key, field) for key, field in declaration.added.items() if key not in lost}
    adapted = {**declaration.adapted, **{key: each for key, each in narrowed.items() if key not in added}}
    return _unnamed(declaration, lost).reshaped(
        added=added, adapted=adapted, omitted=declaration.omitted | lost
    )


def _narrowed(field: Field, to: list[str]) -> Field:
    narrower: Any = field.copy()
    narrower.to = tuple(to)
    return narrower  # type: ignore[no-any-return]  # a copy of the field


def _unnamed(declaration: ObjectType, lost: set[str]) -> ObjectType:
    """Shown nowhere."""

    def left(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(key for key in keys if key not in lost)

    return declaration.reshaped(
        details=tuple(replace(panel, fields=left(panel.fields)) for panel in declaration.details),
        columns=left(declaration.columns),
        quick=left(declaration.quick),
        card=left(declaration.card),
        subtitle=left(declaration.subtitle),
        duplicates=tuple(rule for rule in declaration.duplicates if not {rule.field, rule.same} & lost),
    )
