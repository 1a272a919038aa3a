"""A person, at one company or several, or at none."""

from django.db.models import Index, Q
from django.utils.translation import gettext_lazy as _

from aperto.crm.objects.choices import LANGUAGES, SALUTATIONS, STATUSES
from aperto.crm.objects.people import Followed
from aperto.kernel import fields
from aperto.kernel.fields.select import Option
from aperto.kernel.objects.declaration import Match, ObjectType, Panel, Related

ROLES_THERE = (
    Option("employee", _("Employee")),
    Option("director", _("Director")),
    Option("owner", _("Owner")),
    Option("adviser", _("Adviser")),
    Option("former", _("Worked there before")),
)


class Contact(Followed):
    """A person one talks to."""

    salutation = fields.Select(_("Salutation"), options=SALUTATIONS)
    first_name = fields.Text(_("First name"), search_weight=4, personal="name")
    last_name = fields.Text(_("Last name"), search_weight=4, personal="name")
    company = fields.Reference(_("Company"), to="company")
    companies = fields.MultiReference(_("Other companies"), to="company", roles=ROLES_THERE)
    job_title = fields.Text(_("Job title"), search_weight=1)
    department = fields.Text(_("Department"))
    reports_to = fields.Reference(_("Reports to"), to="contact")
    emails = fields.Emails(_("E-mail"), search_weight=3, match=True, personal="contact")
    phones = fields.Phones(_("Phone"), search_weight=3, match=True, personal="contact")
    address = fields.Address(_("Address"), search_weight=1, personal="contact")
    website = fields.Url(_("Website"))
    status = fields.Select(_("Status"), options=STATUSES, default="prospect")
    language = fields.Select(_("Preferred language"), options=LANGUAGES)
    birthday = fields.Date(_("Birthday"), personal="identity")
    no_email = fields.Boolean(_("Do not e-mail"), default=False)
    no_calls = fields.Boolean(_("Do not call"), default=False)
    no_post = fields.Boolean(_("Do not write by post"), default=False)
    external_id = fields.Text(
        _("External id"), unique=True, help=_("The key of this person in another system.")
    )

    declares = ObjectType(
        key="contact",
        label=_("Contact"),
        plural=_("Contacts"),
        icon="users",
        hue="green",
        description=_("The people you talk to, at companies and on their own."),
        example=_("Marieke van Dijk, head of operations at Van Dijk Logistiek"),
        title="{first_name} {last_name}|{emails}",
        one_of=("first_name", "last_name", "emails"),
        columns=("title", "company", "job_title", "emails", "phones", "status", "owner", "last_activity"),
        quick=("first_name", "last_name", "company", "job_title", "emails", "phones"),
        subtitle=("job_title", "company"),
        details=(
            Panel(
                _("Details"),
                (
                    "salutation",
                    "first_name",
                    "last_name",
                    "company",
                    "job_title",
                    "emails",
                    "phones",
                    "status",
                    "owner",
                ),
            ),
            Panel(_("Person"), ("department", "reports_to", "language", "birthday", "address", "website")),
            Panel(_("Do not contact"), ("no_email", "no_calls", "no_post")),
            Panel(_("About"), ("source", "description", "companies", "team", "external_id")),
        ),
        related=(
            Related("deal", relation="deal.contacts", title=_("Deals"), shown=("amount", "stage")),
            Related("contact", by="reports_to", title=_("Team"), shown=("job_title",)),
            Related("file", relation="file.about", title=_("Files"), shown=("size",)),
        ),
        duplicates=(Match("emails"), Match("phones"), Match("title", similar=True, same="company")),
        order=10,
        letter="c",
    )

    class Meta(Followed.Meta):
        indexes = [
            *Followed.Meta.indexes,
            Index(
                fields=["last_name_folded", "id"],
                name="contact_last_name",
                condition=Q(deleted_at__isnull=True),
            ),
        ]
