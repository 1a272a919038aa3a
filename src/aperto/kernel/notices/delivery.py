"""Notices on their way out of the product: e-mail at once, digests and devices.

Whoever delivers takes a notice for some minutes first, so that two workers do not send it twice; what a
server refuses is tried again later, and a worker that dies leaves it to the next. Each mail keeps its
Message-ID from one try to the next. Rights are asked again at the moment of sending.
"""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Min, Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from aperto.kernel import jobs
from aperto.kernel.access import actors
from aperto.kernel.access.actor import ANONYMOUS, Actor
from aperto.kernel.access.models import User
from aperto.kernel.notices import choices, mails, pushes, reading
from aperto.kernel.notices.models import DIGEST, DUE, GIVEN_UP, SENDING, SENT, Notice, NoticeChoice
from aperto.kernel.notices.reading import Told

log = logging.getLogger(__name__)
AT_ONCE = 100
TAKEN = timedelta(minutes=15)
MOST_TRIES = 8  # within about two days
WAITING = Q(mail=DUE) | Q(push=DUE)


@jobs.every("kernel.deliver_notices", minutes=1)
@jobs.task(label=_("Deliver notifications"), max_attempts=1)
def deliver_notices() -> dict[str, int]:
    """What is due now; a missed minute is made up by the next."""
    now = datetime.now(UTC)
    _recover(now)
    return {"single": sum(_deliver(each) for each in _take(now)), "digests": _digests(now)}


def later() -> None:
    """Delivery after the commit, without waiting for the next minute."""
    transaction.on_commit(lambda: deliver_notices.enqueue())


def _recover(now: datetime) -> None:
    """Digests of a worker that died while it sent them."""
    Notice.objects.filter(mail=SENDING, due_at__lte=now).update(mail=DIGEST, due_at=None)


def _take(now: datetime) -> list[Notice]:
    """Notices that nobody else delivers for the next minutes."""
    with transaction.atomic():
        due = Notice.objects.filter(WAITING, due_at__lte=now).order_by("due_at").select_related("user")
        taken = list(due.select_for_update(of=("self",))[:AT_ONCE])
        for notice in taken:
            notice.due_at = now + TAKEN * 2 ** min(notice.tries, 5)
            notice.tries += 1
            notice.save(update_fields=["due_at", "tries"])
    return taken


def _deliver(notice: Notice) -> int:
    """1 when it left in every way that was asked for; else what is left is tried again when it is due."""
    actor = actors.of_user(notice.user)
    with translation.override(actor.viewer.language):
        told = _still_told(actor, [notice])
        if not told:
            return _settle(notice, mail="", push="")
        mail = _try(notice.mail, notice, lambda: mails.single(notice.user, told[0]))
        push = _try(notice.push, notice, lambda: pushes.ring(notice.user_id, told[0]))
    return _settle(notice, mail=mail, push=push)


def _still_told(actor: Actor, notices: Sequence[Notice]) -> list[Told]:
    """Nothing of what was read meanwhile, or is not to be seen any more."""
    if actor is ANONYMOUS:
        return []
    return reading.now_visible(actor, [each for each in notices if each.read_at is None])


def _try(state: str, notice: Notice, send: object) -> str:
    if state != DUE:
        return state
    assert callable(send)
    try:
        send()
    except (mails.Undelivered, pushes.Undelivered) as error:
        log.warning("A notification could not be delivered (try %s): %s", notice.tries, error)
        return GIVEN_UP if notice.tries >= MOST_TRIES else DUE
    return SENT


def _settle(notice: Notice, mail: str, push: str) -> int:
    waiting = DUE in (mail, push)
    rest = {} if waiting else {"due_at": None}
    Notice.objects.filter(pk=notice.pk).update(mail=mail, push=push, **rest)
    return 0 if waiting else 1


# -- digests -----------------------------------------------------------------------------------------


def _digests(now: datetime) -> int:
    """How many people got theirs. It is due at their next chosen hour after the oldest notice in it."""
    waiting = Notice.objects.filter(mail=DIGEST).values_list("user_id").annotate(oldest=Min("at"))
    oldest = dict(waiting.values_list("user_id", "oldest"))
    chosen = {each.pk: each for each in NoticeChoice.objects.filter(pk__in=oldest)}
    sent = 0
    for user in User.objects.filter(pk__in=oldest).order_by("pk"):
        actor = actors.of_user(user)
        if actor is ANONYMOUS:
            Notice.objects.filter(user=user, mail=DIGEST).update(mail="")
            continue
        choice = chosen.get(user.pk) or NoticeChoice(user=user)
        if choices.following(choice, actor.viewer, oldest[user.pk]) <= now:
            sent += _digest(user, actor, now)
    return sent


def _digest(user: User, actor: Actor, now: datetime) -> int:
    held = list(Notice.objects.filter(user=user, mail=DIGEST).order_by("-pk")[: mails.MOST])
    mine = Notice.objects.filter(pk__in=[each.pk for each in held])
    if mine.filter(mail=DIGEST).update(mail=SENDING, due_at=now + TAKEN) != len(held):
        return 0  # another worker has some of them; what this one took returns to the digest in a while
    with translation.override(actor.viewer.language):
        told = _still_told(actor, held)
        try:
            if told:
                mails.digest(user, actor.viewer, told)
        except mails.Undelivered as error:
            log.warning("A digest could not be delivered: %s", error)
            mine.update(mail=DIGEST, due_at=None)
            return 0
    Notice.objects.filter(user=user, mail=DIGEST, pk__lt=held[-1].pk).update(mail="")
    mine.update(mail=SENT, due_at=None)
    return 1 if told else 0
