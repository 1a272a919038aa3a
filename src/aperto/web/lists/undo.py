"""Taking back one change, or all changes of a batch."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from aperto.kernel import changes
from aperto.kernel.changes import Undone
from aperto.kernel.changes.lookup import get_change
from aperto.kernel.errors import Conflict, Invalid, Refused
from aperto.web.door import done, person_page
from aperto.web.lists.bulk_job import reasons_of, undo_many
from aperto.web.request import Request

VIA = "undo"
CHANGED = "rows-changed record-changed"


@require_POST
@person_page
def one(request: Request, change: UUID) -> HttpResponse:
    """Takes one change back, unless its fields were changed again since."""
    try:
        changes.undo(request.actor, get_change(request.actor, change), via=VIA)
    except Conflict:
        text = _("It was changed again since, so nothing was undone. The history shows what happened.")
        return done(request, text, tone="bad", events=CHANGED)
    except (Invalid, Refused) as error:
        return done(request, " ".join(reasons_of(error)), tone="bad")
    return done(request, _("Undone."), events=CHANGED)


@require_POST
@person_page
def batch(request: Request, batch: UUID) -> HttpResponse:
    """Takes back what one act did to many records; a long one goes on in the background."""
    if request.GET.get("many"):
        task = undo_many.using(
            actor_id=request.actor.user_id, idempotency_key=f"undo {batch} {request.actor.user_id}"
        )
        link = f"/jobs/{task.enqueue(str(batch)).id}"
        return done(request, _("This is being undone in the background."), tone="info", link=link, to=link)
    undone = changes.undo_batch(request.actor, batch, via=VIA)
    return done(request, words(undone), tone="good" if undone.undone else "bad", events=CHANGED)


def words(undone: Undone) -> str:
    if not undone.undone and not undone.kept:
        return _("There was nothing left to undo.")
    texts = [ngettext("%(n)s change undone.", "%(n)s changes undone.", undone.undone) % {"n": undone.undone}]
    if undone.kept:
        kept = ngettext(
            "%(n)s record stays as it is, because it changed since.",
            "%(n)s records stay as they are, because they changed since.",
            undone.kept,
        )
        texts.append(kept % {"n": undone.kept})
    return " ".join(texts)
