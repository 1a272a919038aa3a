"""A kind is changed: for few records at once, for many by a job. One undo takes all of it back."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel import changes, jobs
from aperto.kernel.access import actors, people
from aperto.kernel.access.actor import Actor
from aperto.kernel.changes.draft import Draft, Occasion
from aperto.kernel.changes.write import write
from aperto.kernel.errors import Invalid, Missing
from aperto.kernel.objects.registry import registry
from aperto.kernel.shape import held
from aperto.kernel.shape.build import FieldDefinition
from aperto.kernel.shape.change_kind.move import Move, count, fill, settle
from aperto.kernel.shape.change_kind.proposal import DEFINITION, SWITCHED, Proposal
from aperto.kernel.shape.change_kind.relied import relied
from aperto.kernel.shape.check import CHANGING_KIND

FEW = 500  # records that are converted while somebody waits
LONGEST_NAME, LONGEST_KEY = 120, 40
SAID = ("name", "help", "placeholder", "personal")


def change_kind(actor: Actor, proposal: Proposal, keep: bool, batch: UUID) -> UUID | None:
    """The key of the job that does it, None where it is done. Invalid where something relies on the kind."""
    broken = [each for each in relied(actor, proposal) if each.breaks]
    if broken:
        raise Invalid({"kind": [f"{each.name}: {each.why}" for each in broken]})
    move = Move(proposal.before, proposal.after)
    if proposal.instant:
        with transaction.atomic():
            _switch(actor, move, keep=False, batch=batch)
        return None
    if count(move.declaration) > FEW:
        return _later(actor, proposal, move, keep, batch)
    with transaction.atomic():
        refused = fill(move, actor)
        _switch(actor, move, keep=keep and refused > 0, batch=batch)
        settle(move, actor)
    return None


def _later(actor: Actor, proposal: Proposal, move: Move, keep: bool, batch: UUID) -> UUID:
    label = _("Change the kind of %(field)s") % {"field": proposal.before.name}
    task = convert_field.using(actor_id=actor.user_id, label=label)
    with transaction.atomic():
        return UUID(str(task.enqueue(move.json(), keep, str(batch)).id))


@jobs.task(takes_context=True, label=gettext_lazy("Change the kind of a field"), max_attempts=3)
def convert_field(context: jobs.JobContext, raw: dict[str, Any], keep: bool, batch: str) -> dict[str, Any]:
    """Broken off before the definition changes, nothing has happened; afterwards it is brought to its end."""
    actor, move = _asked_by(context), Move.of(raw)
    total = 2 * count(move.declaration)
    if _place(move) != move.after.slot:
        began = datetime.now(UTC)
        refused = fill(move, actor, between=_told(context, 0, total))
        with transaction.atomic():
            fill(move, actor, Q(updated_at__gte=began))
            _switch(actor, move, keep=keep and refused > 0, batch=UUID(batch))
    settle(move, actor, between=_told(context, total // 2, total, stops=False))
    return {"batch": batch}


@jobs.task(takes_context=True, label=gettext_lazy("Undo a change of kind"), max_attempts=3)
def settle_back(context: jobs.JobContext, raw: dict[str, Any]) -> None:
    move = Move.of(raw)
    settle(move, _asked_by(context), True, _told(context, 0, count(move.declaration), stops=False))


def _asked_by(context: jobs.JobContext) -> Actor:
    if context.actor_id is None:
        raise Missing("actor")
    return actors.of_user(people.get(context.actor_id))


def _told(context: jobs.JobContext, before: int, total: int, stops: bool = True) -> Any:
    def between(done: int) -> None:
        if stops:
            context.check_cancelled()
        context.progress(before + done, total)

    return between


def _place(move: Move) -> str:
    return held.rows().values_list("slot", flat=True).get(pk=move.before.id) or ""


def _switch(actor: Actor, move: Move, keep: bool, batch: UUID) -> None:
    """The definition is written last, so that it is the first to go back."""
    if keep:
        _retire(actor, move.before, batch)
    values = {name: getattr(move.after, name) or None for name in SWITCHED} | {"unique": move.after.unique}
    occasion = Occasion(actor, registry.get(DEFINITION), CHANGING_KIND, batch)
    [outcome] = write(occasion, [Draft(values, record=move.before.id)])
    if outcome.error is not None:
        raise outcome.error


def _retire(actor: Actor, before: FieldDefinition, batch: UUID) -> None:
    """The former field with its values, among the retired ones, from where it can be brought back."""
    name = _("%(field)s (old)") % {"field": before.name[: LONGEST_NAME - 20]}
    values = {name: getattr(before, name) or None for name in SAID} | {
        "name": name, "of_object": before.of_object, "key": _free_key(before), "kind": before.kind,
        "settings": dict(before.settings) or None, "slot": before.slot or before.key,
        "position": before.position,
    }  # fmt: skip
    row = changes.create(actor, DEFINITION, values, via=CHANGING_KIND, batch=batch)
    changes.delete(actor, row, via=CHANGING_KIND, batch=batch)


def _free_key(before: FieldDefinition) -> str:
    rows = held.rows().filter(of_object=before.of_object)
    taken = {*rows.values_list("key", flat=True), *registry.get(before.of_object).fields}
    plain = before.key[: LONGEST_KEY - 8]
    spelt = (f"{plain}_old{number}" for number in ("", *range(2, 1_000)))
    return next(each for each in spelt if each not in taken)


def undone(now: FieldDefinition, difference: dict[str, list[Any]], actor: Actor) -> None:
    """The definition went back: so do the values, together with what was typed since."""
    usual = FieldDefinition(None, "", "", "", "")
    left = {
        name: difference[name][1] if difference[name][1] is not None else getattr(usual, name)
        for name in SWITCHED
        if name in difference
    }
    move = Move(replace(now, **left), now)
    if move.before.slot == move.after.slot:
        return
    if count(move.declaration) <= FEW:
        settle(move, actor, back=True)
    else:
        task = settle_back.using(actor_id=actor.user_id)
        transaction.on_commit(lambda: task.enqueue(move.json()))
