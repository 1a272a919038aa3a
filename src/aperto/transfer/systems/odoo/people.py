"""What becomes of Odoo's partners, leads and opportunities. A partner is a company, a person, or an address of one."""

from collections.abc import Mapping
from typing import Any

from aperto.transfer.moving.expressions import emails, lines, money, phones, ref, several, words
from aperto.transfer.moving.mapping import Take
from aperto.transfer.systems.odoo.expressions import (
    company_of,
    currency,
    first_name,
    last_name,
    name_of,
    place,
    said,
)

INDUSTRIES = {
    "Agriculture": "agriculture", "Manufacturing": "manufacturing", "Energy supply": "energy",
    "Construction": "construction", "Wholesale/Retail": "retail", "Transportation/Logistics": "transport",
    "Food/Hospitality": "hospitality", "IT/Communication": "technology", "Finance/Insurance": "finance",
    "Real Estate": "property", "Public Administration": "government", "Education": "education",
    "Health/Social": "health", "Entertainment": "media", "Other Services": "services", "Water supply": "energy",
}  # fmt: skip
TITLES = {"Madam": "ms", "Miss": "ms", "Mister": "mr", "Doctor": "dr", "Professor": "prof"}
LOST = {"Too expensive": "price", "Not enough stock": "no_fit", "We don't have people/skills": "no_fit"}
SOURCES = {"Facebook": "social", "X": "social", "Twitter": "social", "LinkedIn": "social", "Search engine": "web",
           "Newsletter": "campaign"}  # fmt: skip
PROGRAM = "('__system__', 'default', 'public', 'portaltemplate')"
COLLEAGUE = "EXISTS (SELECT 1 FROM res_users u WHERE u.partner_id = a.id AND COALESCE(u.share, 'f') <> 't')"
OF_PROGRAM = f"EXISTS (SELECT 1 FROM res_users u WHERE u.partner_id = a.id AND u.login IN {PROGRAM})"
OUT = "EXISTS (SELECT 1 FROM mail_blacklist bl WHERE bl.email = {0} AND COALESCE(bl.active, 't') = 't')"
ADDRESS_OF = """LEFT JOIN res_partner {0} ON {0}.id = (SELECT x.id FROM res_partner x WHERE x.parent_id = a.id
                AND x.type = '{1}' ORDER BY CAST(x.id AS INTEGER) LIMIT 1)"""
STANDING = """CASE WHEN a.active = 'f' THEN 'dormant' WHEN CAST(a.customer_rank AS INTEGER) > 0 OR EXISTS
              (SELECT 1 FROM sale_order so WHERE so.partner_id = a.id AND so.state IN ('sale', 'done'))
              THEN 'customer' END"""
SHARED = {
    "emails": emails(("a.email", "work"), opt_out=OUT.format("a.email_normalized")),
    "phones": phones(("a.phone", "work"), ("a.mobile", "mobile")),
    "website": "a.website",
    "address": place("a"),
    "status": STANDING,
    "external_id": "'odoo:res_partner:' || a.id",
}
NUMBERS = (("Reference:", "a.ref"), ("Barcode:", "a.barcode"))


def taken(table: str, object_key: str, fields: Mapping[str, str], joins: str = "", **more: Any) -> Take:
    """What all of its tables have."""
    return Take(
        table=table,
        object=object_key,
        source=f"{table} a {joins}",
        key="a.id",
        fields=fields,
        **{
            "made_at": "a.create_date",
            "changed_at": "a.write_date",
            "made_by": ref("res_users", "a.create_uid"),
            "changed_by": ref("res_users", "a.write_uid"),
            "owner": ref("res_users", "a.user_id"),
            **more,
        },
    )


LEAVE = (
    ("an account of the program itself", OF_PROGRAM),
    ("a colleague, who comes as a user", COLLEAGUE),
    ("an address without a name: its company has it",
     "COALESCE(a.is_company, 'f') <> 't' AND COALESCE(a.name, '') || COALESCE(a.email, '') = ''"),
)  # fmt: skip

