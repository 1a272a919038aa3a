"""The needs that set-up asks for, one line for each, in groups. A later part of the product adds its lines.

A need names what serves it: modules, objects, fields, a pack, pages of the settings. What nobody needs is
hidden; what several needs name stays until none of them is wanted.
"""

from django.utils.translation import gettext_lazy as _

from aperto.kernel.needs.catalogue import Need, NeedGroup

TABLE = (
    NeedGroup("people", _("Whom we know"), (
        Need("companies", _("We sell to companies"), objects=("company",),
             fields=("contact.company", "contact.companies", "contact.job_title", "contact.department",
                     "deal.company")),
        Need("persons", _("We know people by name"), objects=("contact",), fields=("deal.contacts",)),
        Need("branches", _("Companies belong to other companies"), fields=("company.parent",)),
        Need("registers", _("We keep VAT and registration numbers"),
             fields=("company.vat_number", "company.registration_number")),
        Need("addresses", _("Post and invoices go to other addresses"),
             fields=("company.postal_address", "company.billing_address")),
        Need("classes", _("We sort companies by trade and size"),
             fields=("company.industry", "company.employees", "company.revenue", "company.rating")),
        Need("superiors", _("We want to know who reports to whom"), fields=("contact.reports_to",)),
        Need("birthdays", _("We remember birthdays"), fields=("contact.birthday",)),
        Need("languages", _("We write to people in their language"), fields=("contact.language",)),
        Need("silence", _("Some people do not want to be contacted"),
             fields=("contact.no_email", "contact.no_calls", "contact.no_post")),
    )),
    NeedGroup("selling", _("How we sell"), (
        Need("leads", _("We follow leads"), objects=("lead",), pages=("handovers",),
             help=_("Names and interests, before you know whether something comes of them.")),
        Need("deals", _("We follow sales from the first talk to the end"), objects=("deal",),
             pages=("pipelines",)),
        Need("recurring", _("Customers pay again and again"),
             fields=("deal.recurring", "deal.recurring_period")),
        Need("competitors", _("We watch our competitors"), fields=("deal.competitors",)),
        Need("products", _("We sell articles from a list"), modules=("sales",)),
        Need("currencies", _("We deal in several currencies"), pages=("rates",)),
    )),
    NeedGroup("work", _("What we do"), (
        Need("appointments", _("We plan meetings and calls"), objects=("meeting", "call")),
        Need("tasks", _("We hand out tasks"), objects=("task",)),
        Need("notes", _("We write down what was said"), objects=("note",)),
        Need("files", _("We keep files with records"), objects=("file",)),
    )),
    NeedGroup("together", _("How we work together"), (
        Need("teams", _("Teams with separate customers"), pages=("teams", "roles")),
        Need("territories", _("Customers are given out by region or trade"), pages=("territories",)),
        Need("sharing", _("Some records go from one team to another"), pages=("sharing_rules",)),
        Need("sign_on", _("We sign in with our organisation's account"), pages=("sign_on",)),
        Need("own", _("We keep things that no product knows"), pages=("objects",)),
        Need("programs", _("Our other programs talk to it"), pages=("tokens",)),
    )),
    NeedGroup("trade", _("Our trade"), (
        Need("consultancy", _("We advise, by projects and hours"), pack="consultancy"),
        Need("non_profit", _("We live on gifts, grants and volunteers"), pack="non-profit"),
        Need("real_estate", _("We sell and let houses"), pack="real-estate"),
        Need("software", _("We sell software by subscription"), pack="software-as-a-service"),
        Need("wholesale", _("We deliver goods to shops and firms"), pack="wholesale"),
    )),
    NeedGroup("else", _("Anything else"), (
        Need("other", _("Something that this list does not name"),
             help=_("Say it in the remark: it stands in the requirements.")),
    )),
)  # fmt: skip
