"""EspoCRM 7 to 10: a table for each entity in snake case, addresses and numbers in tables of their own, UTC."""

from aperto.transfer.moving.expressions import stages
from aperto.transfer.moving.mapping import OwnObject, Pipeline, System
from aperto.transfer.systems.espocrm.own_fields import own_fields
from aperto.transfer.systems.espocrm.tables import TAKES

OF_ENTITY = tuple(
    f"'{table}:' || f.entity_id" for table in ("account", "contact", "lead", "user", "case", "opportunity")
)
ALL = (
    "account",
    "contact",
    "lead",
    "user",
    "case",
    "opportunity",
    "task",
    "meeting",
    "call",
    "email",
    "campaign",
)


def by_entity(link: str, column: str) -> tuple[str, ...]:
    """The record that an address or a number belongs to."""
    return tuple(
        f"(SELECT '{table}:' || r.entity_id FROM {link} r WHERE r.{column} = f.id AND r.entity_type = '{entity}' LIMIT 1)"
        for table, entity in (
            ("account", "Account"),
            ("contact", "Contact"),
            ("lead", "Lead"),
            ("user", "User"),
        )
    )


SYSTEM = System(
    key="espocrm",
    name="EspoCRM",
    marks=("account", "contact", "opportunity", "entity_email_address", "email_address", "user", "note"),
    version="SELECT NULL",
    users="""SELECT u.id, (SELECT e.name FROM entity_email_address r JOIN email_address e ON e.id = r.email_address_id
             WHERE r.entity_id = u.id AND r.entity_type = 'User' AND r.deleted = 0 ORDER BY r."primary" DESC LIMIT 1),
             COALESCE(NULLIF(trim(COALESCE(u.first_name, '') || ' ' || COALESCE(u.last_name, '')), ''), u.user_name),
             u.is_active FROM user u""",
    users_table="user",
    takes=lambda spool: TAKES,
    own_fields=own_fields,
    pipelines=(
        Pipeline(
            "deal", "EspoCRM",
            stages(
                "opportunity", "stage",
                (("Prospecting", 10, "open"), ("Qualification", 20, "open"), ("Proposal", 50, "open"),
                 ("Negotiation", 80, "open"), ("Closed Won", 100, "won"), ("Closed Lost", 0, "lost")),
            ),
        ),
        Pipeline(
            "lead", "EspoCRM leads",
            stages(
                "lead", "status",
                (("New", 5, "open"), ("Assigned", 10, "open"), ("In Process", 20, "open"), ("Recycled", 5, "open"),
                 ("Converted", 100, "won"), ("Dead", 0, "lost")),
            ),
        ),
    ),
    own_objects=(
        OwnObject(
            "case", "Case", "Cases",
            (("case_number", "Case number", "text"), ("status", "Status", "select"),
             ("priority", "Priority", "select"), ("case_type", "Type", "select"),
             ("company", "Company", "reference", "company"), ("people", "People", "multi_reference", "contact")),
            icon="lifebuoy", hue="teal",
        ),
        OwnObject(
            "campaign", "Campaign", "Campaigns",
            (("status", "Status", "select"), ("campaign_type", "Type", "select"), ("starts", "Starts", "date"),
             ("ends", "Ends", "date"), ("budget", "Budget", "money")),
            icon="speakerphone", hue="pink",
        ),
    ),
    indexes=(
        ("entity_email_address", "entity_id"), ("entity_email_address", "email_address_id"), ("email_address", "id"),
        ("entity_phone_number", "entity_id"), ("entity_phone_number", "phone_number_id"), ("phone_number", "id"),
        ("account_contact", "contact_id"), ("contact_opportunity", "opportunity_id"), ("call_contact", "call_id"),
        ("call_lead", "call_id"), ("contact_meeting", "meeting_id"), ("lead_meeting", "meeting_id"),
        ("case_contact", "case_id"), ("email_email_address", "email_id"), ("document", "file_id"),
        ("account_document", "document_id"), ("contact_document", "document_id"), ("document_lead", "document_id"),
        ("document_opportunity", "document_id"),
    ),
    folded={
        "entity_email_address": OF_ENTITY, "entity_phone_number": OF_ENTITY, "entity_team": OF_ENTITY,
        "array_value": OF_ENTITY,
        "email_address": by_entity("entity_email_address", "email_address_id"),
        "phone_number": by_entity("entity_phone_number", "phone_number_id"),
        "account_contact": ("'contact:' || f.contact_id",),
        "contact_opportunity": ("'opportunity:' || f.opportunity_id",),
        "call_contact": ("'call:' || f.call_id",), "call_lead": ("'call:' || f.call_id",),
        "call_user": ("'call:' || f.call_id",), "contact_meeting": ("'meeting:' || f.meeting_id",),
        "lead_meeting": ("'meeting:' || f.meeting_id",), "meeting_user": ("'meeting:' || f.meeting_id",),
        "case_contact": ("'case:' || f.case_id",), "email_email_address": ("'email:' || f.email_id",),
        "email_user": ("'email:' || f.email_id",), "document": ("'attachment:' || f.file_id",),
        **dict.fromkeys(("account_document", "contact_document", "document_lead", "document_opportunity"), ("(SELECT 'attachment:' || d.file_id FROM document d WHERE d.id = f.document_id)",)),
    },
    left={
        "auth_*": "sign-ins over there", "action_history_record": "who looked at what", "notification": "notices",
        "note_*": "who was told of what", "stream_subscription": "who followed what", "scheduled_job*": "jobs there",
        "job": "jobs there", "system_data": "settings of the other system", "team*": "teams: Aperto has its own",
        "role*": "rights of the other system", "email_template*": "templates of mails", "currency": "rates",
        "target_list*": "lists of recipients", "*_target_list": "lists of recipients", "preferences": "settings of people",
        "unique_id": "keys of the other system", "webhook*": "connections", "extension": "the program itself",
    },
)  # fmt: skip
