"""Two objects with a field of every kind: Gadget keeps them in columns, Gizmo in its JSON column."""

from typing import Any

from aperto.kernel import fields
from aperto.kernel.fields import KINDS, Field, Option
from aperto.kernel.objects.record import Record

OPTIONS = (
    Option("red", "Red", "red"),
    Option("green", "Green", "green"),
    Option("blue", "Blue, bright", "blue"),
    Option("grey", "Grey"),
)
SETTINGS: dict[str, dict[str, Any]] = {
    "select": {"options": OPTIONS},
    "multi_select": {"options": OPTIONS},
    "reference": {"to": ("company", "contact")},
    "multi_reference": {"to": "contact", "roles": OPTIONS},
    "recurrence": {"moment": "datetime"},
    "automatic_number": {"prefix": "G-", "yearly": True},
}


def every_kind(stored: str) -> dict[str, Field]:
    """A field of every kind that is stored, called by its kind."""
    made = {
        kind: cls(kind.capitalize(), stored=stored, **SETTINGS.get(kind, {}))
        for kind, cls in KINDS.items()
        if not cls.derived
    }
    return made | {"parent": fields.Reference("Parent", to="gadget", stored=stored)}


def invented(name: str, stored: str) -> type[Record]:
    meta = type("Meta", (Record.Meta,), {"abstract": False, "app_label": "fakes"})
    return type(name, (Record,), {"__module__": __name__, "Meta": meta, **every_kind(stored)})


Gadget = invented("Gadget", "column")
Gizmo = invented("Gizmo", "json")
