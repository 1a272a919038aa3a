"""What becomes of SuiteCRM's tables."""

from collections.abc import Mapping
from typing import Any

from aperto.transfer.moving.expressions import (
    address,
    joined,
    lines,
    money,
    phones,
    ref,
    ref_by,
    several,
    words,
)
from aperto.transfer.moving.mapping import Take

PARENTS = {"Accounts": "accounts", "Contacts": "contacts", "Leads": "leads", "Opportunities": "opportunities",
           "Cases": "cases", "Bugs": "bugs", "Project": "project"}  # fmt: skip
INDUSTRIES = {
    "Banking": "finance", "Insurance": "finance", "Finance": "finance", "Healthcare": "health",
    "Biotechnology": "health", "Shipping": "transport", "Transportation": "transport", "Utilities": "energy",
    "Consulting": "services", "Electronics": "technology", "Telecommunications": "technology",
    "Communications": "technology", "Machinery": "manufacturing", "Chemicals": "manufacturing",
    "Apparel": "retail", "Entertainment": "media", "Not For Profit": "nonprofit", "Recreation": "hospitality",
    "Food & Beverage": "food", "Engineering": "construction",
}  # fmt: skip
SOURCES = {"Cold Call": "call", "Existing Customer": "existing", "Web Site": "web", "Word of mouth": "referral",
           "Conference": "event", "Trade Show": "event", "Campaign": "campaign", "Partner": "partner",
           "Employee": "referral", "Email": "campaign", "Direct Mail": "campaign"}  # fmt: skip
STATUSES = {"Customer": "customer", "Prospect": "prospect", "Partner": "partner"}
SALUTATIONS = {"Mr.": "mr", "Ms.": "ms", "Mrs.": "ms", "Miss": "ms", "Dr.": "dr", "Prof.": "prof"}
CURRENCY = "(SELECT y.iso4217 FROM currencies y WHERE y.id = {0}.currency_id)"


def taken(table: str, object_key: str, fields: Mapping[str, str], joins: str = "", **more: Any) -> Take:
    """What all of its tables have."""
    return Take(
        table=table,
        object=object_key,
        source=f"{table} a LEFT JOIN {table}_cstm c ON c.id_c = a.id {joins}",
        key="a.id",
        fields=fields,
        deleted="a.deleted = 1",
        made_at="a.date_entered",
        changed_at="a.date_modified",
        made_by=ref("users", "a.created_by"),
        changed_by=ref("users", "a.modified_user_id"),
        owner=ref("users", "a.assigned_user_id"),
        **more,
    )


def mails(module: str) -> str:
    return f"""(SELECT json_group_array(json_object('address', address, 'primary', json(main), 'opt_out', json(out),
        'invalid', json(bad))) FROM (SELECT e.email_address AS address,
        CASE r.primary_address WHEN 1 THEN 'true' ELSE 'false' END AS main,
        CASE e.opt_out WHEN 1 THEN 'true' ELSE 'false' END AS out,
        CASE e.invalid_email WHEN 1 THEN 'true' ELSE 'false' END AS bad
        FROM email_addr_bean_rel r JOIN email_addresses e ON e.id = r.email_address_id
        WHERE r.bean_id = a.id AND r.bean_module = '{module}' AND r.deleted = 0 AND e.deleted = 0
        ORDER BY r.primary_address DESC, r.id))"""


def place(prefix: str) -> str:
    return address(
        f"a.{prefix}_street",
        f"a.{prefix}_postalcode",
        f"a.{prefix}_city",
        f"a.{prefix}_state",
        f"a.{prefix}_country",
    )


def external(table: str) -> str:
    return f"'suitecrm:{table}:' || a.id"


PERSON = {
    "first_name": "a.first_name",
    "last_name": "a.last_name",
    "job_title": "a.title",
    "phones": phones(("a.phone_work", "work"), ("a.phone_mobile", "mobile"), ("a.phone_home", "home"),
                     ("a.phone_other", "other"), ("a.phone_fax", "fax")),
    "address": place("primary_address"),
    "source": "a.lead_source",
}  # fmt: skip
PARENT = ref_by("a.parent_type", "a.parent_id", PARENTS)
COMPANY_OF_CONTACT = """(SELECT l.account_id FROM accounts_contacts l JOIN accounts o ON o.id = l.account_id
    WHERE l.contact_id = a.id AND l.deleted = 0 AND o.deleted = 0 ORDER BY l.date_modified, l.id LIMIT 1)"""
