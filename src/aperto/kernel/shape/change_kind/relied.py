"""What relies on a field's kind: asked of the shape as it would be, and compared with what is wrong today.

What the product itself goes by (formulas, roll-ups, conditions, rights) must not break; a saved view may, for
whoever opens it is told what is wrong with its filter.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import uuid4

from django.apps import apps
from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.conditions import judge, problem
from aperto.kernel.access.models import Role
from aperto.kernel.errors import FieldError, Message
from aperto.kernel.fields import Field
from aperto.kernel.fields.base import text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.compile import compile_filter
from aperto.kernel.query.json import from_json
from aperto.kernel.query.sorting import keys_of
from aperto.kernel.query.views import EVERYONE, SavedView
from aperto.kernel.shape.change_kind.proposal import Proposal

CONDITIONS = ("shown_when", "required_when", "readonly_when")
RULES = ("SharingRule", "Territory")


@dataclass(frozen=True)
class Relied:
    """Something that would not be understood any more; `breaks` refuses the change of kind."""

    name: str
    why: Message
    breaks: bool = True


def relied(actor: Actor, proposal: Proposal) -> list[Relied]:
    before = set(_wrong(actor))
    with _as_if(proposal):
        return [each for each in _wrong(actor) if each not in before]


@contextmanager
def _as_if(proposal: Proposal) -> Iterator[None]:
    """This thread works with the new field, as if it were there already; nobody else does."""
    held, old = registry.shape, proposal.declaration
    new = old.reshaped(added={**old.added, proposal.new.key: proposal.new})
    registry.take(replace(held, version=uuid4().hex, objects={**held.objects, old.key: new}), newest=False)
    try:
        yield
    finally:
        registry.take(held, newest=False)


def _wrong(actor: Actor) -> Iterable[Relied]:
    """All that is not understood in the shape of the moment."""
    for declaration in registry:
        for field in declaration.fields.values():
            yield from _of_field(actor, declaration, field)
    yield from _of_rights(actor)
    yield from _of_views(actor)


def _of_field(actor: Actor, declaration: ObjectType, field: Field) -> Iterable[Relied]:
    place = f"{text_of(declaration.label)}: {text_of(field.label)}"
    try:
        field.check(declaration)
    except FieldError as error:
        yield Relied(place, str(error.message))
    texts = [getattr(field, when) for when in CONDITIONS]
    choices = getattr(field, "choices", None)
    texts += [option.when for option in choices.options] if choices else []
    for text in filter(None, texts):
        if wrong := problem(actor, declaration, text):
            yield Relied(place, str(wrong))


def _of_rights(actor: Actor) -> Iterable[Relied]:
    for role in Role.objects.order_by("name"):
        for object_key, by_verb in role.conditions.items():
            for text in by_verb.values():
                yield from _of_condition(actor, _("Role %(name)s") % {"name": role.name}, object_key, text)
    for model in RULES:
        rows = apps.get_model("kernel", model)._default_manager.filter(deleted_at=None)
        for row in rows.order_by("pk"):
            yield from _of_condition(actor, row.title, row.of_object, row.condition or "")


def _of_condition(actor: Actor, name: str, object_key: str, text: str) -> Iterable[Relied]:
    if text and object_key in registry and (wrong := problem(actor, registry.get(object_key), text)):
        yield Relied(name, str(wrong))


def _of_views(actor: Actor) -> Iterable[Relied]:
    for view in SavedView.objects.order_by("name"):
        if view.object not in registry:
            continue
        try:
            wanted, declaration = from_json(view.filter), registry.get(view.object)
            if wanted is not None:
                compile_filter(wanted, declaration, judge(actor))
            keys_of(view.sort, declaration, judge(actor))
        except FieldError as error:
            yield Relied(_named(actor, view), str(error), breaks=False)


def _named(actor: Actor, view: SavedView) -> str:
    """What others keep for themselves is not called by its name."""
    if view.share == EVERYONE or view.owner == actor.user_id:
        return _("View %(name)s") % {"name": view.name}
    return _("A view of somebody else")
