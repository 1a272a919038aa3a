"""Odoo 12 to 19: a table for each model, keyed by numbers, times in UTC; what is archived has no `active`."""

from aperto.transfer.moving.mapping import OwnObject, Pipeline, System
from aperto.transfer.systems.odoo.activities import CALLS, FILES, MEETINGS, NOTES, ORDERS, PRODUCTS, TASKS
from aperto.transfer.systems.odoo.expressions import said
from aperto.transfer.systems.odoo.own_fields import own_fields
from aperto.transfer.systems.odoo.people import COMPANY, CONTACT, DEALS, IS_LOST, LEADS, PROGRAM

USERS = f"""SELECT u.id, COALESCE(CASE WHEN u.login LIKE '%@%' THEN u.login END, p.email), COALESCE(p.name, u.login),
            u.active = 't', CASE WHEN u.login IN {PROGRAM} THEN 'an account of the program itself'
            WHEN u.share = 't' THEN 'a customer who signs in to the portal: comes as a contact' END
            FROM res_users u LEFT JOIN res_partner p ON p.id = u.partner_id"""
CHANCE = f"""COALESCE((SELECT avg(CAST(a.probability AS REAL)) FROM crm_lead a WHERE a.stage_id = s.id
             AND a.active IS NOT 'f' AND NOT COALESCE({IS_LOST}, 0)), 10)"""
STAGE = f"""{said("s.name")} || CASE WHEN s.team_id <> '' THEN ' · ' || (SELECT {said("n.name")} FROM crm_team n
            WHERE n.id = s.team_id) ELSE '' END"""
STAGES = f"""SELECT * FROM (SELECT s.id, {STAGE}, CASE WHEN s.is_won = 't' THEN 100 ELSE round({CHANCE}) END,
             CASE WHEN s.is_won = 't' THEN 'won' ELSE 'open' END FROM crm_stage s
             ORDER BY CAST(s.sequence AS INTEGER), CAST(s.id AS INTEGER))
             UNION ALL SELECT '#lost', 'Lost', 0, 'lost'"""
PROGRAM_ITSELF = "the program itself"
WORDS = "words of lists: those in use come with the records"
SETTINGS = "settings of the other system"
ACCOUNTING = "accounting and payment: they stay where they are"


def of(table: str, column: str) -> tuple[str, ...]:
    return (f"'{table}:' || f.{column}",)


SYSTEM = System(
    key="odoo",
    name="Odoo",
    marks=("res_partner", "res_users", "res_company", "ir_model_data", "mail_message"),
    version="SELECT 'Odoo ' || m.latest_version FROM ir_module_module m WHERE m.name = 'base'",
    users=USERS,
    users_table="res_users",
    takes=lambda spool: (COMPANY, CONTACT, LEADS, DEALS, MEETINGS, CALLS, TASKS, NOTES, PRODUCTS, ORDERS, FILES),
    own_fields=own_fields,
    pipelines=(Pipeline("deal", "Odoo", STAGES), Pipeline("lead", "Odoo leads", STAGES)),
    own_objects=(
        OwnObject(
            "sales_order", "Order", "Orders",
            (("document_number", "Number", "text"), ("state", "State", "select"),
             ("company", "Company", "reference", "company"), ("contact", "Contact", "reference", "contact"),
             ("deal", "Deal", "reference", "deal"), ("dated", "Date", "date"), ("due", "Due", "date"),
             ("total", "Total", "money"), ("lines", "Lines", "long_text"), ("terms", "Terms", "long_text")),
            icon="shopping-cart", hue="blue",
        ),
    ),
    indexes=(
        ("res_partner", "id"), ("res_partner", "parent_id"), ("res_users", "partner_id"), ("res_users", "id"),
        ("mail_blacklist", "email"), ("sale_order", "id"), ("sale_order", "partner_id"), ("account_move", "id"),
        ("sale_order_line", "order_id"), ("product_product", "product_tmpl_id"), ("res_country", "id"),
        ("res_country_state", "id"), ("crm_tag_rel", "lead_id"), ("mail_message", "id"), ("crm_lead", "stage_id"),
        ("res_partner_res_partner_category_rel", "partner_id"), ("message_attachment_rel", "attachment_id"),
        ("calendar_event_res_partner_rel", "calendar_event_id"),
        ("mail_message_res_partner_rel", "mail_message_id"),
    ),
    folded={
        "crm_stage": ("'#stage:deal:' || f.id", "'#stage:lead:' || f.id"),
        "crm_tag_rel": of("crm_lead", "lead_id"),
        "res_partner_res_partner_category_rel": of("res_partner", "partner_id"),
        "calendar_event_res_partner_rel": of("calendar_event", "calendar_event_id"),
        "calendar_attendee": of("calendar_event", "event_id"),
        "mail_message_res_partner_rel": of("mail_message", "mail_message_id"),
        "message_attachment_rel": of("ir_attachment", "attachment_id"),
        "sale_order_line": of("sale_order", "order_id"),
        "product_product": of("product_template", "product_tmpl_id"),
    },
    left={
        "ir_*": PROGRAM_ITSELF, "bus_*": PROGRAM_ITSELF, "base_*": PROGRAM_ITSELF, "web_*": PROGRAM_ITSELF,
        "module_*": PROGRAM_ITSELF, "report_*": PROGRAM_ITSELF, "iap_*": PROGRAM_ITSELF, "decimal_*": PROGRAM_ITSELF,
        "onboarding_*": PROGRAM_ITSELF, "digest_*": PROGRAM_ITSELF, "wizard_*": PROGRAM_ITSELF,
        "spreadsheet_*": "dashboards of the other system", "*_spreadsheet_*": "dashboards of the other system",
        "res_country*": WORDS, "res_currency*": "rates: Aperto keeps its own", "res_lang": WORDS, "res_bank": WORDS,
        "res_partner_title": WORDS, "res_partner_industry": WORDS, "res_partner_category": WORDS, "utm_*": WORDS,
        "crm_tag": WORDS, "crm_lost_reason": WORDS, "crm_recurring_plan": WORDS, "mail_activity_type*": WORDS,
        "calendar_event_type": WORDS, "meeting_category_rel": "kinds of meetings", "uom_*": WORDS,
        "product_category": WORDS, "product_*": "variants, prices and suppliers of products",
        "res_groups*": "rights of the other system", "res_company*": SETTINGS, "rule_group_rel": "rights of the other system",
        "res_users_*": SETTINGS, "res_config*": SETTINGS, "res_*": SETTINGS, "resource_*": "working hours",
        "res_partner_bank": "bank accounts", "crm_team*": "teams: Aperto has its own", "team_*": "teams: Aperto has its own",
        "crm_lead_scoring_*": "reckoning of chances", "crm_iap_*": "a service that sells leads", "crm_*": SETTINGS,
        "mail_tracking_value": "field history of the other system", "mail_followers*": "who followed what",
        "mail_notification": "who was told of what", "mail_mail*": "mails on their way out",
        "mail_template*": "templates of mails", "mail_*": SETTINGS, "discuss_*": "talk among colleagues in a channel",
        "sms_*": "templates of mails", "calendar_*": "reminders and rules of repetition: each meeting comes by itself",
        "account_*": ACCOUNTING, "payment_*": ACCOUNTING,
        "sale_order_template*": "templates of orders", "sale_order_tag_rel": "tags of orders", "sale_*": SETTINGS,
        "quotation_*": "templates of orders", "header_footer_*": "templates of orders",
    },
)  # fmt: skip
