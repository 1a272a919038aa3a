"""A person's own habit: when to be reminded of what has no reminder of its own."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import FieldError, Invalid, Message, Refused
from aperto.kernel.fields.reminder import Reminder
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.reminders.models import ReminderHabit


def field_of(declaration: ObjectType) -> Reminder | None:
    return next((each for each in declaration.fields.values() if isinstance(each, Reminder)), None)


def reminding(actor: Actor) -> list[tuple[ObjectType, Reminder]]:
    """The objects of which this actor can be reminded, with the field that says when."""
    found = [(each, field_of(each)) for each in registry if actor.may(each, Verb.READ)]
    return [(declaration, field) for declaration, field in found if field is not None]


def habit_of(actor: Actor) -> dict[str, int]:
    if actor.user_id is None:
        return {}
    held = ReminderHabit.objects.filter(pk=actor.user_id).first()
    return dict(held.seconds) if held else {}


def choose(actor: Actor, seconds: Mapping[str, int | None]) -> None:
    """Keeps the choice of the actor alone; Invalid names the object whose time cannot be."""
    if actor.user_id is None or actor.behind:
        raise Refused(_("Only the person themselves may do this."))
    known = {declaration.key: field for declaration, field in reminding(actor)}
    wrong: dict[str, list[Message]] = {}
    kept: dict[str, int] = {}
    for key, given in seconds.items():
        if key not in known:
            wrong[key] = [_("There is no such field.")]
            continue
        try:
            value = known[key].clean(given)
        except FieldError as error:
            wrong[key] = [error.message]
        else:
            kept |= {} if value is None else {key: value}
    if wrong:
        raise Invalid(wrong)
    ReminderHabit.objects.update_or_create(pk=actor.user_id, defaults={"seconds": kept})
