"""A lead: somebody who may become a customer, before there is a company, a contact or a deal."""

from django.utils.translation import gettext_lazy as _

from aperto.crm.objects.people import Followed, silent
from aperto.crm.rules import note_conversion
from aperto.kernel import fields
from aperto.kernel.objects.declaration import Match, ObjectType, Panel, Related
from aperto.kernel.pipelines.rule import follow_stage


class Lead(Followed):
    """A name and an interest, to be qualified."""

    first_name = fields.Text(_("First name"), search_weight=4, personal="name")
    last_name = fields.Text(_("Last name"), search_weight=4, personal="name")
    company_name = fields.Text(_("Company"), search_weight=3)
    job_title = fields.Text(_("Job title"))
    emails = fields.Emails(_("E-mail"), search_weight=3, match=True, personal="contact")
    phones = fields.Phones(_("Phone"), search_weight=3, match=True, personal="contact")
    website = fields.Url(_("Website"))
    address = fields.Address(_("Address"), personal="contact")
    stage = fields.Stage(_("Stage"))
    stage_since = fields.DateTime(_("In this stage since"), readonly=True)
    amount = fields.Money(_("Expected value"), total=True)
    interest = fields.Text(_("Interested in"), search_weight=1)
    rating = fields.Rating(_("Rating"))
    lost_reason = fields.Text(_("Reason for dropping"))
    converted_at = fields.DateTime(_("Converted"), readonly=True)
    company = fields.Reference(_("Became company"), to="company")
    contact = fields.Reference(_("Became contact"), to="contact")
    deal = fields.Reference(_("Became deal"), to="deal")
    external_id = fields.Text(
        _("External id"), unique=True, help=_("The key of this lead in another system.")
    )

    declares = ObjectType(
        key="lead",
        label=_("Lead"),
        plural=_("Leads"),
        icon="flame",
        hue="amber",
        description=_("People who may become customers: keep them here until you know."),
        example=_("Paulo Nogueira asked for a quote on the website"),
        title="{first_name} {last_name}|{company_name}|{interest}",
        columns=("title", "company_name", "emails", "phones", "stage", "amount", "owner", "last_activity"),
        quick=("first_name", "last_name", "company_name", "emails", "phones", "interest"),
        card=("company_name", "amount", "next_activity", "owner"),
        subtitle=("company_name", "stage"),
        details=(
            Panel(
                _("Details"),
                ("first_name", "last_name", "company_name", "job_title", "emails", "phones", "owner"),
            ),
            Panel(_("Interest"), ("interest", "amount", "source", "rating", "stage", "lost_reason")),
            Panel(_("About"), ("website", "address", "description", "team", "external_id")),
            Panel(_("Conversion"), ("converted_at", "company", "contact", "deal")),
        ),
        related=(Related("file", relation="file.about", title=_("Files"), shown=("size",)),),
        path="stage",
        board="stage",
        duplicates=(Match("emails"), Match("phones"), Match("title", similar=True)),
        rules=(follow_stage, note_conversion),
        order=30,
        letter="l",
    )

    class Meta(Followed.Meta):
        indexes = [*Followed.Meta.indexes, silent("lead")]
