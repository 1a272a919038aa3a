"""What holds for every comment, through whichever door it is written."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aperto.kernel.changes.draft import Occasion, Work
from aperto.kernel.comments import mentions
from aperto.kernel.fields.base import Ref

LONGEST = 20_000


def stay_in_place(work: Work) -> None:
    """An answer belongs to the record of its thread, which is one level deep; nothing moves later on."""
    if not work.created:
        for key in ("about", "answers", "owner"):
            if work.changes(key):
                work.refuse(key, _("A comment stays where it was written, and whose it is."))
        return
    _keep_author(work)
    answered = work.values.get("answers")
    if not isinstance(answered, Ref):
        return
    above = _row(work, answered)
    if above is None:
        return  # the check of references refuses it
    work.put("answers", Ref("comment", above.answers or above.pk))
    about = Ref(above.about_object, above.about)
    given = work.values.get("about")
    if given is not None and given.id != about.id:
        work.refuse("about", _("An answer is about the same record as what it answers."))
    work.put("about", about)


def _keep_author(work: Work) -> None:
    """Nobody speaks in another's name, but for whoever moves a firm's past in."""
    owner, actor = work.values.get("owner"), work.occasion.actor
    if actor.kind != "system" and not actor.configures and (owner is None or owner.id != actor.user_id):
        work.refuse("owner", _("You can only write in your own name."))


def _row(work: Work, ref: Ref) -> Any:
    return work.occasion.declaration.model.objects.filter(pk=ref.id).first()


def find_mentions(work: Work) -> None:
    """Whom the text names and who can see the record; others are named without being told."""
    body, about = work.value("body"), work.value("about")
    if not work.changes("body") or not isinstance(body, str) or about is None:
        return
    if len(body) > LONGEST:
        work.refuse("body", _("A comment has at most %(most)s characters.") % {"most": LONGEST})
        return
    found = mentions.found(body)
    if len(found) > mentions.MOST:
        work.refuse("body", _("At most %(most)s people can be mentioned.") % {"most": mentions.MOST})
        return
    seen = [each for each in found if mentions.sees(each.user, about)]
    work.put("mentioned", mentions.as_json(seen) or None)


def deliver_soon(occasion: Occasion, records: Sequence[Any]) -> None:
    """People wait for an answer: they are told at once, not with the next minute."""
    from aperto.kernel.upkeep import deliver_events  # noqa: PLC0415 - it imports what subscribes

    if occasion.via not in ("demo", "import"):
        transaction.on_commit(lambda: deliver_events.enqueue())
