"""Lists of choices that several objects share."""

from django.utils.translation import gettext_lazy as _

from aperto.kernel.fields.select import Option

SOURCES = (
    Option("web", _("Website"), "blue"),
    Option("referral", _("Referral"), "green"),
    Option("partner", _("Partner"), "teal"),
    Option("event", _("Event"), "violet"),
    Option("campaign", _("Campaign"), "pink"),
    Option("call", _("Cold call"), "slate"),
    Option("social", _("Social media"), "amber"),
    Option("existing", _("Existing customer"), "green"),
    Option("other", _("Other"), "slate"),
)
STATUSES = (
    Option("lead", _("Lead"), "slate"),
    Option("prospect", _("Prospect"), "blue"),
    Option("customer", _("Customer"), "green"),
    Option("partner", _("Partner"), "teal"),
    Option("dormant", _("Dormant"), "amber"),
    Option("former", _("Former customer"), "red"),
)
INDUSTRIES = (
    Option("agriculture", _("Agriculture")),
    Option("construction", _("Construction")),
    Option("education", _("Education")),
    Option("energy", _("Energy")),
    Option("finance", _("Finance and insurance")),
    Option("food", _("Food and drink")),
    Option("government", _("Government")),
    Option("health", _("Health care")),
    Option("hospitality", _("Hospitality")),
    Option("manufacturing", _("Manufacturing")),
    Option("media", _("Media")),
    Option("nonprofit", _("Non-profit")),
    Option("property", _("Real estate")),
    Option("retail", _("Retail")),
    Option("services", _("Business services")),
    Option("technology", _("Technology")),
    Option("transport", _("Transport and logistics")),
    Option("other", _("Other")),
)
LANGUAGES = (
    Option("en", _("English")),
    Option("nl", _("Dutch")),
    Option("pt", _("Portuguese")),
    Option("fr", _("French")),
    Option("de", _("German")),
    Option("es", _("Spanish")),
    Option("it", _("Italian")),
)
SALUTATIONS = (
    Option("mr", _("Mr")),
    Option("ms", _("Ms")),
    Option("mx", _("Mx")),
    Option("dr", _("Dr")),
    Option("prof", _("Prof.")),
)
PRIORITIES = (
    Option("low", _("Low"), "slate"),
    Option("normal", _("Normal"), "blue"),
    Option("high", _("High"), "amber"),
    Option("urgent", _("Urgent"), "red"),
)
LOST_REASONS = (
    Option("price", _("Price"), "red"),
    Option("competitor", _("Competitor"), "red"),
    Option("timing", _("Timing"), "amber"),
    Option("no_budget", _("No budget"), "amber"),
    Option("no_answer", _("No answer"), "slate"),
    Option("no_fit", _("No fit"), "slate"),
    Option("other", _("Other"), "slate"),
)
PERIODS = (
    Option("month", _("Month")),
    Option("quarter", _("Quarter")),
    Option("year", _("Year")),
)
