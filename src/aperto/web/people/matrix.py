"""The grid of a role: one row for all objects, one for each that differs, a reach for each verb.

A cell of an object's row may say "as all objects". In what is kept, a row of an object stands alone; so such
cells are filled in from the first row when the grid is saved, and a row that only repeats it is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from aperto.kernel.access.scopes import SCOPE_LABELS, VERB_LABELS, Grants, Scope, Verb
from aperto.kernel.errors import Message
from aperto.kernel.objects.registry import registry

EVERYTHING = "*"
AS_ALL = ""
VERBS = tuple(verb for verb in Verb if verb is not Verb.CONFIGURE)
YES_OR_NO = frozenset({Verb.CREATE, Verb.IMPORT})  # what is new belongs to nobody yet


@dataclass(frozen=True)
class Cell:
    name: str
    label: str
    value: str
    options: list[tuple[str, Message]]


@dataclass(frozen=True)
class Row:
    key: str
    label: Message
    icon: str
    cells: list[Cell]
    conditions: int = 0  # how many verbs of this row hang on one
    fields: int = 0  # how many fields are hidden or locked


def verbs() -> list[Message]:
    return [VERB_LABELS[verb] for verb in VERBS]


def configures(grants: Grants) -> bool:
    return grants.get(EVERYTHING, {}).get(Verb.CONFIGURE) == Scope.ALL


def rows(grants: Grants, conditions: Grants | None = None, fields: Grants | None = None) -> list[Row]:
    objects = [(each.key, each.plural, each.icon) for each in registry if not each.administered]
    named = [(EVERYTHING, _("All objects"), "apps"), *objects]
    return [
        Row(
            key,
            label,
            icon,
            [cell(grants, key, label, verb) for verb in VERBS],
            len((conditions or {}).get(key, {})),
            len((fields or {}).get(key, {})),
        )
        for key, label, icon in named
    ]


def cell(grants: Grants, key: str, label: Message, verb: Verb) -> Cell:
    usual = grants.get(EVERYTHING, {}).get(verb, Scope.NONE)
    reach = grants.get(key, {}).get(verb, Scope.NONE)
    repeats = key != EVERYTHING and (key not in grants or reach == usual)
    value = AS_ALL if repeats else reach
    return Cell(f"{key}.{verb}", f"{label}: {VERB_LABELS[verb]}", value, _options(key, verb, value))


def _options(key: str, verb: Verb, value: str) -> list[tuple[str, Message]]:
    offered: list[tuple[str, Message]] = [] if key == EVERYTHING else [(AS_ALL, _("As all"))]
    if verb in YES_OR_NO:
        yes = value if value not in {AS_ALL, Scope.NONE} else Scope.ALL
        return [*offered, (Scope.NONE, _("No")), (yes, _("Yes"))]
    return [*offered, *((scope, SCOPE_LABELS[scope]) for scope in Scope)]


def read(post: QueryDict) -> dict[str, dict[str, str]]:
    """The grants that the grid says; what it does not name stays refused, and the kernel checks the words."""
    usual = {str(verb): post.get(f"{EVERYTHING}.{verb}", Scope.NONE) for verb in VERBS}
    grants = {EVERYTHING: dict(usual)}
    for declaration in registry:
        if not declaration.administered and (row := row_of(post, declaration.key, usual)) is not None:
            grants[declaration.key] = row
    if post.get("configures"):
        grants[EVERYTHING][str(Verb.CONFIGURE)] = Scope.ALL
    return grants


def row_of(post: QueryDict, key: str, usual: Mapping[str, str]) -> dict[str, str] | None:
    """The row of one object, filled in from that of all objects; None where it only repeats that."""
    whole = {str(verb): post.get(f"{key}.{verb}", AS_ALL) or usual.get(verb, Scope.NONE) for verb in VERBS}
    return None if whole == {str(verb): usual.get(verb, Scope.NONE) for verb in VERBS} else whole
