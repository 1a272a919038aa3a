"""Addresses under which a program reads somebody's calendar. Whoever knows the address reads with the right
of its owner at that moment, and only reads; only the hash of its secret is kept.
"""

import hashlib
import secrets
import time
from math import ceil
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from aperto.kernel import changes
from aperto.kernel.access import actors
from aperto.kernel.access.actor import ANONYMOUS, Actor
from aperto.kernel.access.models import User
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import FieldError, Invalid, Missing, Refused
from aperto.kernel.fields.text import plain
from aperto.kernel.ids import uuid7
from aperto.kernel.query import views

NAME_LENGTH = 120
MOST = 20  # of one person
PER_MINUTE = 12
MINUTE = 60.0
READING = frozenset({f"*:{Verb.READ}"})


class CalendarFeed(models.Model):
    """`view` is the saved list whose records it gives, or None for what its owner has planned."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="calendar_feeds")
    name = models.CharField(max_length=NAME_LENGTH)
    hash = models.CharField(max_length=64, unique=True)
    view = models.UUIDField(null=True)
    used_until = models.FloatField(default=0)  # how much of the minute is used
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["CalendarFeed"]] = models.Manager()

    class Meta:
        db_table = "kernel_calendar_feed"

    def __str__(self) -> str:
        return self.name


def create(actor: Actor, name: str, view: UUID | None, via: str = "page") -> tuple[CalendarFeed, str]:
    """A feed of the actor's own, and its secret, which nothing can show again."""
    if actor.kind != "user" or actor.user_id is None or actor.behind is not None:
        raise Refused(_("Only a person who has signed in makes feeds."))
    try:
        said = plain(name, NAME_LENGTH)
    except FieldError as error:
        raise Invalid({"name": [error.message]}) from None
    if said is None:
        raise Invalid({"name": [_("Give the feed a name that says what reads it.")]})
    if view is not None:
        views.get_view(actor, view)
    if len(of_user(actor.user_id)) >= MOST:
        raise Invalid({"name": [_("These are too many feeds. Revoke one first.")]})
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(user_id=actor.user_id, name=said, hash=_hash(secret), view=view)
    changes.note(actor, "calendar_feed", feed.pk, "created", {"name": [None, said]}, via=via)
    return feed, secret


def of_user(user: UUID) -> list[CalendarFeed]:
    return list(CalendarFeed.objects.filter(user_id=user, revoked_at=None).order_by("-created_at"))


def revoke(actor: Actor, key: UUID, via: str = "page") -> CalendarFeed:
    """Ends one of the actor's own feeds."""
    if actor.kind != "user" or actor.user_id is None:
        raise Missing(key)
    mine = CalendarFeed.objects.filter(pk=key, user_id=actor.user_id, revoked_at=None)
    feed = mine.first()
    if feed is None:
        raise Missing(key)
    mine.update(revoked_at=timezone.now())
    changes.note(actor, "calendar_feed", feed.pk, "revoked", {"name": [feed.name, None]}, via=via)
    return feed


def find(secret: str) -> CalendarFeed | None:
    """The feed that this secret opens; None where it is unknown, revoked, or of a former user."""
    feed = CalendarFeed.objects.filter(hash=_hash(secret), revoked_at=None).select_related("user").first()
    return feed if feed is not None and feed.user.is_active else None


def reader(feed: CalendarFeed) -> Actor:
    """Its owner as they are now, who may do nothing but read."""
    actor = actors.of_user(feed.user)
    return actor if actor is ANONYMOUS else actor.narrow(READING)


def wait(feed: CalendarFeed) -> int:
    """Counts a reading; the seconds until the next is welcome where there were too many, else 0."""
    now, cost = time.time(), MINUTE / PER_MINUTE
    free = CalendarFeed.objects.filter(pk=feed.pk, used_until__lte=now + MINUTE - cost)
    used = max(feed.used_until, now) + cost
    if free.update(used_until=used, last_used_at=timezone.now()):
        return 0
    return max(1, ceil(feed.used_until + cost - MINUTE - now))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
