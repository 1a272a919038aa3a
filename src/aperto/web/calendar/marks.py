"""By what the entries of a calendar are told apart: a colour, and beside it an icon or letters, as a colour
alone says nothing to who does not see it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from aperto.kernel.calendar.axis import Axis
from aperto.kernel.calendar.entries import Entry
from aperto.kernel.fields.base import Field, Ref
from aperto.kernel.query.pointers import targets
from aperto.web.people.looks import hue, initials
from aperto.web.templatetags.aperto_icons import icon

OBJECT, OWNER = "object", "owner"


@dataclass(frozen=True)
class Mark:
    """`sign` is safe HTML before the title, `word` is said, and shown where the sign does not say it."""

    hue: str
    sign: str
    word: str = ""


type Marker = Callable[[Entry], Mark]


def colourings(axes: Sequence[Axis], known: Sequence[Field]) -> list[tuple[str, str]]:
    """What can be chosen: by kind of record, by whose it is, and of a single object by stage or choice."""
    found = [(OBJECT, _("By kind")), (OWNER, _("By owner"))]
    if len(axes) == 1:
        found += [(field.key, _("By %(field)s") % {"field": str(field.label).lower()}) for field in known]
    return found


def choices(axis: Axis, readable: Sequence[Field]) -> list[Field]:
    """The fields whose values have a colour."""
    return [
        field
        for field in readable
        if field.label and (targets(field) == ("stage",) or field.kind == "select" and not field.custom)
    ]


def marker(colour: str, field: Field | None) -> Marker:
    if field is not None:
        return _by_field(field)
    return _by_owner if colour == OWNER else _by_object


def _by_object(entry: Entry) -> Mark:
    declaration = entry.lot.axis.declaration
    return Mark(declaration.hue, str(icon(declaration.icon, "xs")))


def _by_owner(entry: Entry) -> Mark:
    owner: Ref | None = entry.row.values.get("owner") if entry.row else None
    if owner is None or not owner.title:
        return Mark("slate", str(icon("user", "xs")))
    letters = f'<b class="who">{escape(initials(owner.title))}</b>'
    return Mark(hue(owner.id), letters, owner.title)


def _by_field(field: Field) -> Marker:
    options = {option.key: option for option in getattr(field, "options", ())}

    def mark(entry: Entry) -> Mark:
        value: Any = entry.row.values.get(field.key) if entry.row else None
        sign = str(icon(entry.lot.axis.declaration.icon, "xs"))
        if isinstance(value, Ref):
            return Mark(value.hue, sign, value.title)
        option = options.get(value)
        return Mark(option.hue, sign, str(option.label)) if option else Mark("slate", sign)

    return mark
