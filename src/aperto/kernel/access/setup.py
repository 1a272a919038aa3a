"""The first run names the organisation and makes its first user, once; and the organisation's later edits."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aperto.kernel import changes
from aperto.kernel.access import details, organisation, people, roles
from aperto.kernel.access.actor import Actor, system
from aperto.kernel.access.models import Organisation, User
from aperto.kernel.errors import Invalid, Message, Refused

FIELDS = ("name", "language", "country", "currency", "zone")
RECORD = UUID(int=1)  # how history names the one organisation


type Step = Callable[[str], None]
_steps: list[Step] = []


def after_first_run(step: Step) -> None:
    """A business app says what it makes in a new installation; the step is given the language."""
    if step not in _steps:
        _steps.append(step)


def needed() -> bool:
    """Whether nobody can sign in yet because there is nobody."""
    return not User.objects.exists()


@transaction.atomic
def start(
    firm: Mapping[str, Any], person: Mapping[str, Any], password: str | None, *, demo: bool = False
) -> User:
    """The organisation and its first user, an administrator; Refused when somebody was there before.

    Two that arrive together both wait here for the organisation's row, and the second then sees a user.
    """
    row, _made = Organisation.objects.get_or_create(pk=1, defaults={"name": ""})
    people.one_at_a_time()
    if not needed():
        raise Refused(_("Aperto is set up already."))
    cleaned = _clean(firm, person)
    for key, value in {**cleaned, "demo": demo}.items():
        setattr(row, key, value)
    row.save()
    transaction.on_commit(organisation.forget)
    ready = roles.ensure_ready_roles()
    actor = system("first run")
    whole = {"language": row.language, "zone": row.zone, **person}
    user = people.create(actor, whole, roles=[ready[roles.ADMINISTRATOR].pk], password=password, via="setup")
    for step in _steps:
        step(row.language)
    return user


def _clean(firm: Mapping[str, Any], person: Mapping[str, Any]) -> dict[str, str]:
    """All that is wrong in both halves of the page at once; the organisation's name is "organisation"."""
    errors: dict[str, list[Message]] = {}
    cleaned: dict[str, str] = {}
    try:
        cleaned = details.clean({key: firm.get(key, "") for key in FIELDS}, FIELDS)
    except Invalid as invalid:
        errors |= {"organisation" if key == "name" else key: found for key, found in invalid.errors.items()}
    try:
        details.clean({key: person.get(key, "") for key in ("name", "email")}, ("name", "email"))
    except Invalid as invalid:
        errors |= invalid.errors
    if errors:
        raise Invalid(errors)
    return cleaned


@transaction.atomic
def edit_organisation(
    actor: Actor, values: Mapping[str, Any], via: str = "page", batch: UUID | None = None
) -> Organisation:
    people.require_administrator(actor)
    row, _made = Organisation.objects.select_for_update().get_or_create(pk=1, defaults={"name": "Aperto"})
    cleaned: dict[str, Any] = dict(details.clean(values, FIELDS))
    if "presence" in values:
        cleaned["presence"] = values["presence"] is True
    diff = {key: [getattr(row, key), new] for key, new in cleaned.items() if getattr(row, key) != new}
    if diff:
        for key, (_old, new) in diff.items():
            setattr(row, key, new)
        row.save(update_fields=list(diff))
        changes.note(actor, "organisation", RECORD, "changed", diff, via=via, batch=batch)
        transaction.on_commit(organisation.forget)
    return row
