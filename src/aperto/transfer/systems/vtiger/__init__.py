"""Vtiger 5.4 to 8: each record is spread over several tables, and all of them share one row in vtiger_crmentity.

Times are those of the zone in its config.inc.php, which is UTC unless somebody changed it.
"""

from aperto.transfer.moving.expressions import stages
from aperto.transfer.moving.mapping import OwnObject, Pipeline, System
from aperto.transfer.systems.vtiger.own_fields import own_fields
from aperto.transfer.systems.vtiger.tables import ENTITIES, TAKES


def of(column: str, *tables: str) -> tuple[str, ...]:
    return tuple(f"'{table}:' || f.{column}" for table in (tables or tuple(dict.fromkeys(ENTITIES.values()))))


SYSTEM = System(
    key="vtiger",
    name="Vtiger",
    marks=("vtiger_crmentity", "vtiger_account", "vtiger_contactdetails", "vtiger_field", "vtiger_users"),
    version="SELECT v.current_version FROM vtiger_version v",
    users="""SELECT u.id, u.email1, COALESCE(NULLIF(trim(COALESCE(u.first_name, '') || ' ' || COALESCE(u.last_name, '')),
             ''), u.user_name), u.status = 'Active' FROM vtiger_users u""",
    users_table="vtiger_users",
    takes=lambda spool: TAKES,
    own_fields=own_fields,
    encoded=True,
    local=True,
    zone="SELECT 'UTC'",
    pipelines=(
        Pipeline(
            "deal", "Vtiger",
            stages(
                "vtiger_potential", "sales_stage",
                (("Prospecting", 10, "open"), ("Qualification", 20, "open"), ("Needs Analysis", 25, "open"),
                 ("Value Proposition", 30, "open"), ("Id. Decision Makers", 40, "open"),
                 ("Perception Analysis", 50, "open"), ("Proposal or Price Quote", 65, "open"),
                 ("Negotiation or Review", 80, "open"), ("Closed Won", 100, "won"), ("Closed Lost", 0, "lost")),
            ),
        ),
        Pipeline(
            "lead", "Vtiger leads",
            stages(
                "vtiger_leaddetails", "leadstatus",
                (("Not Contacted", 5, "open"), ("Attempted to Contact", 5, "open"), ("Contacted", 15, "open"),
                 ("Contact in Future", 10, "open"), ("Cold", 5, "open"), ("Warm", 20, "open"), ("Hot", 40, "open"),
                 ("Pre Qualified", 30, "open"), ("Qualified", 50, "open"), ("Converted", 100, "won"),
                 ("Lost Lead", 0, "lost"), ("Junk Lead", 0, "lost")),
            ),
        ),
    ),
    own_objects=(
        OwnObject(
            "case", "Case", "Cases",
            (("case_number", "Case number", "text"), ("status", "Status", "select"),
             ("priority", "Priority", "select"), ("severity", "Severity", "select"),
             ("category", "Category", "select"), ("company", "Company", "reference", "company"),
             ("people", "People", "multi_reference", "contact"), ("resolution", "Resolution", "long_text")),
            icon="lifebuoy", hue="teal",
        ),
        *(
            OwnObject(
                key, name, plural,
                (("document_number", "Number", "text"), ("state", "State", "select"),
                 ("company", "Company", "reference", "company"), ("contact", "Contact", "reference", "contact"),
                 ("deal", "Deal", "reference", "deal"), ("dated", "Date", "date"), ("due", "Due", "date"),
                 ("total", "Total", "money"), ("lines", "Lines", "long_text"), ("terms", "Terms", "long_text")),
                icon=icon, hue=hue,
            )
            for key, name, plural, icon, hue in (
                ("quote", "Quote", "Quotes", "file-text", "violet"),
                ("sales_order", "Order", "Orders", "shopping-cart", "blue"),
                ("invoice", "Invoice", "Invoices", "receipt", "green"),
            )
        ),
        OwnObject(
            "project", "Project", "Projects",
            (("status", "Status", "select"), ("priority", "Priority", "select"),
             ("company", "Company", "reference", "company"), ("starts", "Starts", "date"),
             ("ends", "Ends", "date")),
            icon="folders", hue="blue",
        ),
        OwnObject(
            "campaign", "Campaign", "Campaigns",
            (("status", "Status", "select"), ("campaign_type", "Type", "select"), ("ends", "Ends", "date"),
             ("budget", "Budget", "money"), ("audience", "Audience", "text")),
            icon="speakerphone", hue="pink",
        ),
        OwnObject(
            "vendor", "Vendor", "Vendors",
            (("email", "E-mail", "emails"), ("phone", "Phone", "phones"), ("website", "Website", "url"),
             ("address", "Address", "address")),
            icon="truck", hue="amber",
        ),
        OwnObject(
            "question", "Question", "Questions",
            (("answer", "Answer", "long_text"), ("status", "Status", "select"), ("category", "Category", "select")),
            icon="help", hue="slate",
        ),
    ),
    indexes=(
        ("vtiger_crmentity", "crmid"), ("vtiger_accountbillads", "accountaddressid"),
        ("vtiger_accountshipads", "accountaddressid"), ("vtiger_accountscf", "accountid"),
        ("vtiger_contactaddress", "contactaddressid"), ("vtiger_contactsubdetails", "contactsubscriptionid"),
        ("vtiger_contactscf", "contactid"), ("vtiger_leadaddress", "leadaddressid"),
        ("vtiger_leadsubdetails", "leadsubscriptionid"), ("vtiger_leadscf", "leadid"),
        ("vtiger_potentialscf", "potentialid"), ("vtiger_contpotentialrel", "potentialid"),
        ("vtiger_seactivityrel", "activityid"), ("vtiger_cntactivityrel", "activityid"),
        ("vtiger_ticketcf", "ticketid"), ("vtiger_inventoryproductrel", "id"), ("vtiger_senotesrel", "notesid"),
        ("vtiger_seattachmentsrel", "crmid"), ("vtiger_attachments", "attachmentsid"),
        ("vtiger_emaildetails", "emailid"), ("vtiger_products", "productid"), ("vtiger_service", "serviceid"),
    ),
    folded={
        "vtiger_crmentity": of("crmid"), "vtiger_crmentity_user_field": of("recordid"),
        "vtiger_accountbillads": of("accountaddressid", "vtiger_account"),
        "vtiger_accountshipads": of("accountaddressid", "vtiger_account"),
        "vtiger_accountscf": of("accountid", "vtiger_account"),
        "vtiger_contactaddress": of("contactaddressid", "vtiger_contactdetails"),
        "vtiger_contactsubdetails": of("contactsubscriptionid", "vtiger_contactdetails"),
        "vtiger_contactscf": of("contactid", "vtiger_contactdetails"),
        "vtiger_customerdetails": of("customerid", "vtiger_contactdetails"),
        "vtiger_leadaddress": of("leadaddressid", "vtiger_leaddetails"),
        "vtiger_leadsubdetails": of("leadsubscriptionid", "vtiger_leaddetails"),
        "vtiger_leadscf": of("leadid", "vtiger_leaddetails"),
        "vtiger_potentialscf": of("potentialid", "vtiger_potential"),
        "vtiger_contpotentialrel": of("potentialid", "vtiger_potential"),
        "vtiger_activitycf": of("activityid", "vtiger_activity"),
        "vtiger_seactivityrel": of("activityid", "vtiger_activity"),
        "vtiger_cntactivityrel": of("activityid", "vtiger_activity"),
        "vtiger_salesmanactivityrel": of("activityid", "vtiger_activity"),
        "vtiger_emaildetails": of("emailid", "vtiger_activity"),
        "vtiger_modcommentscf": of("modcommentsid", "vtiger_modcomments"),
        "vtiger_ticketcf": of("ticketid", "vtiger_troubletickets"),
        "vtiger_inventoryproductrel": of("id", "vtiger_quotes", "vtiger_invoice", "vtiger_salesorder"),
        "vtiger_productcf": of("productid", "vtiger_products"),
        "vtiger_servicecf": of("serviceid", "vtiger_service"),
        "vtiger_senotesrel": of("notesid", "vtiger_notes"), "vtiger_notescf": of("notesid", "vtiger_notes"),
        "vtiger_seattachmentsrel": of("crmid", "vtiger_notes"),
        "vtiger_attachments": ("(SELECT 'vtiger_notes:' || l.crmid FROM vtiger_seattachmentsrel l WHERE l.attachmentsid = f.attachmentsid LIMIT 1)",),
        "vtiger_quotescf": of("quoteid", "vtiger_quotes"), "vtiger_invoicecf": of("invoiceid", "vtiger_invoice"),
        "vtiger_salesordercf": of("salesorderid", "vtiger_salesorder"),
        "vtiger_projectcf": of("projectid", "vtiger_project"),
        "vtiger_campaignscf": of("campaignid", "vtiger_campaign"), "vtiger_vendorcf": of("vendorid", "vtiger_vendor"),
    },
    left={
        "vtiger_*": "a table that holds no records of yours: settings, lists, rights, or a module that this importer does not know",
        "com_vtiger_*": "automation of the other system",
        "vtiger_modtracker*": "field history of the other system",
        "vtiger_emailslookup": "an index that can be reckoned",
        "vtiger_pbxmanager_phonelookup": "an index that can be reckoned",
        "vtiger_activity_reminder*": "reminders of the other system",
        "vtiger_*billads": "addresses of documents", "vtiger_*shipads": "addresses of documents",
        "vtiger_inventorychargesrel": "charges of documents: the totals hold them",
        "vtiger_productcurrencyrel": "prices in other currencies",
    },
)  # fmt: skip
