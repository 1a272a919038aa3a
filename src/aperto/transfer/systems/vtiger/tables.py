"""What becomes of Vtiger's tables."""

from collections.abc import Mapping
from typing import Any

from aperto.transfer.moving.expressions import (
    address,
    emails,
    joined,
    lines,
    money,
    phones,
    ref,
    several,
    words,
)
from aperto.transfer.moving.mapping import Take

# which table a record of each kind stands in: all keys are of one space, and vtiger_crmentity tells the kind
ENTITIES = {
    "Accounts": "vtiger_account", "Contacts": "vtiger_contactdetails", "Leads": "vtiger_leaddetails",
    "Potentials": "vtiger_potential", "HelpDesk": "vtiger_troubletickets", "Calendar": "vtiger_activity",
    "Emails": "vtiger_activity", "ModComments": "vtiger_modcomments", "Products": "vtiger_products",
    "Services": "vtiger_service", "Quotes": "vtiger_quotes", "SalesOrder": "vtiger_salesorder",
    "Invoice": "vtiger_invoice", "Project": "vtiger_project", "Campaigns": "vtiger_campaign",
    "Vendors": "vtiger_vendor", "Faq": "vtiger_faq", "Documents": "vtiger_notes",
}  # fmt: skip
KINDS = " ".join(f"WHEN '{kind}' THEN '{table}:'" for kind, table in ENTITIES.items())
STATUSES = {"Customer": "customer", "Prospect": "prospect", "Partner": "partner"}
INDUSTRIES = {"Banking": "finance", "Insurance": "finance", "Biotechnology": "health", "Healthcare": "health",
              "Consulting": "services", "Communications": "technology", "Telecommunications": "technology",
              "Electronics": "technology", "Shipping": "transport", "Transportation": "transport",
              "Utilities": "energy", "Machinery": "manufacturing", "Chemicals": "manufacturing",
              "Apparel": "retail", "Entertainment": "media", "Not For Profit": "nonprofit",
              "Food & Beverage": "food", "Recreation": "hospitality", "Engineering": "construction"}  # fmt: skip
SOURCES = {"Cold Call": "call", "Existing Customer": "existing", "Web Site": "web", "Word of mouth": "referral",
           "Conference": "event", "Trade Show": "event", "Partner": "partner", "Employee": "referral",
           "Direct Mail": "campaign"}  # fmt: skip
SALUTATIONS = {"Mr.": "mr", "Ms.": "ms", "Mrs.": "ms", "Miss": "ms", "Dr.": "dr", "Prof.": "prof"}


def record(key: str, alias: str) -> str:
    """The record of this key, whatever it is."""
    return f"(SELECT CASE {alias}.setype {KINDS} END || {alias}.crmid FROM vtiger_crmentity {alias} WHERE {alias}.crmid = {key})"


def taken(
    table: str, object_key: str, key: str, fields: Mapping[str, str], joins: str = "", **more: Any
) -> Take:
    return Take(
        table=table,
        object=object_key,
        source=f"{table} a JOIN vtiger_crmentity e ON e.crmid = a.{key} {joins}",
        key=f"a.{key}",
        fields=fields,
        deleted="e.deleted = 1",
        made_at="e.createdtime",
        changed_at="e.modifiedtime",
        made_by=ref("vtiger_users", "e.smcreatorid"),
        changed_by=ref("vtiger_users", "e.modifiedby"),
        owner=ref("vtiger_users", "e.smownerid"),
        **more,
    )


def own(table: str, column: str, key: str) -> str:
    return f"LEFT JOIN {table} cf ON cf.{column} = a.{key}"


