"""A meeting, planned or held."""

from django.utils.translation import gettext_lazy as _

from aperto.crm.objects.about import (
    REMINDING,
    AboutRecords,
    given_ones,
    in_time,
    of_series,
    open_ones,
    reminding,
)
from aperto.crm.rules import held_when_past, starts_before_end
from aperto.kernel import fields
from aperto.kernel.objects.declaration import Activity, ObjectType, Panel
from aperto.kernel.recurrence.plan import plan
from aperto.kernel.recurrence.spread import spread


class Meeting(AboutRecords):
    """A time and a place with others."""

    subject = fields.Text(_("Subject"), required=True, search_weight=3, placeholder=_("What is it about?"))
    at = fields.DateTime(_("Starts"), required=True)
    until = fields.DateTime(_("Ends"))
    done = fields.Boolean(_("Held"))
    location = fields.Text(_("Location"), search_weight=1)
    repeats = fields.Recurrence(_("Repeats"), moment="at", until="until", done="done")
    remind = fields.Reminder(_("Remind before"), moment="at", help=REMINDING)
    body = fields.LongText(_("Notes"), search_weight=1)

    declares = ObjectType(
        key="meeting",
        label=_("Meeting"),
        plural=_("Meetings"),
        icon="calendar",
        hue="amber",
        description=_("Meetings with customers, and what was agreed."),
        example=_("Site visit in Rotterdam, Tuesday 10:00"),
        title="{subject}",
        default_sort="-at",
        columns=("subject", "at", "until", "location", "done", "owner"),
        quick=("subject", "at", "until", "repeats", "location", "about"),
        subtitle=("at", "location"),
        details=(
            Panel(
                _("Details"),
                (
                    "subject",
                    "at",
                    "until",
                    "repeats",
                    "remind",
                    "location",
                    "done",
                    "owner",
                    "about",
                    "body",
                    "team",
                ),
            ),
        ),
        activity=Activity(
            moment="at",
            ends="until",
            composer=("subject", "at", "until", "location"),
            said=_("%(who)s held a meeting"),
            done="done",
            body="body",
        ),
        rules=(held_when_past, starts_before_end, plan),
        follows=(spread,),
        order=80,
    )

    class Meta(AboutRecords.Meta):
        indexes = [
            *AboutRecords.Meta.indexes,
            open_ones("meeting", "at"),
            given_ones("meeting", "at"),
            in_time("meeting", "at", "until"),
            of_series("meeting"),
            reminding("meeting", "at"),
        ]
