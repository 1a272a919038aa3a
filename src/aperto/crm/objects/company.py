"""A company, authority or association one does business with."""

from django.utils.translation import gettext_lazy as _

from aperto.crm.objects.choices import INDUSTRIES, STATUSES
from aperto.crm.objects.people import Followed
from aperto.crm.rules import check_registration
from aperto.kernel import fields
from aperto.kernel.objects.declaration import Match, ObjectType, Panel, Related


class Company(Followed):
    """An organisation, with its parent and subsidiaries."""

    name = fields.Text(_("Name"), required=True, search_weight=4, match=True)
    parent = fields.Reference(_("Parent company"), to="company")
    website = fields.Url(_("Website"), search_weight=1)
    emails = fields.Emails(_("E-mail"), search_weight=2, match=True)
    phones = fields.Phones(_("Phone"), search_weight=2, match=True)
    address = fields.Address(_("Address"), search_weight=1)
    postal_address = fields.Address(_("Postal address"))
    billing_address = fields.Address(_("Billing address"))
    status = fields.Select(_("Status"), options=STATUSES, default="prospect")
    industry = fields.Select(_("Industry"), options=INDUSTRIES)
    employees = fields.Integer(_("Employees"), minimum=0)
    revenue = fields.Money(_("Yearly revenue"))
    vat_number = fields.Text(_("VAT number"), match=True, search_weight=2)
    registration_number = fields.Text(_("Registration number"), match=True, search_weight=2)
    rating = fields.Rating(_("Rating"))
    external_id = fields.Text(
        _("External id"), unique=True, help=_("The key of this company in another system.")
    )

    declares = ObjectType(
        key="company",
        label=_("Company"),
        plural=_("Companies"),
        icon="building",
        hue="blue",
        description=_("The organisations you do business with, and those you would like to."),
        example=_("Van Dijk Logistiek, Rotterdam, 45 employees"),
        title="{name}",
        columns=("name", "status", "industry", "emails", "phones", "owner", "last_activity"),
        quick=("name", "website", "emails", "phones", "address"),
        subtitle=("status", "address"),
        details=(
            Panel(
                _("Details"), ("name", "status", "website", "emails", "phones", "address", "owner", "team")
            ),
            Panel(_("Business"), ("industry", "employees", "revenue", "source", "rating", "parent")),
            Panel(_("Numbers"), ("vat_number", "registration_number", "external_id")),
            Panel(_("Other addresses"), ("postal_address", "billing_address")),
            Panel(_("About"), ("description",)),
        ),
        related=(
            Related("contact", by="company", title=_("People"), shown=("job_title",)),
            Related("deal", by="company", title=_("Deals"), shown=("amount", "stage")),
            Related(
                "contact", relation="contact.companies", title=_("Also works here"), shown=("job_title",)
            ),
            Related("company", by="parent", title=_("Subsidiaries"), shown=("address",)),
            Related("file", relation="file.about", title=_("Files"), shown=("size",)),
        ),
        duplicates=(
            Match("emails"),
            Match("phones"),
            Match("vat_number"),
            Match("registration_number"),
            Match("name", similar=True),
        ),
        rules=(check_registration,),
        order=20,
        letter="o",
    )