COMPANY = taken(
    "res_partner", "company", where="a.is_company = 't'", leave=LEAVE, html=("description",),
    joins=f"{ADDRESS_OF.format('d', 'delivery')} {ADDRESS_OF.format('i', 'invoice')}",
    fields=SHARED | {
        "name": "COALESCE(NULLIF(a.name, ''), a.email, 'Partner ' || a.id)",
        "parent": ref("res_partner", "a.parent_id"),
        "postal_address": place("d"), "billing_address": place("i"),
        "industry": name_of("res_partner_industry", "a.industry_id", in_english=True),
        "vat_number": "a.vat", "registration_number": "a.company_registry",
        "description": lines(said("a.comment"), words(*NUMBERS)),
    },
    words={"industry": INDUSTRIES},
)  # fmt: skip
CONTACT = taken(
    "res_partner", "contact", where="COALESCE(a.is_company, 'f') <> 't'", leave=LEAVE,
    html=("description",),
    fields=SHARED | {
        "salutation": name_of("res_partner_title", "a.title", in_english=True),
        "first_name": first_name("a.name"), "last_name": last_name("a.name"),
        "company": company_of("a"), "job_title": "a.function",
        "language": "substr(CASE WHEN substr(a.lang, 1, 2) IN ('en', 'nl', 'pt', 'fr', 'de', 'es', 'it') "
                    "THEN a.lang END, 1, 2)",
        "description": lines(said("a.comment"), words(
            ("Company:", "CASE WHEN COALESCE(a.parent_id, '') = '' THEN a.company_name END"),
            ("VAT number:", "CASE WHEN COALESCE(a.parent_id, '') = '' THEN a.vat END"), *NUMBERS)),
    },
    words={"salutation": TITLES},
)  # fmt: skip

IS_LOST = """(a.won_status = 'lost' OR (a.active = 'f' AND (COALESCE(CAST(a.probability AS REAL), 0) = 0
             OR COALESCE(a.lost_reason_id, a.lost_reason, '') <> '')))"""
REASON = name_of("crm_lost_reason", "COALESCE(a.lost_reason_id, a.lost_reason)", in_english=True)
WRITTEN = "COALESCE(NULLIF(a.email_normalized, ''), a.email_from)"
LEAD = {
    "stage": f"CASE WHEN {IS_LOST} THEN '#lost' ELSE a.stage_id END",
    "lost_reason": f"CASE WHEN {IS_LOST} THEN {REASON} END",
    "source": name_of("utm_source", "a.source_id"),
    "amount": money("COALESCE(a.expected_revenue, a.planned_revenue)", currency()),
    "external_id": "'odoo:crm_lead:' || a.id",
}
ALSO = (
    ("Medium:", name_of("utm_medium", "a.medium_id")),
    ("Campaign:", name_of("utm_campaign", "a.campaign_id")), ("Referred by:", "a.referred"),
    ("Copy to:", "a.email_cc"),
)  # fmt: skip
GONE = f"COALESCE(a.active, 't') = 'f' AND NOT COALESCE({IS_LOST}, 0)"
RHYTHM = (
    "(SELECT CAST(n.number_of_months AS INTEGER) FROM crm_recurring_plan n WHERE n.id = a.recurring_plan)"
)

LEADS = taken(
    "crm_lead", "lead", where="a.type = 'lead'", deleted=GONE, html=("description",),

    fields=LEAD | {
        "first_name": first_name("a.contact_name"), "last_name": last_name("a.contact_name"),
        "company_name": "a.partner_name", "job_title": "a.function", "interest": "a.name",
        "emails": emails((WRITTEN, "work"), opt_out=OUT.format("a.email_normalized")),
        "phones": phones(("a.phone", "work"), ("a.mobile", "mobile")), "website": "a.website",
        "address": place("a"), "rating": "NULLIF(a.priority, '0')",
        "company": "NULL", "contact": ref("res_partner", "a.partner_id"),
        "description": lines(said("a.description"), words(*ALSO)),
    },
    words={"source": SOURCES},
)  # fmt: skip
DEALS = taken(
    "crm_lead", "deal", where="a.type IS NOT 'lead'", deleted=GONE, html=("description",),
    joins="LEFT JOIN res_partner p ON p.id = a.partner_id",
    fields=LEAD | {
        "name": "COALESCE(NULLIF(a.name, ''), 'Opportunity ' || a.id)", "company": company_of("p"),
        "contacts": several(ref("res_partner", "a.partner_id")),
        "close_date": "substr(COALESCE(NULLIF(a.date_deadline, ''), CASE WHEN a.date_closed <> '' THEN "
                      "a.date_closed END), 1, 10)",
        "probability": "a.probability", "recurring": money("a.recurring_revenue", currency()),
        "recurring_period": f"CASE {RHYTHM} WHEN 1 THEN 'month' WHEN 3 THEN 'quarter' WHEN 12 THEN 'year' END",
        "description": lines(said("a.description"), words(
            ("Name:", "a.contact_name"), ("Company:", "a.partner_name"),
            ("E-mail:", f"CASE WHEN {WRITTEN} IS NOT p.email THEN {WRITTEN} END"),
            ("Phone:", "CASE WHEN a.phone IS NOT p.phone THEN a.phone END"),
            ("Priority:", "CASE a.priority WHEN '1' THEN 'medium' WHEN '2' THEN 'high' WHEN '3' THEN 'very high' END"),
            ("Recurs every so many months:", f"CASE WHEN {RHYTHM} NOT IN (1, 3, 12) THEN {RHYTHM} END"), *ALSO)),
    },
    words={"source": SOURCES, "lost_reason": LOST},
)  # fmt: skip
