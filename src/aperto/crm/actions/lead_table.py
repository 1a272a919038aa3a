"""What a lead hands over on conversion: the defaults, and an administrator's own table in their place."""

from django.utils.translation import gettext_lazy as _

from aperto.kernel import changes
from aperto.kernel.access.actor import Actor
from aperto.kernel.objects.handover import Handover, Table, declare, mistakes
from aperto.kernel.records import unrestricted, visible

OBJECT = "lead_conversion"
DEFAULTS: Table = {
    "company": {"name": "company_name", "website": "website", "address": "address", "source": "source"},
    "contact": {
        "first_name": "first_name", "last_name": "last_name", "job_title": "job_title", "emails": "emails",
        "phones": "phones", "address": "address", "website": "website", "source": "source",
        "description": "description",
    },
    "deal": {"amount": "amount", "source": "source", "description": "description"},
}  # fmt: skip


def kept() -> Table:
    """The table in force; a field that is gone meanwhile is left out."""
    selection = unrestricted(OBJECT, reason="a conversion goes by the administrator's table")
    rows = selection.page(columns=("table",), limit=1).rows
    table: Table = (rows[0].values["table"] if rows else None) or DEFAULTS
    gone = set(mistakes("lead", table)) if rows else set()
    return {
        key: {to: origin for to, origin in table.get(key, {}).items() if f"{key}.{to}" not in gone}
        for key in DEFAULTS
    }


def keep(actor: Actor, table: Table | None, via: str) -> None:
    """Each step is a change like any other: it has a history, and can be undone."""
    held = visible(actor, OBJECT).ids(1)
    record = visible(actor, OBJECT).get(held[0]) if held else None
    if table is None:
        if record is not None:
            changes.delete(actor, record, via=via)
    elif record is not None:
        changes.save(actor, record, {"table": table}, via=via)
    else:
        changes.create(actor, OBJECT, {"name": str(_("Lead conversion")), "table": table}, via=via)


conversion = declare(
    Handover(
        key="lead.convert",
        source="lead",
        label=_("Lead conversion"),
        hint=_("Owner and team always go along. A company is made where its name is filled."),
        defaults=DEFAULTS,
        kept=kept,
        keep=keep,
    )
)
