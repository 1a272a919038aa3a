"""Open records that nobody has spoken about for a month, or for which no next step is planned."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.fields.base import Field, text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.rows import Row
from aperto.kernel.viewer import Viewer
from aperto.web.home.pipeline import total_field
from aperto.web.home.scope import Scope, either, in_stage, list_url, where
from aperto.web.people import looks

SHOWN = 6
DAYS = 30
LAST, NEXT = "last_activity", "next_activity"


@dataclass(frozen=True)
class Silent:
    id: UUID
    title: str
    url: str
    reason: str
    aside: str
    initials: str
    hue: str


@dataclass(frozen=True)
class Quiet:
    title: str
    icon: str
    url: str
    rows: list[Silent]


def quiet(actor: Actor, declaration: ObjectType, scope: Scope) -> Quiet | None:
    """The longest silence first; None for objects that do not follow their activities."""
    if LAST not in declaration.fields or NEXT not in declaration.fields:
        return None
    filter_ = scope.with_(
        in_stage(declaration, "open"), either(where(NEXT, "empty"), where(LAST, "lt", f"-{DAYS}d"))
    )
    total = total_field(declaration)
    columns = [LAST, NEXT, *([total.key] if total else [])]
    page = (
        records.visible(actor, declaration.key)
        .matching(filter_)
        .page(columns=columns, sort=LAST, limit=SHOWN)
    )
    rows = [silent(declaration, row, actor.viewer, total) for row in page.rows]
    return Quiet(text_of(declaration.plural), declaration.icon, list_url(declaration, filter_), rows)


def silent(
    declaration: ObjectType, row: Row, viewer: Viewer, total: Field | None = None, days: int = DAYS
) -> Silent:
    value = row.values[total.key] if total else None
    return Silent(
        id=row.id,
        title=row.title,
        url=f"/{declaration.key}/{row.id}",
        reason=_reason(row.values, viewer, days),
        aside=total.text(value, viewer) if total and value else "",
        initials=looks.initials(row.title),
        hue=looks.hue(row.id),
    )


def _reason(values: dict[str, Any], viewer: Viewer, least: int) -> str:
    last = values[LAST]
    if not isinstance(last, datetime):
        return _("Nothing was said yet")
    days = (viewer.now() - last).days
    if days >= least:
        return ngettext("No contact for %(days)s day", "No contact for %(days)s days", days) % {"days": days}
    return _("No next step")
