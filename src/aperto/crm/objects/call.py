"""A telephone call, planned or made."""

from django.utils.translation import gettext_lazy as _

from aperto.crm.objects.about import AboutRecords, given_ones, in_time, open_ones
from aperto.crm.rules import held_when_past
from aperto.kernel import fields
from aperto.kernel.fields.select import Option
from aperto.kernel.objects.declaration import Activity, ObjectType, Panel


class Call(AboutRecords):
    """A call with somebody."""

    subject = fields.Text(_("Subject"), search_weight=2)
    at = fields.DateTime(_("When"))
    done = fields.Boolean(_("Held"))
    direction = fields.Select(
        _("Direction"),
        default="outgoing",
        options=(Option("outgoing", _("Outgoing"), "slate"), Option("incoming", _("Incoming"), "blue")),
    )
    outcome = fields.Select(
        _("Outcome"),
        options=(
            Option("reached", _("Reached"), "green"),
            Option("voicemail", _("Left a message"), "amber"),
            Option("no_answer", _("No answer"), "slate"),
            Option("busy", _("Busy"), "slate"),
            Option("wrong_number", _("Wrong number"), "red"),
        ),
    )
    length = fields.Duration(_("Length"))
    body = fields.LongText(_("What was said"), search_weight=1, placeholder=_("What was said?"))

    declares = ObjectType(
        key="call",
        label=_("Call"),
        plural=_("Calls"),
        icon="phone",
        hue="green",
        description=_("Calls made and calls to make."),
        example=_("Called Marieke about the delivery window, 7 minutes"),
        title="{subject}|{body}",
        default_sort="-at",
        columns=("title", "at", "direction", "outcome", "length", "done", "owner"),
        quick=("subject", "at", "direction", "outcome", "length", "body", "about"),
        subtitle=("at",),
        details=(
            Panel(
                _("Details"),
                ("subject", "at", "done", "direction", "outcome", "length", "owner", "about", "body", "team"),
            ),
        ),
        activity=Activity(
            moment="at",
            ends="length",
            composer=("body", "at", "outcome", "length"),
            said=_("%(who)s called"),
            done="done",
            body="body",
        ),
        rules=(held_when_past,),
        order=70,
    )

    class Meta(AboutRecords.Meta):
        indexes = [
            *AboutRecords.Meta.indexes,
            open_ones("call", "at"),
            given_ones("call", "at"),
            in_time("call", "at"),
        ]
