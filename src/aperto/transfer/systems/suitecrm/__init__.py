"""SuiteCRM 7 and 8 and SugarCRM 6.5: one model of tables, keyed by GUID, deleted by a flag, times in UTC."""

from aperto.transfer.moving.expressions import stages
from aperto.transfer.moving.mapping import OwnObject, Pipeline, System
from aperto.transfer.systems.suitecrm.own_fields import own_fields
from aperto.transfer.systems.suitecrm.tables import TAKES

USERS = """SELECT u.id, (SELECT e.email_address FROM email_addr_bean_rel r JOIN email_addresses e
           ON e.id = r.email_address_id WHERE r.bean_id = u.id AND r.bean_module = 'Users' AND r.deleted = 0
           ORDER BY r.primary_address DESC LIMIT 1),
           COALESCE(NULLIF(trim(COALESCE(u.first_name, '') || ' ' || COALESCE(u.last_name, '')), ''), u.user_name),
           u.status = 'Active' FROM users u"""
OF_BEAN = ("accounts", "contacts", "leads", "users", "prospects", "cases", "opportunities")
BEANS = tuple(f"'{table}:' || f.bean_id" for table in OF_BEAN)
ADDRESSES = tuple(
    f"(SELECT '{table}:' || r.bean_id FROM email_addr_bean_rel r WHERE r.email_address_id = f.id "
    f"AND r.bean_module = '{module}' LIMIT 1)"
    for table, module in (("accounts", "Accounts"), ("contacts", "Contacts"), ("leads", "Leads"),
                          ("users", "Users"), ("prospects", "Prospects"))
)  # fmt: skip

REVISION = "'document_revisions:' || r.id FROM document_revisions r"