LINES_OF = """(SELECT group_concat(text, char(10)) FROM (SELECT trim(COALESCE(i.product_qty, '') || ' × ' ||
    COALESCE(i.name, '') || '  ' || COALESCE(i.product_total_price, '')) AS text FROM aos_products_quotes i
    WHERE i.parent_id = a.id AND i.deleted = 0 ORDER BY CAST(i.number AS INTEGER)))"""


def people_of(link: str, key: str) -> str:
    """Contacts and leads that took part, with what it is about."""
    return joined(
        f"SELECT {PARENT} AS found",
        f"SELECT 'contacts:' || p.contact_id FROM {link}_contacts p WHERE p.{key} = a.id AND p.deleted = 0",
        f"SELECT 'leads:' || p.lead_id FROM {link}_leads p WHERE p.{key} = a.id AND p.deleted = 0",
    )


TAKES = (
    taken(
        "accounts", "company",
        {
            "name": "a.name",
            "parent": ref("accounts", "a.parent_id"),
            "website": "NULLIF(a.website, 'http://')",
            "emails": mails("Accounts"),
            "phones": phones(("a.phone_office", "work"), ("a.phone_alternate", "other"), ("a.phone_fax", "fax")),
            "address": place("billing_address"),
            "postal_address": place("shipping_address"),
            "status": "a.account_type",
            "industry": "a.industry",
            "employees": "CASE WHEN a.employees GLOB '[0-9]*' THEN a.employees END",
            "revenue": "CASE WHEN a.annual_revenue GLOB '[0-9]*' THEN "
                       "json_object('amount', replace(a.annual_revenue, ',', '')) END",
            "description": lines("a.description", words(
                ("Rating:", "a.rating"), ("Ownership:", "a.ownership"), ("Ticker:", "a.ticker_symbol"),
                ("SIC:", "a.sic_code"), ("Revenue:", "CASE WHEN NOT a.annual_revenue GLOB '[0-9]*' "
                 "THEN a.annual_revenue END"), ("Employees:", "CASE WHEN NOT a.employees GLOB '[0-9]*' "
                 "THEN a.employees END"))),
            "external_id": external("accounts"),
        },
        words={"industry": INDUSTRIES, "status": STATUSES},
    ),
    taken(
        "contacts", "contact",
        PERSON | {
            "salutation": "a.salutation",
            "company": ref("accounts", COMPANY_OF_CONTACT),
            "companies": joined(
                "SELECT 'accounts:' || l.account_id AS found FROM accounts_contacts l WHERE l.contact_id = a.id "
                f"AND l.deleted = 0 AND l.account_id IS NOT {COMPANY_OF_CONTACT.replace(' l', ' m').replace('l.', 'm.')}"),
            "emails": mails("Contacts"),
            "department": "a.department",
            "reports_to": ref("contacts", "a.reports_to_id"),
            "birthday": "a.birthdate",
            "no_calls": "a.do_not_call",
            "description": lines("a.description", words(
                ("Assistant:", "a.assistant"), ("Assistant's phone:", "a.assistant_phone"),
                ("Other address:", "NULLIF(trim(COALESCE(a.alt_address_street, '') || ' ' || "
                 "COALESCE(a.alt_address_postalcode, '') || ' ' || COALESCE(a.alt_address_city, '') || ' ' || "
                 "COALESCE(a.alt_address_country, '')), '')"))),
            "external_id": external("contacts"),
        },
        words={"source": SOURCES, "salutation": SALUTATIONS},
    ),
    taken(
        "leads", "lead",
        PERSON | {
            "company_name": "a.account_name",
            "emails": mails("Leads"),
            "website": "NULLIF(a.website, 'http://')",
            "stage": "a.status",
            "amount": "CASE WHEN a.opportunity_amount GLOB '[0-9]*' THEN "
                      "json_object('amount', a.opportunity_amount) END",
            "interest": "a.opportunity_name",
            "company": ref("accounts", "CASE WHEN a.converted = 1 THEN a.account_id END"),
            "contact": ref("contacts", "CASE WHEN a.converted = 1 THEN a.contact_id END"),
            "deal": "NULL",
            "lost_reason": "CASE WHEN a.status = 'Dead' THEN a.status_description END",
            "description": lines("a.description", words(
                ("Status:", "CASE WHEN a.status <> 'Dead' THEN a.status_description END"),
                ("Source:", "a.lead_source_description"), ("Referred by:", "a.refered_by"),
                ("Department:", "a.department"))),
            "external_id": external("leads"),
        },
        words={"source": SOURCES},
        leave=(("a lead without a name, company or address",
                "COALESCE(a.first_name, '') || COALESCE(a.last_name, '') || COALESCE(a.account_name, '') = ''"),),
    ),
    taken(
        "opportunities", "deal",
        {
            "name": "a.name",
            "company": ref("accounts", "(SELECT l.account_id FROM accounts_opportunities l "
                           "WHERE l.opportunity_id = a.id AND l.deleted = 0 LIMIT 1)"),
            "contacts": joined("SELECT 'contacts:' || l.contact_id AS found FROM opportunities_contacts l "
                               "WHERE l.opportunity_id = a.id AND l.deleted = 0"),
            "stage": "a.sales_stage",
            "amount": money("a.amount", CURRENCY.format("a")),
            "close_date": "a.date_closed",
            "probability": "a.probability",
            "next_step": "a.next_step",
            "source": "a.lead_source",
            "description": lines("a.description", words(("Type:", "a.opportunity_type"))),
            "external_id": external("opportunities"),
        },
        words={"source": SOURCES},
    ),
    taken(
        "cases", "case",
        {
            "name": "COALESCE(NULLIF(a.name, ''), 'Case ' || a.case_number)",
            "case_number": "a.case_number", "status": "a.status", "priority": "a.priority", "case_type": "a.type",
            "company": ref("accounts", "a.account_id"),
            "people": joined("SELECT 'contacts:' || l.contact_id AS found FROM contacts_cases l "
                             "WHERE l.case_id = a.id AND l.deleted = 0"),
            "resolution": "a.resolution", "description": lines("a.description", "a.work_log"),
        },
        html=("description", "resolution"),
    ),
    taken(
        "bugs", "bug",
        {
            "name": "COALESCE(NULLIF(a.name, ''), 'Bug ' || a.bug_number)", "bug_number": "a.bug_number",
            "status": "a.status", "priority": "a.priority", "bug_type": "a.type", "resolution": "a.resolution",
            "companies": joined("SELECT 'accounts:' || l.account_id AS found FROM accounts_bugs l "
                                "WHERE l.bug_id = a.id AND l.deleted = 0"),
            "description": lines("a.description", "a.work_log"),
        },
    ),
    taken(
        "aos_products", "product",
        {
            "name": "a.name", "code": "a.part_number", "price": money("a.price", CURRENCY.format("a")),
            "description": lines("a.description", words(("Category:", "a.category"), ("Type:", "a.type"))),
        },
    ),
    taken(
        "aos_quotes", "quote",
        {
            "name": "COALESCE(NULLIF(a.name, ''), 'Quote ' || a.number)", "quote_number": "a.number",
            "stage_of_quote": "a.stage",
            "company": ref("accounts", "a.billing_account_id"), "contact": ref("contacts", "a.billing_contact_id"),
            "deal": ref("opportunities", "a.opportunity_id"), "expires": "a.expiration",
            "total": money("a.total_amount", CURRENCY.format("a")), "lines": LINES_OF,
            "description": "a.description",
        },
    ),
    taken(
        "aos_invoices", "invoice",
        {
            "name": "COALESCE(NULLIF(a.name, ''), 'Invoice ' || a.number)", "invoice_number": "a.number",
            "status": "a.status",
            "company": ref("accounts", "a.billing_account_id"), "contact": ref("contacts", "a.billing_contact_id"),
            "invoice_date": "a.invoice_date", "due": "a.due_date",
            "total": money("a.total_amount", CURRENCY.format("a")), "lines": LINES_OF,
            "description": "a.description",
        },
    ),
    taken(
        "aos_contracts", "contract",
        {
            "name": "COALESCE(NULLIF(a.name, ''), a.reference_code, 'Contract')", "status": "a.status",
            "company": ref("accounts", "a.contract_account_id"), "deal": ref("opportunities", "a.opportunity_id"),
            "starts": "a.start_date", "ends": "a.end_date",
            "total": money("a.total_contract_value", CURRENCY.format("a")), "description": "a.description",
        },
    ),
    taken(
        "project", "project",
        {
            "name": "a.name", "status": "a.status", "priority": "a.priority", "starts": "a.estimated_start_date",
            "ends": "a.estimated_end_date", "description": "a.description",
        },
    ),
    taken(
        "campaigns", "campaign",
        {
            "name": "a.name", "status": "a.status", "campaign_type": "a.campaign_type", "starts": "a.start_date",
            "ends": "a.end_date", "budget": money("a.budget", CURRENCY.format("a")), "objective": "a.objective",
            "description": "a.content",
        },
    ),
    taken(
        "calls", "call",
        {
            "subject": "a.name", "at": "a.date_start",
            "done": "CASE WHEN a.status = 'Planned' THEN 'no' ELSE 'yes' END",
            "direction": "CASE a.direction WHEN 'Inbound' THEN 'incoming' ELSE 'outgoing' END",
            "outcome": "CASE a.status WHEN 'Held' THEN 'reached' WHEN 'Not Held' THEN 'no_answer' END",
            "length": "COALESCE(NULLIF(a.duration_hours, ''), 0) || ':' || "
                      "printf('%02d', COALESCE(NULLIF(a.duration_minutes, ''), 0))",
            "body": "a.description", "about": people_of("calls", "call_id"),
        },
        html=("body",),
    ),
    taken(
        "meetings", "meeting",
        {
            "subject": "COALESCE(NULLIF(a.name, ''), 'Meeting')", "at": "COALESCE(a.date_start, a.date_entered)",
            "until": "CASE WHEN a.date_end >= a.date_start THEN a.date_end END",
            "done": "CASE WHEN a.status = 'Planned' THEN 'no' ELSE 'yes' END", "location": "a.location",
            "body": lines("CASE a.status WHEN 'Not Held' THEN 'Not held' END", "a.description",
                          "NULLIF(a.join_url, '')"),
            "about": people_of("meetings", "meeting_id"),
        },
        html=("body",),
    ),
    taken(
        "tasks", "task",
        {
            "subject": "COALESCE(NULLIF(a.name, ''), 'Task')", "due": "a.date_due",
            "done": "CASE WHEN a.status = 'Completed' THEN 'yes' ELSE 'no' END",
            "priority": "a.priority",
            "body": lines("a.description", words(("Status:", "CASE WHEN a.status IN ('Deferred', "
                          "'Pending Input', 'In Progress') THEN a.status END"))),
            "about": several(PARENT, ref("contacts", "a.contact_id")),
        },
        words={"priority": {"High": "high", "Medium": "normal", "Low": "low"}},
        html=("body",),
    ),
    taken(
        "notes", "note",
        {
            "body": lines("a.name", "a.description", words(("File:", "a.filename"))),
            "about": several(PARENT, ref("contacts", "a.contact_id")),
        },
        leave=(("an attachment of a mail: bring the files with --files", "a.parent_type = 'Emails'"),),
        html=("body",),
    ),
    taken(
        "emails", "note",
        {
            "body": lines(
                "a.name", words(("From:", "t.from_addr"), ("To:", "t.to_addrs"), ("Copy:", "t.cc_addrs"),
                                ("Sent:", "COALESCE(a.date_sent_received, a.date_sent)")),
                "COALESCE(NULLIF(t.description, ''), t.description_html)"),
            "about": joined(
                f"SELECT {PARENT} AS found",
                "SELECT CASE b.bean_module WHEN 'Accounts' THEN 'accounts:' WHEN 'Contacts' THEN 'contacts:' "
                "WHEN 'Leads' THEN 'leads:' WHEN 'Opportunities' THEN 'opportunities:' WHEN 'Cases' THEN 'cases:' "
                "END || b.bean_id FROM emails_beans b WHERE b.email_id = a.id AND b.deleted = 0"),
        },
        joins="LEFT JOIN emails_text t ON t.email_id = a.id",
        html=("body",),
    ),
    Take(
        table="document_revisions", object="file",
        source="document_revisions a LEFT JOIN documents d ON d.id = a.document_id", key="a.id",
        fields={
            "name": "COALESCE(NULLIF(a.filename, ''), d.document_name)", "content": "a.id",
            "description": lines("d.description", words(("Revision:", "a.revision"), ("Change:", "a.change_log"))),
            "about": joined(*(
                f"SELECT '{table}:' || l.{key} AS found FROM documents_{table} l "
                "WHERE l.document_id = a.document_id AND l.deleted = 0"
                for table, key in (("accounts", "account_id"), ("contacts", "contact_id"),
                                   ("opportunities", "opportunity_id"), ("cases", "case_id")))),
        },
        deleted="a.deleted = 1 OR d.deleted = 1", made_at="a.date_entered", changed_at="a.date_modified",
        made_by=ref("users", "a.created_by"), owner=ref("users", "d.assigned_user_id"),
    ),
    taken(
        "prospects", "lead",
        PERSON | {"company_name": "a.account_name", "emails": mails("Prospects"), "interest": "'Target'",
                  "description": "a.description", "external_id": external("prospects")},
        words={"source": SOURCES},
    ),
)  # fmt: skip
