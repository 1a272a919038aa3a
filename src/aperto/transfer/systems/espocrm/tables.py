"""What becomes of EspoCRM's tables."""

from collections.abc import Mapping
from typing import Any

from aperto.transfer.moving.expressions import address, joined, lines, money, ref, ref_by, words
from aperto.transfer.moving.mapping import Take
from aperto.transfer.systems.suitecrm.tables import INDUSTRIES, SALUTATIONS, STATUSES

PARENTS = {
    "Account": "account",
    "Contact": "contact",
    "Lead": "lead",
    "Opportunity": "opportunity",
    "Case": "case",
}
SOURCES = {"Call": "call", "Email": "campaign", "Existing Customer": "existing", "Partner": "partner",
           "Web Site": "web", "Campaign": "campaign"}  # fmt: skip
PARENT = ref_by("a.parent_type", "a.parent_id", PARENTS)


def taken(table: str, object_key: str, fields: Mapping[str, str], joins: str = "", **more: Any) -> Take:
    return Take(
        table=table,
        object=object_key,
        source=f'"{table}" a {joins}',
        key="a.id",
        fields=fields,
        deleted="a.deleted = 1",
        made_at="a.created_at",
        changed_at="a.modified_at",
        made_by=ref("user", "a.created_by_id"),
        changed_by=ref("user", "a.modified_by_id"),
        owner=ref("user", "a.assigned_user_id"),
        **more,
    )


def yes(column: str) -> str:
    return f"json(CASE {column} WHEN 1 THEN 'true' ELSE 'false' END)"


def mails(entity: str) -> str:
    return f"""(SELECT json_group_array(json_object('address', name, 'primary', json(main), 'opt_out', json(out),
        'invalid', json(bad))) FROM (SELECT e.name AS name, {yes('r."primary"')} AS main, {yes("e.opt_out")} AS out,
        {yes("e.invalid")} AS bad FROM entity_email_address r JOIN email_address e ON e.id = r.email_address_id
        WHERE r.entity_id = a.id AND r.entity_type = '{entity}' AND r.deleted = 0 AND e.deleted = 0
        ORDER BY r."primary" DESC, r.id))"""


def numbers(entity: str) -> str:
    return f"""(SELECT json_group_array(json_object('number', name, 'type', kind)) FROM (SELECT n.name AS name,
        CASE n.type WHEN 'Mobile' THEN 'mobile' WHEN 'Home' THEN 'home' WHEN 'Fax' THEN 'fax' WHEN 'Other' THEN 'other'
        ELSE 'work' END AS kind FROM entity_phone_number r JOIN phone_number n ON n.id = r.phone_number_id
        WHERE r.entity_id = a.id AND r.entity_type = '{entity}' AND r.deleted = 0 AND n.deleted = 0
        ORDER BY r."primary" DESC, r.id))"""


def place(prefix: str) -> str:
    return address(
        f"a.{prefix}_street",
        f"a.{prefix}_postal_code",
        f"a.{prefix}_city",
        f"a.{prefix}_state",
        f"a.{prefix}_country",
    )


def people(*links: tuple[str, str, str]) -> str:
    """(table, its column of this record, its column of the other) and what it is about."""
    return joined(
        f"SELECT {PARENT} AS found",
        *(f"SELECT '{other}:' || l.{other}_id FROM {table} l WHERE l.{mine} = a.id AND l.deleted = 0"
          for table, mine, other in links),
    )  # fmt: skip


MONEY = money("a.amount", "a.amount_currency")

