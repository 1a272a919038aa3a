"""What a pasted block changes: here for a few cells, as background work for many. All is one batch."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from aperto.kernel import changes, jobs
from aperto.kernel.access import actors, people
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes import Draft, Outcome
from aperto.kernel.errors import Missing, Refused
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.readable import readable
from aperto.web.lists.block import STEP, Line, Reader
from aperto.web.lists.bulk_job import Tally, reached

VIA = "paste"


def write(
    actor: Actor,
    object_key: str,
    lines: Sequence[Line],
    batch: UUID,
    tally: Tally,
    versions: Mapping[UUID, int] | None = None,
) -> None:
    """Carries out the lines; with the versions that somebody has looked at, what others changed since then
    is a conflict."""
    due = [line for line in lines if line.values]
    keys = [line.id for line in due]
    allowed = reached(actor, object_key, keys, Verb.EDIT) if len(lines) > 1 else set(keys)
    tally.add([Outcome(error=Refused(Verb.BULK)) for key in keys if key not in allowed])
    tally.unchanged += len(lines) - len(due)
    tally.explain([cell.message for line in lines for cell in line.cells if cell.message])
    drafts = [
        Draft(line.values, record=line.id, if_version=(versions or {}).get(line.id), clean=True)
        for line in due
        if line.id in allowed
    ]
    for start in range(0, len(drafts), STEP):
        tally.add(changes.save_many(actor, object_key, drafts[start : start + STEP], via=VIA, batch=batch))


@jobs.task(takes_context=True, label=gettext_lazy("Paste many cells"), max_attempts=3)
def paste_many(
    context: jobs.JobContext,
    object_key: str,
    columns: list[str],
    ids: list[str],
    texts: list[list[str]],
    batch: str,
) -> dict[str, Any]:
    """The rights are those that the person has now, not those of the moment of asking."""
    if context.actor_id is None:
        raise Missing("actor")
    actor = actors.of_user(people.get(context.actor_id))
    declaration = for_actor(actor, registry.get(object_key))
    known = readable(actor, declaration)
    places = [place for place, key in enumerate(columns) if key in known]
    reader, tally = Reader(actor, declaration, [known[columns[place]] for place in places]), Tally()
    for start in range(0, len(ids), STEP):
        context.check_cancelled()
        some = [UUID(key) for key in ids[start : start + STEP]]
        cut = [[row[place] for place in places if place < len(row)] for row in texts[start : start + STEP]]
        write(actor, object_key, list(reader.lines(some, cut)), UUID(batch), tally)
        context.progress(start + len(some), len(ids))
        context.keep(tally.told(batch))
    return tally.told(batch)
