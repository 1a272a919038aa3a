"""What is done to many records at once: here for a few, as background work for many. All is one batch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel import changes, jobs, records
from aperto.kernel.access import actors, people
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.reach import reach_of
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes import Draft, Outcome
from aperto.kernel.errors import Invalid, Missing, Refused
from aperto.kernel.objects.registry import registry
from aperto.web.lists.selection import Chosen

VIA = "bulk"
MOST_REASONS = 5


@dataclass
class Tally:
    """What became of the rows, and why some were refused."""

    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    reasons: dict[str, None] = field(default_factory=dict)

    def add(self, outcomes: Sequence[Outcome]) -> None:
        for outcome in outcomes:
            if outcome.error is not None:
                self.refused += 1
                self.explain(reasons_of(outcome.error))
            elif outcome.change is None:
                self.unchanged += 1
            else:
                self.changed += 1

    def explain(self, reasons: Iterable[str]) -> None:
        for reason in reasons:
            if len(self.reasons) < MOST_REASONS:
                self.reasons[reason] = None

    def counts(self) -> dict[str, int]:
        shown = {"changed": self.changed, "unchanged": self.unchanged, "refused": self.refused}
        return {key: number for key, number in shown.items() if number or key == "changed"}

    def told(self, batch: str) -> dict[str, Any]:
        """The answer of a job: what its page shows, and what is undone by one click."""
        return {"batch": batch, "counts": self.counts(), "reasons": list(self.reasons)}


def reasons_of(error: Exception) -> list[str]:
    if isinstance(error, Invalid):
        return error.messages
    if isinstance(error, Refused):
        return [_("You may not do this to some of them.")]
    if isinstance(error, Missing):
        return [_("Some are not there any more.")]
    return [str(error)]


def write(
    actor: Actor, object_key: str, keys: Sequence[UUID], values: dict[str, Any] | None, batch: UUID
) -> list[Outcome]:
    """One step: the values for these records, or their deletion."""
    allowed = reached(actor, object_key, keys, Verb.DELETE if values is None else Verb.EDIT)
    refused = [Outcome(error=Refused(Verb.BULK)) for key in keys if key not in allowed]
    due = [key for key in keys if key in allowed]
    if values is None:
        return refused + changes.delete_many(actor, object_key, due, via=VIA, batch=batch)
    drafts = [Draft(values, record=key) for key in due]
    return refused + changes.save_many(actor, object_key, drafts, via=VIA, batch=batch)


def reached(actor: Actor, object_key: str, keys: Sequence[UUID], verb: Verb) -> set[UUID]:
    """Those of the records that may be changed in bulk; not asked where the verb itself reaches no more."""
    declaration = registry.get(object_key)
    bulk = reach_of(actor, declaration, Verb.BULK)
    if bulk.is_everything or bulk == reach_of(actor, declaration, verb):
        return set(keys)
    return set(records.visible(actor, object_key, Verb.BULK).only(keys).ids(len(keys)))


@jobs.task(takes_context=True, label=gettext_lazy("Change many records"), max_attempts=3)
def change_many(
    context: jobs.JobContext,
    object_key: str,
    values: dict[str, Any] | None,
    ids: list[str] | None,
    filter_text: str,
    batch: str,
) -> dict[str, Any]:
    """The rights are those that the person has now, not those of the moment of asking."""
    if context.actor_id is None:
        raise Missing("actor")
    actor = actors.of_user(people.get(context.actor_id))
    chosen = Chosen(object_key, None if ids is None else tuple(UUID(key) for key in ids), filter_text)
    cleaned = None if values is None else clean(object_key, values)
    total, done, tally = chosen.count(actor), 0, Tally()
    for keys in chosen.chunks(actor):
        context.check_cancelled()
        tally.add(write(actor, object_key, keys, cleaned, UUID(batch)))
        done += len(keys)
        context.progress(done, max(total, done))
        context.keep(tally.told(batch))
    return tally.told(batch)


def clean(object_key: str, values: dict[str, Any]) -> dict[str, Any]:
    """Values from their JSON form."""
    fields = registry.get(object_key).fields
    return {key: None if raw is None else fields[key].clean(raw) for key, raw in values.items()}


@jobs.task(takes_context=True, label=gettext_lazy("Undo a change of many records"), max_attempts=3)
def undo_many(context: jobs.JobContext, batch: str) -> dict[str, Any]:
    if context.actor_id is None:
        raise Missing("actor")
    actor = actors.of_user(people.get(context.actor_id))
    result = changes.undo_batch(actor, UUID(batch), via="undo")
    counts = {"undone": result.undone} | ({"kept": result.kept} if result.kept else {})
    return {"counts": counts}
