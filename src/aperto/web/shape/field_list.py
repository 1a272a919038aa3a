"""The fields of an object as Settings → Objects lists them: own ones in order, standard and retired ones."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import Message
from aperto.kernel.fields import KINDS, Field
from aperto.kernel.fields.base import text_of
from aperto.kernel.fields.linked import Linked
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.records import Row
from aperto.kernel.shape.build import may_hide
from aperto.kernel.shape.custom_object import omitted
from aperto.web.shape import said

MARKS: dict[str, Message] = {
    "required": _("required"),
    "unique": _("no two the same"),
    "personal": _("personal data"),
    "shown_when": _("shown when"),
    "required_when": _("required when"),
    "readonly_when": _("read-only when"),
}
EVERYWHERE = ("owner", "team")  # of the fields that every record has, those that people fill in


@dataclass(frozen=True)
class Listed:
    """A field as a line. `said` tells whether anything was said of it; `open` whether it can be arranged."""

    key: str
    label: str
    kind: str
    icon: str
    own: bool
    marks: list[Message] = field(default_factory=list)
    said: bool = False
    hidden: bool = False
    can_hide: bool = False
    open: bool = True


def own(declaration: ObjectType) -> list[Listed]:
    return [
        _of(declaration, each, True, said=True)
        for each in declaration.added.values()
        if not isinstance(each, Linked)
    ]


def standard(actor: Actor, declaration: ObjectType) -> list[Listed]:
    """Those that came with the product, also the ones that are hidden here."""
    spoken = said.of_fields(actor, declaration.key)
    found = []
    for key, plain in standard_fields(declaration).items():
        shown = declaration.fields.get(key)
        hidden = shown is None
        found.append(_of(declaration, shown or plain, False, said=key in spoken, hidden=hidden))
    return found


def standard_fields(declaration: ObjectType) -> dict[str, Field]:
    """The fields without what administrators said of them."""
    system = set(declaration.model.fields_of_every_record()) - set(EVERYWHERE)
    if declaration.definition is None:
        plain = registry.declared[declaration.key].fields
    else:
        unused = omitted(declaration.definition)
        plain = {key: each for key, each in declaration.model.all_fields().items() if key not in unused}
    return {key: each for key, each in plain.items() if key not in system}


def retired(actor: Actor, declaration: ObjectType) -> list[Listed]:
    rows = said.of_fields(actor, declaration.key, retired=True)
    kept = standard_fields(declaration)
    return [_gone(row) for key, row in rows.items() if key not in kept and row.values["kind"] in KINDS]


def _gone(row: Row) -> Listed:
    kind = KINDS[row.values["kind"]]
    return Listed(row.values["key"], row.title, text_of(kind.label_of_kind), kind.icon, own=True, said=True)


def _of(declaration: ObjectType, each: Field, own: bool, said: bool, hidden: bool = False) -> Listed:
    kind = type(each)
    return Listed(
        key=each.key,
        label=text_of(each.label) or each.key,
        kind=text_of(kind.label_of_kind),
        icon=kind.icon,
        own=own,
        marks=[] if hidden else marks(each),
        said=said,
        hidden=hidden,
        can_hide=not own and not hidden and may_hide(declaration, each.key),
        open=is_open(each) and not hidden,
    )


def is_open(each: Field) -> bool:
    """Whether an administrator can say something of it."""
    return type(each).kind in KINDS and each.addable


def marks(each: Field) -> list[Message]:
    return [word for name, word in MARKS.items() if getattr(each, name)]
