"""One planned activity as a line that a tick ends."""

from html import escape

from django.utils.translation import gettext as _

from aperto.kernel.fields.base import Ref
from aperto.web.records.planned import Step
from aperto.web.templatetags.aperto_icons import icon


def step_line(step: Step) -> str:
    """The line of `records/parts/step.html`. When it is due is safe already."""
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
