"""One planned activity as a line that a tick ends, on the record page and on the home page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from aperto.kernel.access import rules
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.fields.base import Ref
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.rows import Row
from aperto.kernel.viewer import Viewer
from aperto.web.people import looks
from aperto.web.records.nearby import near_day, near_moment
from aperto.web.templatetags.aperto_icons import icon


@dataclass(frozen=True)
class Step:
    """One planned activity; `finish_url` is empty for whoever may not end it."""

    id: UUID
    title: str
    icon: str
    url: str
    finish_url: str
    due: str
    state: str  # "late", "today" or ""
    initials: str
    hue: str
    owner: str
    about: Ref | None = None


def step_of(actor: Actor, declaration: ObjectType, row: Row, about: Ref | None = None) -> Step:
    activity = declaration.activity
    assert activity is not None
    owner, team = row.values.get("owner"), row.values.get("team")
    may = rules.allows(actor, declaration, Verb.EDIT, owner and owner.id, team and team.id, row.id)
    url = f"/{declaration.key}/{row.id}"
    moment = row.values.get(activity.moment)
    return Step(
        id=row.id,
        title=row.title,
        icon=declaration.icon,
        url=url,
        finish_url=f"{url}/finish" if may and activity.done else "",
        due=due_text(moment, actor.viewer),
        state=state_of(moment, actor.viewer),
        initials=looks.initials(owner.title) if owner else "",
        hue=looks.hue(owner.id) if owner else "slate",
        owner=owner.title if owner else "",
        about=about,
    )


def due_text(moment: Any, viewer: Viewer) -> str:
    if isinstance(moment, datetime):
        return near_moment(moment, viewer)
    return near_day(moment, viewer) if isinstance(moment, date) else ""


def state_of(moment: Any, viewer: Viewer) -> str:
    """Late before today, and today."""
    if moment is None:
        return ""
    day = moment.astimezone(viewer.zone).date() if isinstance(moment, datetime) else moment
    today = viewer.now().date()
    return "late" if day < today else "today" if day == today else ""


def step_lines(steps: Iterable[Step]) -> SafeString:
    return mark_safe("".join(map(_line, steps)))  # noqa: S308 - escaped below


def _line(step: Step) -> str:
    """When it is due is safe already; the rest is escaped here."""
    due = f'<span class="due {step.state}">{step.due}</span>' if step.due else ""
    return (
        f'<div class="item">{_tick(step)}\n<span><a href="{step.url}">{escape(step.title)}</a>'
        f"<small>{due}{_about(step.about)}</small></span>{_owner(step)}</div>"
    )


def _tick(step: Step) -> str:
    if not step.finish_url:
        return icon(step.icon, "sm")
    label = escape(_("Done: %(title)s") % {"title": step.title})
    return (
        f'<input type="checkbox" hx-post="{step.finish_url}" hx-trigger="change" hx-swap="none"'
        f' aria-label="{label}">'
    )


def _about(about: Ref | None) -> str:
    return f' <a href="/{about.object}/{about.id}">{escape(about.title)}</a>' if about else ""


def _owner(step: Step) -> str:
    if not step.owner:
        return "<span></span>"
    name = escape(step.owner)
    return (
        f'<span title="{name}"><span class="avatar" data-hue="{step.hue}" aria-hidden="true">'
        f'{escape(step.initials)}</span><span class="sr">{name}</span></span>'
    )