TAKES = (
    taken(
        "account", "company",
        {
            "name": "a.name", "website": "a.website", "emails": mails("Account"), "phones": numbers("Account"),
            "address": place("billing_address"), "postal_address": place("shipping_address"), "status": "a.type",
            "industry": "a.industry", "description": lines("a.description", words(("SIC:", "a.sic_code"))),
            "external_id": "'espocrm:account:' || a.id",
        },
        words={"status": STATUSES, "industry": INDUSTRIES},
    ),
    taken(
        "contact", "contact",
        {
            "salutation": "a.salutation_name",
            "first_name": "trim(COALESCE(a.first_name, '') || ' ' || COALESCE(a.middle_name, ''))",
            "last_name": "a.last_name", "company": ref("account", "a.account_id"),
            "companies": joined("SELECT 'account:' || l.account_id AS found FROM account_contact l "
                                "WHERE l.contact_id = a.id AND l.deleted = 0 AND l.account_id IS NOT a.account_id"),
            "job_title": "(SELECT l.role FROM account_contact l WHERE l.contact_id = a.id AND "
                         "l.account_id = a.account_id AND l.deleted = 0 LIMIT 1)",
            "emails": mails("Contact"), "phones": numbers("Contact"), "address": place("address"),
            "no_calls": "a.do_not_call", "description": "a.description",
            "external_id": "'espocrm:contact:' || a.id",
        },
        words={"salutation": SALUTATIONS},
    ),
    taken(
        "opportunity", "deal",
        {
            "name": "a.name", "company": ref("account", "a.account_id"),
            "contacts": joined(f"SELECT {ref('contact', 'a.contact_id')} AS found",
                               "SELECT 'contact:' || l.contact_id FROM contact_opportunity l "
                               "WHERE l.opportunity_id = a.id AND l.deleted = 0"),
            "stage": "a.stage", "amount": MONEY, "close_date": "a.close_date", "probability": "a.probability",
            "source": "a.lead_source", "description": "a.description",
            "external_id": "'espocrm:opportunity:' || a.id",
        },
        words={"source": SOURCES},
    ),
    taken(
        "lead", "lead",
        {
            "first_name": "trim(COALESCE(a.first_name, '') || ' ' || COALESCE(a.middle_name, ''))",
            "last_name": "a.last_name", "company_name": "a.account_name", "job_title": "a.title",
            "emails": mails("Lead"), "phones": numbers("Lead"), "website": "a.website", "address": place("address"),
            "stage": "a.status", "source": "a.source",
            "amount": money("a.opportunity_amount", "a.opportunity_amount_currency"),
            "company": ref("account", "a.created_account_id"), "contact": ref("contact", "a.created_contact_id"),
            "deal": ref("opportunity", "a.created_opportunity_id"),
            "description": lines("a.description", words(("Industry:", "a.industry"))),
            "external_id": "'espocrm:lead:' || a.id",
        },
        words={"source": SOURCES},
    ),
    taken(
        "case", "case",
        {
            "name": "COALESCE(NULLIF(a.name, ''), 'Case ' || a.number)", "case_number": "a.number",
            "status": "a.status", "priority": "a.priority", "case_type": "a.type",
            "company": ref("account", "a.account_id"),
            "people": joined(f"SELECT {ref('contact', 'a.contact_id')} AS found",
                             "SELECT 'contact:' || l.contact_id FROM case_contact l "
                             "WHERE l.case_id = a.id AND l.deleted = 0"),
            "description": "a.description",
        },
    ),
    taken(
        "campaign", "campaign",
        {
            "name": "a.name", "status": "a.status", "campaign_type": "a.type", "starts": "a.start_date",
            "ends": "a.end_date", "budget": money("a.budget", "a.budget_currency"), "description": "a.description",
        },
    ),
    taken(
        "call", "call",
        {
            "subject": "a.name", "at": "a.date_start",
            "done": "CASE WHEN a.status = 'Planned' THEN 'no' ELSE 'yes' END",
            "direction": "CASE a.direction WHEN 'Inbound' THEN 'incoming' ELSE 'outgoing' END",
            "outcome": "CASE a.status WHEN 'Held' THEN 'reached' WHEN 'Not Held' THEN 'no_answer' END",
            "length": "CASE WHEN a.date_end > a.date_start THEN strftime('%H:%M', julianday(a.date_end) - julianday(a.date_start) + 0.5) END",
            "body": "a.description",
            "about": people(("call_contact", "call_id", "contact"), ("call_lead", "call_id", "lead")),
        },
    ),
    taken(
        "meeting", "meeting",
        {
            "subject": "COALESCE(NULLIF(a.name, ''), 'Meeting')",
            "at": "COALESCE(a.date_start, a.date_start_date || ' 00:00:00', a.created_at)",
            "until": "CASE WHEN a.date_end >= a.date_start THEN a.date_end END",
            "done": "CASE WHEN a.status = 'Planned' THEN 'no' ELSE 'yes' END",
            "body": lines("CASE a.status WHEN 'Not Held' THEN 'Not held' END", "a.description", "a.join_url"),
            "about": people(("contact_meeting", "meeting_id", "contact"), ("lead_meeting", "meeting_id", "lead")),
        },
    ),
    taken(
        "task", "task",
        {
            "subject": "COALESCE(NULLIF(a.name, ''), 'Task')",
            "due": "COALESCE(a.date_end, a.date_end_date || ' 12:00:00')",
            "done": "CASE WHEN a.status IN ('Completed', 'Canceled') THEN 'yes' ELSE 'no' END",
            "priority": "a.priority",
            "body": lines("a.description", words(("Status:", "CASE WHEN a.status IN ('Canceled', 'Deferred', 'Started') "
                                                  "THEN a.status END"))),
            "about": joined(f"SELECT {PARENT} AS found", f"SELECT {ref('contact', 'a.contact_id')}"),
        },
    ),
    taken(
        "note", "note",
        {"body": "a.post", "about": joined(f"SELECT {PARENT} AS found")},
        leave=(("a line that the other system wrote by itself", "a.type <> 'Post'"),
               ("a line without words", "COALESCE(a.post, '') = ''")),
    ),
    taken(
        "email", "note",
        {
            "body": lines(
                "a.name", words(
                    ("From:", "a.from_string"),
                    ("To:", "(SELECT group_concat(e.name, ', ') FROM email_email_address l JOIN email_address e "
                     "ON e.id = l.email_address_id WHERE l.email_id = a.id AND l.address_type = 'to')"),
                    ("Sent:", "a.date_sent")),
                "COALESCE(NULLIF(a.body_plain, ''), a.body)"),
            "about": joined(f"SELECT {PARENT} AS found", f"SELECT {ref('account', 'a.account_id')}"),
        },
        html=("body",),
    ),
    taken(
        "attachment", "file",
        {
            "name": "a.name", "content": "COALESCE(NULLIF(a.source_id, ''), a.id)", "description": "(SELECT d.description FROM document d WHERE d.file_id = a.id LIMIT 1)",
            "about": joined(
                f"SELECT {PARENT} AS found",
                *(f"SELECT '{other}:' || l.{other}_id FROM {table} l JOIN document d ON d.id = l.document_id "
                  "WHERE d.file_id = a.id AND l.deleted = 0 AND d.deleted = 0"
                  for table, other in (("account_document", "account"), ("contact_document", "contact"),
                                       ("document_lead", "lead"), ("document_opportunity", "opportunity")))),
        },
    ),
)  # fmt: skip