def document(table: str, key: str, object_key: str, fields: Mapping[str, str]) -> Take:
    """Quotes, orders and invoices are built alike."""
    listed = f"""(SELECT group_concat(text, char(10)) FROM (SELECT trim(COALESCE(i.quantity, '') || ' × ' ||
        COALESCE(p.productname, v.servicename, i.comment, '') || '  ' || COALESCE(i.listprice, '')) AS text
        FROM vtiger_inventoryproductrel i LEFT JOIN vtiger_products p ON p.productid = i.productid
        LEFT JOIN vtiger_service v ON v.serviceid = i.productid
        WHERE i.id = a.{key} ORDER BY CAST(i.sequence_no AS INTEGER)))"""
    currency = "(SELECT y.currency_code FROM vtiger_currency_info y WHERE y.id = a.currency_id)"
    return taken(
        table, object_key, key,
        {
            "name": f"COALESCE(NULLIF(a.subject, ''), '{object_key} ' || a.{key})",
            "company": ref("vtiger_account", "a.accountid"),
            "contact": ref("vtiger_contactdetails", "a.contactid"),
            "deal": ref("vtiger_potential", "COALESCE(a.potentialid, a.potential_id)"),
            "total": money("a.total", currency), "lines": listed, "terms": "a.terms_conditions",
            "description": "e.description",
            **fields,
        },
    )  # fmt: skip


# what is no document is stored in the master currency
MASTER = "(SELECT y.currency_code FROM vtiger_currency_info y WHERE y.defaultid = '-11' LIMIT 1)"
ABOUT = joined(
    "SELECT CASE s.setype " + KINDS + " END || s.crmid AS found FROM vtiger_seactivityrel l "
    "JOIN vtiger_crmentity s ON s.crmid = l.crmid WHERE l.activityid = a.activityid",
    "SELECT 'vtiger_contactdetails:' || l.contactid FROM vtiger_cntactivityrel l WHERE l.activityid = a.activityid",
)
STARTS = (
    "NULLIF(trim(COALESCE(a.date_start, '') || ' ' || COALESCE(NULLIF(a.time_start, ''), '00:00')), '00:00')"
)
ENDS = "NULLIF(trim(COALESCE(a.due_date, '') || ' ' || COALESCE(NULLIF(a.time_end, ''), '00:00')), '00:00')"
TASK, CALL = "a.activitytype IN ('Task', '')", "a.activitytype = 'Call'"
MAIL = "a.activitytype = 'Emails'"

