"""People and firms who have gone quiet: there was a conversation, it ended long ago, and none is planned."""

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.fields.base import text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.web.home.quiet import LAST, NEXT, SHOWN, Quiet, silent
from aperto.web.home.scope import Scope, list_url, where

CHOICES = (14, 30, 60, 90)
USUAL = 30


def followed(actor: Actor) -> list[ObjectType]:
    """Objects that follow their activities and go through no stages."""
    found = [for_actor(actor, each) for each in registry if not each.path and actor.may(each, Verb.READ)]
    return [each for each in found if LAST in each.fields and NEXT in each.fields and each.group == "records"]


def gone_quiet(actor: Actor, declaration: ObjectType, scope: Scope, days: int) -> Quiet:
    """Those who went quiet last come first: with them there is still something to take up."""
    filter_ = scope.with_(where(NEXT, "empty"), where(LAST, "lt", f"-{days}d"))
    found = records.visible(actor, declaration.key).matching(filter_)
    page = found.page(columns=[LAST, NEXT], sort=f"-{LAST}", limit=SHOWN)
    rows = [silent(declaration, row, actor.viewer, days=days) for row in page.rows]
    return Quiet(text_of(declaration.plural), declaration.icon, list_url(declaration, filter_), rows)


def days_of(text: str) -> int:
    return next((each for each in CHOICES if str(each) == text), USUAL)