SYSTEM = System(
    key="suitecrm",
    name="SuiteCRM / SugarCRM",
    marks=("accounts", "contacts", "opportunities", "users", "email_addr_bean_rel", "fields_meta_data"),
    version="""SELECT 'Sugar ' || c.value FROM config c
               WHERE c.category = 'info' AND c.name = 'sugar_version'""",
    users=USERS,
    users_table="users",
    takes=lambda spool: TAKES,
    own_fields=own_fields,
    encoded=True,
    pipelines=(
        Pipeline(
            "deal",
            "SuiteCRM",
            stages(
                "opportunities",
                "sales_stage",
                (("Prospecting", 10, "open"), ("Qualification", 20, "open"), ("Needs Analysis", 25, "open"),
                 ("Value Proposition", 30, "open"), ("Id. Decision Makers", 40, "open"),
                 ("Perception Analysis", 50, "open"), ("Proposal/Price Quote", 65, "open"),
                 ("Negotiation/Review", 80, "open"), ("Closed Won", 100, "won"), ("Closed Lost", 0, "lost")),
            ),
        ),
        Pipeline(
            "lead",
            "SuiteCRM leads",
            stages(
                "leads",
                "status",
                (("New", 5, "open"), ("Assigned", 10, "open"), ("In Process", 20, "open"),
                 ("Recycled", 5, "open"), ("Converted", 100, "won"), ("Dead", 0, "lost")),
            ),
        ),
    ),
    own_objects=(
        OwnObject(
            "case", "Case", "Cases",
            (("case_number", "Case number", "text"), ("status", "Status", "select"),
             ("priority", "Priority", "select"), ("case_type", "Type", "select"),
             ("company", "Company", "reference", "company"),
             ("people", "People", "multi_reference", "contact"), ("resolution", "Resolution", "long_text")),
            icon="lifebuoy", hue="teal",
        ),
        OwnObject(
            "bug", "Bug", "Bugs",
            (("bug_number", "Bug number", "text"), ("status", "Status", "select"),
             ("priority", "Priority", "select"), ("bug_type", "Type", "select"),
             ("companies", "Companies", "multi_reference", "company"),
             ("resolution", "Resolution", "select")),
            icon="bug", hue="red",
        ),
        OwnObject(
            "quote", "Quote", "Quotes",
            (("quote_number", "Quote number", "text"), ("stage_of_quote", "Stage", "select"),
             ("company", "Company", "reference", "company"), ("contact", "Contact", "reference", "contact"),
             ("deal", "Deal", "reference", "deal"), ("expires", "Valid until", "date"),
             ("total", "Total", "money"), ("lines", "Lines", "long_text")),
            icon="file-text", hue="violet",
        ),
        OwnObject(
            "invoice", "Invoice", "Invoices",
            (("invoice_number", "Invoice number", "text"), ("status", "Status", "select"),
             ("company", "Company", "reference", "company"), ("contact", "Contact", "reference", "contact"),
             ("invoice_date", "Invoice date", "date"), ("due", "Due", "date"), ("total", "Total", "money"),
             ("lines", "Lines", "long_text")),
            icon="receipt", hue="green",
        ),
        OwnObject(
            "contract", "Contract", "Contracts",
            (("status", "Status", "select"), ("company", "Company", "reference", "company"),
             ("deal", "Deal", "reference", "deal"), ("starts", "Starts", "date"), ("ends", "Ends", "date"),
             ("total", "Value", "money")),
            icon="writing", hue="amber",
        ),
        OwnObject(
            "project", "Project", "Projects",
            (("status", "Status", "select"), ("priority", "Priority", "select"),
             ("starts", "Starts", "date"), ("ends", "Ends", "date")),
            icon="folders", hue="blue",
        ),
        OwnObject(
            "campaign", "Campaign", "Campaigns",
            (("status", "Status", "select"), ("campaign_type", "Type", "select"),
             ("starts", "Starts", "date"), ("ends", "Ends", "date"), ("budget", "Budget", "money"),
             ("objective", "Objective", "long_text")),
            icon="speakerphone", hue="pink",
        ),
    ),
    indexes=(
        ("document_revisions", "document_id"), ("documents", "id"),
        ("email_addr_bean_rel", "bean_id"), ("email_addr_bean_rel", "email_address_id"),
        ("email_addresses", "id"), ("accounts_contacts", "contact_id"),
        ("accounts_opportunities", "opportunity_id"), ("opportunities_contacts", "opportunity_id"),
        ("calls_contacts", "call_id"), ("calls_leads", "call_id"), ("meetings_contacts", "meeting_id"),
        ("meetings_leads", "meeting_id"), ("accounts_cstm", "id_c"), ("contacts_cstm", "id_c"),
        ("leads_cstm", "id_c"), ("opportunities_cstm", "id_c"), ("calls_cstm", "id_c"),
        ("meetings_cstm", "id_c"), ("tasks_cstm", "id_c"), ("cases_cstm", "id_c"), ("emails_text", "email_id"),
        ("emails_beans", "email_id"), ("contacts_cases", "case_id"), ("accounts_bugs", "bug_id"),
        ("aos_products_quotes", "parent_id"), ("currencies", "id"),
    ),
    folded={
        "documents": (f"(SELECT {REVISION} WHERE r.document_id = f.id LIMIT 1)",),
        **{f"documents_{table}": (f"(SELECT {REVISION} WHERE r.document_id = f.document_id LIMIT 1)",)
           for table in ("accounts", "contacts", "opportunities", "cases")},
        "email_addr_bean_rel": BEANS,
        "email_addresses": ADDRESSES,
        "accounts_contacts": ("'contacts:' || f.contact_id",),
        "accounts_opportunities": ("'opportunities:' || f.opportunity_id",),
        "opportunities_contacts": ("'opportunities:' || f.opportunity_id",),
        "calls_contacts": ("'calls:' || f.call_id",), "calls_leads": ("'calls:' || f.call_id",),
        "calls_users": ("'calls:' || f.call_id",),
        "meetings_contacts": ("'meetings:' || f.meeting_id",),
        "meetings_leads": ("'meetings:' || f.meeting_id",), "meetings_users": ("'meetings:' || f.meeting_id",),
        "emails_text": ("'emails:' || f.email_id",), "emails_beans": ("'emails:' || f.email_id",),
        "emails_email_addr_rel": ("'emails:' || f.email_id",),
        "contacts_cases": ("'cases:' || f.case_id",), "accounts_bugs": ("'bugs:' || f.bug_id",),
        "aos_products_quotes": ("'aos_quotes:' || f.parent_id", "'aos_invoices:' || f.parent_id"),
        **{f"{table}_cstm": (f"'{table}:' || f.id_c",) for table in
           ("accounts", "contacts", "leads", "opportunities", "calls", "meetings", "tasks", "cases", "notes")},
    },
    left={
        "acl_*": "rights of the other system: roles are made here", "securitygroups*": "rights of the other system",
        "*_audit": "field history of the other system", "sugarfeed": "a stream that the records tell themselves",
        "aop_case_events": "a log that the other system wrote by itself",
        "aod_*": "a search index", "config": "settings of the other system",
        "user_preferences": "settings of people in the other system", "relationships": "the layout of the tables",
        "fields_meta_data": "described fields: they are made where records have values in them",
        "schedulers": "jobs of the other system", "job_queue": "jobs of the other system",
        "tracker*": "who looked at what", "vcals": "a calendar copy that can be reckoned",
        "outbound_email*": "mail servers and their passwords", "inbound_email*": "mail servers and their passwords",
        "oauth*": "keys of programs", "email_templates": "templates of mails", "upgrade_history": "a log",
        "cron_remove_documents": "a log", "saved_search": "lists of the other system",
        "folders*": "folders of mail", "reminders*": "reminders of the other system", "aow_*": "automation there",
        "aor_*": "reports there", "currencies": "rates: Aperto keeps its own", "versions": "a log",
        "project_task": "steps of projects", "import_maps": "earlier imports there",
        "favorites": "what people marked there",
    },
)  # fmt: skip
