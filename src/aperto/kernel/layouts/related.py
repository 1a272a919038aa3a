"""Panels of related records, told apart by what their records point with: `deal.company` are the deals that
name this company, `deal.contacts` those whose links name this contact."""

from collections.abc import Iterable

from aperto.kernel.fields.base import Field
from aperto.kernel.objects.declaration import ObjectType, Related


def key_of(each: Related) -> str:
    return each.relation or f"{each.object}.{each.by}"


def with_roles(declaration: ObjectType) -> Iterable[tuple[Field, str]]:
    """Links of the object itself whose roles say what somebody is to it are panels too, of the object that
    they point at."""
    for each in declaration.fields.values():
        roles = getattr(each, "roles", None)
        targets: tuple[str, ...] = getattr(each, "to", ())
        if each.stored_elsewhere and roles is not None and roles.options and len(targets) == 1:
            yield each, targets[0]


def key_here(declaration: ObjectType, each: Field) -> str:
    return f"{declaration.key}.{each.key}"


def keys_of(declaration: ObjectType) -> list[str]:
    """All of them in their usual order."""
    here = [key_here(declaration, each) for each, _to in with_roles(declaration)]
    return list(dict.fromkeys([*here, *(key_of(each) for each in declaration.related)]))