TAKES = (
    taken(
        "vtiger_account", "company", "accountid",
        {
            "name": "COALESCE(NULLIF(a.accountname, ''), e.label)", "parent": ref("vtiger_account", "a.parentid"),
            "website": "a.website",
            "emails": emails(("a.email1", "work"), ("a.email2", "other"), opt_out="a.emailoptout = 1"),
            "phones": phones(("a.phone", "work"), ("a.otherphone", "other"), ("a.fax", "fax")),
            "address": address("b.bill_street", "b.bill_code", "b.bill_city", "b.bill_state", "b.bill_country"),
            "postal_address": address("s.ship_street", "s.ship_code", "s.ship_city", "s.ship_state", "s.ship_country"),
            "status": "NULLIF(a.account_type, '--None--')", "industry": "NULLIF(a.industry, '--None--')",
            "employees": "NULLIF(a.employees, '0')", "revenue": money("a.annualrevenue", MASTER),
            "description": lines("e.description", words(
                ("Rating:", "NULLIF(a.rating, '--None--')"), ("Ownership:", "a.ownership"), ("SIC:", "a.siccode"),
                ("Ticker:", "a.tickersymbol"))),
            "external_id": "'vtiger:' || a.account_no",
        },
        joins="LEFT JOIN vtiger_accountbillads b ON b.accountaddressid = a.accountid LEFT JOIN vtiger_accountshipads s "
              "ON s.accountaddressid = a.accountid " + own("vtiger_accountscf", "accountid", "accountid"),
        words={"status": STATUSES, "industry": INDUSTRIES},
    ),
    taken(
        "vtiger_contactdetails", "contact", "contactid",
        {
            "salutation": "NULLIF(a.salutation, '--None--')", "first_name": "a.firstname", "last_name": "a.lastname",
            "company": ref("vtiger_account", "a.accountid"), "job_title": "a.title", "department": "a.department",
            "reports_to": ref("vtiger_contactdetails", "a.reportsto"),
            "emails": emails(("a.email", "work"), ("a.otheremail", "other"), ("a.secondaryemail", "other"),
                             opt_out="a.emailoptout = 1"),
            "phones": phones(("a.phone", "work"), ("a.mobile", "mobile"), ("s.homephone", "home"),
                             ("s.otherphone", "other"), ("a.fax", "fax")),
            "address": address("d.mailingstreet", "d.mailingzip", "d.mailingcity", "d.mailingstate", "d.mailingcountry"),
            "birthday": "NULLIF(s.birthday, '')", "source": "NULLIF(s.leadsource, '--None--')",
            "no_calls": "a.donotcall", "no_email": "a.emailoptout",
            "description": lines("e.description", words(
                ("Assistant:", "s.assistant"), ("Assistant's phone:", "s.assistantphone"),
                ("Other address:", "NULLIF(trim(COALESCE(d.otherstreet, '') || ' ' || COALESCE(d.otherzip, '') || ' ' || "
                 "COALESCE(d.othercity, '') || ' ' || COALESCE(d.othercountry, '')), '')"))),
            "external_id": "'vtiger:' || a.contact_no",
        },
        joins="LEFT JOIN vtiger_contactsubdetails s ON s.contactsubscriptionid = a.contactid LEFT JOIN "
              "vtiger_contactaddress d ON d.contactaddressid = a.contactid "
              + own("vtiger_contactscf", "contactid", "contactid"),
        words={"salutation": SALUTATIONS, "source": SOURCES},
    ),
    taken(
        "vtiger_leaddetails", "lead", "leadid",
        {
            "first_name": "a.firstname", "last_name": "a.lastname", "company_name": "a.company",
            "job_title": "a.designation", "website": "s.website",
            "emails": emails(("a.email", "work"), ("a.secondaryemail", "other"), opt_out="a.emailoptout = 1"),
            "phones": phones(("d.phone", "work"), ("d.mobile", "mobile"), ("d.fax", "fax")),
            "address": address("d.lane", "d.code", "d.city", "d.state", "d.country"),
            "stage": "CASE WHEN a.converted = 1 THEN 'Converted' ELSE NULLIF(a.leadstatus, '--None--') END",
            "source": "NULLIF(a.leadsource, '--None--')",
            "description": lines("e.description", words(
                ("Industry:", "NULLIF(a.industry, '--None--')"), ("Rating:", "NULLIF(a.rating, '--None--')"),
                ("Revenue:", "NULLIF(CAST(a.annualrevenue AS INTEGER), 0)"),
                ("Employees:", "NULLIF(a.noofemployees, '0')"))),
            "external_id": "'vtiger:' || a.lead_no",
        },
        joins="LEFT JOIN vtiger_leadsubdetails s ON s.leadsubscriptionid = a.leadid LEFT JOIN vtiger_leadaddress d "
              "ON d.leadaddressid = a.leadid " + own("vtiger_leadscf", "leadid", "leadid"),
        words={"source": SOURCES},
    ),
    taken(
        "vtiger_potential", "deal", "potentialid",
        {
            "name": "COALESCE(NULLIF(a.potentialname, ''), e.label)",
            # before 6.0 one column named an organisation or a person
            "company": record("a.related_to", "r"),
            "contacts": joined(
                f"SELECT {ref('vtiger_contactdetails', 'a.contact_id')} AS found",
                f"SELECT {record('a.related_to', 'q')}",
                "SELECT 'vtiger_contactdetails:' || l.contactid FROM vtiger_contpotentialrel l "
                "WHERE l.potentialid = a.potentialid"),
            "stage": "a.sales_stage", "amount": money("a.amount", MASTER), "close_date": "NULLIF(a.closingdate, '')",
            "probability": "a.probability", "next_step": "a.nextstep", "source": "NULLIF(a.leadsource, '--None--')",
            "description": lines("e.description", words(("Type:", "NULLIF(a.potentialtype, '--None--')"))),
            "external_id": "'vtiger:' || a.potential_no",
        },
        joins=own("vtiger_potentialscf", "potentialid", "potentialid"),
        words={"source": SOURCES},
    ),
    taken(
        "vtiger_troubletickets", "case", "ticketid",
        {
            "name": "COALESCE(NULLIF(a.title, ''), a.ticket_no)", "case_number": "a.ticket_no", "status": "a.status",
            "priority": "a.priority", "severity": "a.severity", "category": "a.category",
            "company": record("a.parent_id", "r"),
            "people": several(ref("vtiger_contactdetails", "a.contact_id"), record("a.parent_id", "q")),
            "resolution": "a.solution", "description": "e.description",
        },
        joins=own("vtiger_ticketcf", "ticketid", "ticketid"),
    ),
    taken(
        "vtiger_products", "product", "productid",
        {
            "name": "a.productname", "code": "COALESCE(NULLIF(a.productcode, ''), a.product_no)",
            "price": money("a.unit_price", MASTER), "unit": "a.usageunit", "active": "a.discontinued",
            "description": lines("e.description", words(("Category:", "NULLIF(a.productcategory, '--None--')"),
                                                        ("Manufacturer:", "NULLIF(a.manufacturer, '--None--')"))),
        },
        joins=own("vtiger_productcf", "productid", "productid"),
    ),
    taken(
        "vtiger_service", "product", "serviceid",
        {
            "name": "a.servicename", "code": "a.service_no", "price": money("a.unit_price", MASTER),
            "unit": "a.service_usageunit", "active": "a.discontinued", "description": "e.description",
        },
    ),
    document("vtiger_quotes", "quoteid", "quote",
             {"document_number": "a.quote_no", "state": "a.quotestage", "due": "NULLIF(a.validtill, '')"}),
    document("vtiger_salesorder", "salesorderid", "sales_order",
             {"document_number": "a.salesorder_no", "state": "a.sostatus", "due": "NULLIF(a.duedate, '')"}),
    document("vtiger_invoice", "invoiceid", "invoice",
             {"document_number": "a.invoice_no", "state": "a.invoicestatus", "dated": "NULLIF(a.invoicedate, '')",
              "due": "NULLIF(a.duedate, '')"}),
    taken(
        "vtiger_project", "project", "projectid",
        {
            "name": "a.projectname", "status": "NULLIF(a.projectstatus, '--None--')",
            "priority": "NULLIF(a.projectpriority, '--None--')", "company": record("a.linktoaccountscontacts", "r"),
            "starts": "NULLIF(a.startdate, '')", "ends": "COALESCE(NULLIF(a.actualenddate, ''), NULLIF(a.targetenddate, ''))",
            "description": "e.description",
        },
    ),
    taken(
        "vtiger_campaign", "campaign", "campaignid",
        {
            "name": "a.campaignname", "status": "NULLIF(a.campaignstatus, '--None--')",
            "campaign_type": "NULLIF(a.campaigntype, '--None--')", "ends": "NULLIF(a.closingdate, '')",
            "budget": money("a.budgetcost", MASTER), "audience": "a.targetaudience", "description": "e.description",
        },
    ),
    taken(
        "vtiger_vendor", "vendor", "vendorid",
        {
            "name": "a.vendorname", "email": emails(("a.email", "work")), "phone": phones(("a.phone", "work")),
            "website": "a.website",
            "address": address("a.street", "a.postalcode", "a.city", "a.state", "a.country"),
            "description": lines("e.description", words(("Category:", "a.category"))),
        },
    ),
    taken(
        "vtiger_faq", "question", "id",
        {"name": "substr(a.question, 1, 200)", "answer": "a.answer", "status": "a.status", "category": "a.category",
         "description": "CASE WHEN length(a.question) > 200 THEN a.question END"},
        html=("answer", "name"),
    ),
    taken(
        "vtiger_activity", "task", "activityid",
        {
            "subject": "COALESCE(NULLIF(a.subject, ''), 'Task')", "due": ENDS,
            "done": "CASE WHEN a.status = 'Completed' THEN 'yes' ELSE 'no' END", "priority": "a.priority",
            "body": lines("e.description", words(("Status:", "CASE WHEN a.status IN ('Deferred', 'Pending Input', "
                                                  "'In Progress') THEN a.status END"))),
            "about": ABOUT,
        },
        where=TASK, words={"priority": {"High": "high", "Medium": "normal", "Low": "low"}},
    ),
    taken(
        "vtiger_activity", "call", "activityid",
        {
            "subject": "a.subject", "at": STARTS,
            "done": "CASE WHEN a.eventstatus = 'Planned' THEN 'no' ELSE 'yes' END",
            "outcome": "CASE a.eventstatus WHEN 'Held' THEN 'reached' WHEN 'Not Held' THEN 'no_answer' END",
            "length": "CASE WHEN CAST(a.duration_hours AS INTEGER) + CAST(a.duration_minutes AS INTEGER) > 0 THEN "
                      "CAST(a.duration_hours AS INTEGER) || ':' || printf('%02d', a.duration_minutes) END",
            "body": "e.description", "about": ABOUT,
        },
        where=CALL,
    ),
    taken(
        "vtiger_activity", "meeting", "activityid",
        {
            "subject": "COALESCE(NULLIF(a.subject, ''), a.activitytype)", "at": f"COALESCE({STARTS}, e.createdtime)",
            "until": f"CASE WHEN {ENDS} >= {STARTS} THEN {ENDS} END",
            "done": "CASE WHEN a.eventstatus = 'Planned' THEN 'no' ELSE 'yes' END", "location": "a.location",
            "body": lines("CASE a.eventstatus WHEN 'Not Held' THEN 'Not held' END",
                          "CASE WHEN a.activitytype <> 'Meeting' THEN a.activitytype END", "e.description"),
            "about": ABOUT,
        },
        where=f"NOT ({TASK}) AND NOT ({CALL}) AND NOT ({MAIL})",
    ),
    taken(
        "vtiger_activity", "note", "activityid",
        {
            "body": lines("a.subject", words(("From:", "m.from_email"), ("To:", "m.to_email"), ("Copy:", "m.cc_email"),
                                             ("Sent:", STARTS)), "e.description"),
            "about": ABOUT,
        },
        where=MAIL, joins="LEFT JOIN vtiger_emaildetails m ON m.emailid = a.activityid", html=("body",),
    ),
    taken(
        "vtiger_modcomments", "note", "modcommentsid",
        {"body": "a.commentcontent", "about": several(record("a.related_to", "r"))},
        leave=(("a comment without words", "COALESCE(a.commentcontent, '') = ''"),),
    ),
    taken(
        "vtiger_notes", "file", "notesid",
        {
            "name": "COALESCE(NULLIF(a.filename, ''), a.title)",
            "content": "COALESCE(t.path, '') || t.attachmentsid || '_' || COALESCE(NULLIF(t.storedname, ''), t.name)",
            "description": lines("a.title", "a.notecontent"),
            "about": joined("SELECT CASE s.setype " + KINDS + " END || s.crmid AS found FROM vtiger_senotesrel l "
                            "JOIN vtiger_crmentity s ON s.crmid = l.crmid WHERE l.notesid = a.notesid"),
        },
        joins="LEFT JOIN vtiger_seattachmentsrel sr ON sr.crmid = a.notesid AND sr.attachmentsid = "
              "(SELECT max(CAST(n.attachmentsid AS INTEGER)) FROM vtiger_seattachmentsrel n WHERE n.crmid = a.notesid) "
              "LEFT JOIN vtiger_attachments t ON t.attachmentsid = sr.attachmentsid",
        html=("description",),
    ),
)  # fmt: skip
