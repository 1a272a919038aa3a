"""A relation with columns of its own: an object whose records link two others, and are shown as links.

Being an object, it has history, undo, a recycle bin, import, export and an API like any other; who sees a
record of it is told by its ends (`access.ends`).
"""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from aperto.kernel.changes.draft import Work
from aperto.kernel.fields.base import Ref
from aperto.kernel.fields.linked import Linked
from aperto.kernel.fields.reference import Reference
from aperto.kernel.objects.declaration import ObjectType, Panel
from aperto.kernel.query.engines.alone import alone
from aperto.kernel.query.rows import titles
from aperto.kernel.shape.words import OWN_PANEL

MOST_COLUMNS = 6
BETWEEN = " – "


def columns_of(declaration: ObjectType) -> list[str]:
    """What a link says beyond what it links."""
    return [key for key in declaration.added if key not in declaration.ends]


def as_relation(declaration: ObjectType) -> ObjectType:
    """Form, list and page ask for both ends and the columns, and for nothing else."""
    ends = tuple(key for key in declaration.ends if key in declaration.added)
    asked = (*ends, *columns_of(declaration))
    return declaration.reshaped(
        columns=(*asked[: MOST_COLUMNS + 2], "updated_at"),
        quick=asked,
        card=(),
        subtitle=(),
        details=(Panel(OWN_PANEL, asked),),
    )


def with_linked(objects: dict[str, ObjectType]) -> dict[str, ObjectType]:
    """Both ends of a relation have a field of what they are linked with."""
    shaped = dict(objects)
    for link in objects.values():
        ends = [link.added.get(key) for key in link.ends]
        for end, other in zip(ends, reversed(ends), strict=True):
            if not isinstance(end, Reference) or not isinstance(other, Reference):
                continue
            if len(end.to) == len(other.to) == 1 and {*end.to, *other.to} <= shaped.keys():
                [target] = end.to
                shaped[target] = _with(shaped[target], link, end, other)
    return shaped


def _with(declaration: ObjectType, link: ObjectType, end: Reference, other: Reference) -> ObjectType:
    key = next(each for each in _keys(link, end) if each not in declaration.fields)
    field = Linked(end.panel or link.plural, to=other.to, link=link.key, end=end.key, other=other.key)
    field.adopt(declaration.model, key)
    return declaration.reshaped(added={**declaration.added, key: field})


def _keys(link: ObjectType, end: Reference) -> Iterable[str]:
    """The key of the link, where both ends are of one object that of the end behind it."""
    yield link.key
    yield from (f"{link.key}_{end.key}{number}"[:54] for number in ("", *range(2, 1_000)))


def check_link(work: Work) -> None:
    """No record is linked with itself, and no two twice. The name follows from both."""
    declaration = work.occasion.declaration
    ends = {key: work.value(key) for key in declaration.ends}
    if not all(isinstance(each, Ref) for each in ends.values()) or not any(map(work.changes, ends)):
        return
    one, other = ends.values()
    last = declaration.ends[-1]
    if one.id == other.id:
        work.refuse(last, _("A record cannot be linked with itself."))
    elif _is_there(work, ends):
        work.refuse(last, _("These two are linked already."))
    else:
        work.put("name", BETWEEN.join(_title(work, each)[:90] for each in ends.values()))


def _is_there(work: Work, ends: dict[str, Ref]) -> bool:
    declaration = work.occasion.declaration
    alone(f"links of {declaration.key}")
    rows = declaration.model.objects.filter(deleted_at=None).exclude(pk=work.record.pk)
    for key, ref in ends.items():
        rows = rows.filter(declaration.fields[key].where("is", [ref]))
    return rows.exists()


def _title(work: Work, ref: Ref) -> str:
    """Blank for one that the writer does not see, whom the check of references refuses."""
    seen = titles(work.occasion.actor, ref.object, [ref.id]).get(ref.id)
    return seen.title if seen else ""
