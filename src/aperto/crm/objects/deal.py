"""A deal: a sale in the making."""

from django.db.models import Index, Q
from django.utils.translation import gettext_lazy as _

from aperto.crm.objects.choices import LOST_REASONS, PERIODS
from aperto.crm.objects.people import Followed, silent
from aperto.kernel import fields
from aperto.kernel.fields.select import Option
from aperto.kernel.objects.declaration import Match, ObjectType, Panel, Related
from aperto.kernel.pipelines.rule import follow_stage

ROLES = (
    Option("decides", _("Decides")),
    Option("influences", _("Influences")),
    Option("uses", _("Uses")),
    Option("buys", _("Buys")),
    Option("advises", _("Advises")),
)


class Deal(Followed):
    """Who could buy what, for how much, by when."""

    name = fields.Text(_("Name"), required=True, search_weight=4)
    number = fields.AutomaticNumber(_("Number"), prefix="D-", yearly=True, search_weight=2)
    company = fields.Reference(_("Company"), to="company")
    contacts = fields.MultiReference(_("People"), to="contact", roles=ROLES)
    stage = fields.Stage(_("Stage"))
    stage_since = fields.DateTime(_("In this stage since"), readonly=True)
    amount = fields.Money(_("Amount"), total=True)
    recurring = fields.Money(_("Recurring amount"))
    recurring_period = fields.Select(_("Recurs every"), options=PERIODS)
    close_date = fields.Date(_("Close date"))
    probability = fields.Percent(_("Probability"))
    next_step = fields.Text(_("Next step"))
    competitors = fields.Text(_("Competitors"))
    lost_reason = fields.Select(_("Lost reason"), options=LOST_REASONS)
    closed_at = fields.DateTime(_("Closed"), readonly=True)
    external_id = fields.Text(
        _("External id"), unique=True, help=_("The key of this deal in another system.")
    )

    declares = ObjectType(
        key="deal",
        label=_("Deal"),
        plural=_("Deals"),
        icon="target-arrow",
        hue="amber",
        description=_("Sales in the making: what, for whom, for how much and by when."),
        example=_("Warehouse robots for Van Dijk Logistiek, €184,000 by December"),
        title="{name}",
        columns=("name", "company", "amount", "stage", "close_date", "owner", "next_activity"),
        quick=("name", "company", "amount", "close_date", "stage"),
        card=("company", "amount", "next_activity", "owner"),
        subtitle=("company", "amount"),
        details=(
            Panel(
                _("Details"),
                (
                    "name",
                    "amount",
                    "close_date",
                    "probability",
                    "company",
                    "contacts",
                    "owner",
                    "next_step",
                    "source",
                ),
            ),
            Panel(_("Recurring"), ("recurring", "recurring_period")),
            Panel(_("Outcome"), ("lost_reason", "competitors", "closed_at")),
            Panel(_("About"), ("description", "number", "team", "external_id")),
        ),
        related=(Related("file", relation="file.about", title=_("Files"), shown=("size",)),),
        path="stage",
        board="stage",
        duplicates=(Match("title", similar=True, same="company"),),
        rules=(follow_stage,),
        order=40,
        letter="d",
    )

    class Meta(Followed.Meta):
        indexes = [
            *Followed.Meta.indexes,
            Index(
                fields=["stage", "-updated_at", "-id"], name="deal_lane", condition=Q(deleted_at__isnull=True)
            ),
            silent("deal"),
        ]
