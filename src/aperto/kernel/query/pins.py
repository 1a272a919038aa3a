"""Views that a person keeps in the navigation, in the order of their choice. A pin gives no right: what it
names is shown as far as its reader sees the view and its object at that moment."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q, UniqueConstraint
from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Invalid, Refused
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.engines.expressions import among_keys
from aperto.kernel.query.statements import instances
from aperto.kernel.query.views import SavedView, get_view, shown

MOST = 12


class Pin(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.UUIDField()
    view = models.UUIDField()
    position = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "kernel_pin"
        constraints = [UniqueConstraint(fields=["user", "view"], name="pin_once")]

    def __str__(self) -> str:
        return str(self.view)


def pinned(actor: Actor) -> list[SavedView]:
    """The views that the actor has pinned and still sees, in order."""
    if actor.user_id is None:
        return []
    pins = instances(Pin, "pins", [Q(user=actor.user_id)], "position", "id")
    if not pins:
        return []
    read = instances(SavedView, "pinned", [shown(actor), among_keys("pk", [pin.view for pin in pins])], "pk")
    views = {view.pk: view for view in read if view.object in registry}
    found = [views[pin.view] for pin in pins if pin.view in views]
    return [view for view in found if actor.may(registry.get(view.object), Verb.READ)]


def pin(actor: Actor, view: UUID, place: int | None = None) -> bool:
    """Puts a view behind the others, or where it stood; False where it is pinned already. Missing for what
    is not seen."""
    user = _person(actor)
    held = get_view(actor, view)
    with transaction.atomic():
        _forget_lost(user)
        mine = list(Pin.objects.select_for_update().filter(user=user))
        if any(each.view == held.pk for each in mine):
            return False
        if len(mine) >= MOST:
            raise Invalid({"": [_("At most %(most)s views can be pinned.") % {"most": MOST}]})
        last = max((each.position for each in mine), default=0) + 1
        Pin.objects.create(user=user, view=held.pk, position=last if place is None else min(place, last))
    return True


def _forget_lost(user: UUID) -> None:
    """Pins of views that were deleted take no room."""
    Pin.objects.filter(user=user).exclude(view__in=SavedView.objects.values("pk")).delete()


def unpin(actor: Actor, view: UUID) -> int | None:
    """Where it stood; None for what was not pinned."""
    held = Pin.objects.filter(user=_person(actor), view=view).first()
    if held is None:
        return None
    held.delete()
    return held.position


def arrange(actor: Actor, order: Sequence[UUID]) -> None:
    """Puts one's pins in this order; those that it does not name follow."""
    places = {key: place for place, key in enumerate(order)}
    with transaction.atomic():
        mine: Iterable[Pin] = Pin.objects.select_for_update().filter(user=_person(actor))
        for place, each in enumerate(
            sorted(mine, key=lambda pin: (places.get(pin.view, len(places)), pin.position))
        ):
            Pin.objects.filter(pk=each.pk).update(position=place)


def _person(actor: Actor) -> UUID:
    if actor.behind is not None or actor.user_id is None:
        raise Refused(_("Whoever looks as somebody else changes nothing."))
    return actor.user_id
