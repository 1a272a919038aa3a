"""What a new installation needs before its first record: rates and pipelines."""

from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from aperto.kernel import changes
from aperto.kernel.access.actor import Actor, system
from aperto.kernel.fields.base import Ref
from aperto.kernel.money import rates
from aperto.kernel.pipelines import stages
from aperto.kernel.query.json import to_json
from aperto.kernel.query.parse import parse
from aperto.kernel.query.views import EVERYONE, SavedView, save_view, visible_views
from aperto.kernel.records import unrestricted

type Steps = list[dict[str, Any]]


def lead_steps() -> Steps:
    return [
        {"name": _("New"), "hue": "slate", "probability": 5, "ageing_days": 3},
        {"name": _("Contacted"), "hue": "blue", "probability": 15, "ageing_days": 7},
        {"name": _("Qualified"), "hue": "violet", "probability": 30, "ageing_days": 14},
        {"name": _("Converted"), "hue": "green", "probability": 100, "kind": "won"},
        {
            "name": _("Dropped"),
            "hue": "red",
            "probability": 0,
            "kind": "lost",
            "required_fields": ["lost_reason"],
        },
    ]


def deal_steps() -> Steps:
    return [
        {"name": _("Qualify"), "hue": "slate", "probability": 10, "ageing_days": 14},
        {"name": _("Discovery"), "hue": "blue", "probability": 25, "ageing_days": 21},
        {"name": _("Proposal"), "hue": "violet", "probability": 50, "ageing_days": 21,
         "required_fields": ["amount"]},
        {"name": _("Negotiation"), "hue": "amber", "probability": 75, "ageing_days": 30,
         "required_fields": ["amount", "close_date"]},
        {"name": _("Won"), "hue": "green", "probability": 100, "kind": "won", "required_fields": ["amount"]},
        {"name": _("Lost"), "hue": "red", "probability": 0, "kind": "lost",
         "required_fields": ["lost_reason"]},
    ]  # fmt: skip


def renewal_steps() -> Steps:
    return [
        {"name": _("Due"), "hue": "slate", "probability": 60, "ageing_days": 30},
        {"name": _("Offered"), "hue": "blue", "probability": 75, "ageing_days": 21},
        {"name": _("Renewed"), "hue": "green", "probability": 100, "kind": "won"},
        {
            "name": _("Ended"),
            "hue": "red",
            "probability": 0,
            "kind": "lost",
            "required_fields": ["lost_reason"],
        },
    ]


def prepare(language: str) -> None:
    """Makes what is missing; running it again changes nothing."""
    rates.fill_from_bank(datetime.now(UTC).date())
    make_pipelines(language)
    make_views(language)


def make_views(language: str) -> None:
    """Views that most people want, shared with everyone; whoever administers may change them."""
    actor = system("set-up")
    with translation.override(language):
        for object_key, views in groupby(ready_views(), key=lambda view: view.object):
            if not visible_views(actor, object_key):
                for view in views:
                    save_view(actor, view)


def ready_views() -> list[SavedView]:
    def view(object_key: str, name: str, filter: str, sort: str = "", opens: bool = False) -> SavedView:
        text = to_json(parse(filter))
        return SavedView(
            object=object_key, name=name, share=EVERYONE, filter=text, sort=sort, is_default=opens
        )

    return [
        view("task", _("To do"), "done = no", "due", opens=True),
        view("call", _("Calls to make"), "done = no", "at"),
        view("meeting", _("Meetings to come"), "done = no", "at"),
        view("lead", _("Open leads"), "stage.kind = open"),
        view("deal", _("Open deals"), "stage.kind = open"),
        view("deal", _("My open deals"), "stage.kind = open and owner = me", "close_date"),
        view("deal", _("Won this quarter"), "stage.kind = won and closed_at = this_quarter", "-amount"),
        view("contact", _("My contacts"), "owner = me"),
        view("company", _("Customers"), "status = customer"),
    ]


def make_pipelines(language: str) -> None:
    """The pipelines of an installation that has none."""
    if unrestricted("pipeline", reason="set-up looks for pipelines").exists():
        return
    actor = system("set-up")
    with translation.override(language):
        _pipeline(actor, _("Leads"), "lead", 0, lead_steps())
        _pipeline(actor, _("Sales"), "deal", 1, deal_steps())
        _pipeline(actor, _("Renewals"), "deal", 2, renewal_steps())
    stages.forget()


def _pipeline(actor: Actor, name: str, object_key: str, position: int, steps: Steps) -> None:
    pipeline = changes.create(
        actor, "pipeline", {"name": name, "of_object": object_key, "position": position}, via="set-up"
    )
    for place, step in enumerate(steps):
        values = step | {"pipeline": Ref("pipeline", pipeline.pk), "position": place}
        changes.create(actor, "stage", values, via="set-up")
