"""Conditions of rights: filters that are asked with the actor's identity but without the actor's limits.

A right may depend on a field that the actor cannot see; so its filter is compiled as the product itself,
for which "me" and "my team" are the actor and theirs.
"""

import logging
from dataclasses import replace
from functools import lru_cache

from django.db.models import Q
from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.access.reach import ENDS
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import FieldError, Message
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.ast import Filter, FilterError
from aperto.kernel.query.parse import parse

log = logging.getLogger(__name__)
LONGEST = 1_000


@lru_cache(maxsize=1_000)
def parsed(text: str) -> Filter | None:
    return parse(text)


def judge(actor: Actor) -> Actor:
    """The product in this actor's place. What it asks is not cut by rights again, so rules never circle."""
    held = actor.kept.get("judge")
    if held is None:
        held = actor.kept["judge"] = replace(actor, kind="system", narrowed=None)
    assert isinstance(held, Actor)
    return held


def compiled(actor: Actor, declaration: ObjectType, text: str) -> Q | None:
    """The condition; None, which gives nothing, where the filter has lost its meaning: a field is gone."""
    from aperto.kernel.query.compile import compile_filter  # noqa: PLC0415 - it asks the rules of access

    if text.startswith(ENDS):
        return _through_ends(actor, declaration, text)
    try:
        item = parsed(text)
        return None if item is None else compile_filter(item, declaration, judge(actor))
    except FieldError:
        log.warning("a condition on %s is not understood: %s", declaration.key, text)
        return None


def _through_ends(actor: Actor, declaration: ObjectType, text: str) -> Q | None:
    from aperto.kernel.access.ends import both_ends  # noqa: PLC0415 - as above

    verb, _colon, further = text.removeprefix(ENDS).partition(":")
    reached = both_ends(actor, declaration, Verb(verb))
    condition = compiled(actor, declaration, further) if further else Q()
    return None if condition is None else reached & condition


def problem(actor: Actor, declaration: ObjectType, text: str) -> Message:
    """What is wrong with the filter; "" for one that can be a condition."""
    from aperto.kernel.query.compile import compile_filter  # noqa: PLC0415 - as above

    if len(text) > LONGEST:
        return _("A condition has at most %(most)s characters.") % {"most": LONGEST}
    try:
        item = parsed(text)
        if item is None:
            return _("A condition is expected here.")
        compile_filter(item, declaration, judge(actor))
    except FilterError as error:
        return str(error)
    except FieldError as error:
        return error.message
    return ""
