"""Something to be done, by somebody, by a certain moment."""

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
from aperto.crm.objects.choices import PRIORITIES
from aperto.crm.rules import note_completion
from aperto.kernel import fields
from aperto.kernel.objects.declaration import Activity, ObjectType, Panel
from aperto.kernel.recurrence.plan import plan
from aperto.kernel.recurrence.spread import spread


class Task(AboutRecords):
    """A thing to do."""

    subject = fields.Text(_("Subject"), required=True, search_weight=3, placeholder=_("What has to be done?"))
    due = fields.DateTime(_("Due"))
    done = fields.Boolean(_("Done"), default=False)
    done_at = fields.DateTime(_("Done at"), readonly=True)
    priority = fields.Select(_("Priority"), options=PRIORITIES, default="normal")
    repeats = fields.Recurrence(_("Repeats"), moment="due", done="done")
    remind = fields.Reminder(_("Remind before"), moment="due", help=REMINDING)
    body = fields.LongText(_("Details"))

    declares = ObjectType(
        key="task",
        label=_("Task"),
        plural=_("Tasks"),
        icon="checkbox",
        hue="violet",
        description=_("What has to be done, by whom and by when."),
        example=_("Send the revised quote, Thursday 17:00"),
        title="{subject}",
        default_sort="due",
        columns=("subject", "due", "done", "priority", "owner"),
        quick=("subject", "due", "repeats", "priority", "about"),
        subtitle=("due",),
        details=(
            Panel(
                _("Details"),
                (
                    "subject",
                    "due",
                    "repeats",
                    "remind",
                    "done",
                    "priority",
                    "owner",
                    "about",
                    "body",
                    "done_at",
                    "team",
                ),
            ),
        ),
        activity=Activity(
            moment="due",
            composer=("subject", "due", "priority"),
            said=_("%(who)s planned a task"),
            done="done",
            body="body",
        ),
        rules=(note_completion, plan),
        follows=(spread,),
        order=60,
        letter="t",
    )

    class Meta(AboutRecords.Meta):
        indexes = [
            *AboutRecords.Meta.indexes,
            open_ones("task", "due"),
            given_ones("task", "due"),
            in_time("task", "due"),
            of_series("task"),
            reminding("task", "due"),
        ]
