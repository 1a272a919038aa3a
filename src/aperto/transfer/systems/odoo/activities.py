"""What becomes of Odoo's activities, events, messages, products, orders and files."""

from aperto.transfer.moving.expressions import lines, money, ref, words
from aperto.transfer.systems.odoo.expressions import (
    ABOUT_MODELS,
    about,
    company_of,
    currency,
    name_of,
    said,
)
from aperto.transfer.systems.odoo.people import taken

# which of its meetings are over is told by the source alone, so that a second run finds no change
NEWEST = "(SELECT max(ms.create_date) FROM mail_message ms)"
CATEGORY = "(SELECT k.category FROM mail_activity_type k WHERE k.id = a.activity_type_id)"
KIND = name_of("mail_activity_type", "a.activity_type_id")
ELSEWHERE = ("about a record that does not come along", f"COALESCE(a.res_model, '') NOT IN {ABOUT_MODELS}")
MET = ("its meeting is in the calendar", "COALESCE(a.calendar_event_id, '') NOT IN ('', '0')")
DONE = "CASE WHEN a.active = 'f' OR a.date_done <> '' THEN 'yes' ELSE 'no' END"
DUE = "a.date_deadline || ' 12:00:00'"
WHAT = said("a.summary")

MEETINGS = taken(
    "calendar_event", "meeting",
    deleted="a.active = 'f'", html=("body",),
    fields={
        "subject": f"COALESCE(NULLIF({said('a.name')}, ''), 'Meeting')",
        "at": "COALESCE(a.start, a.start_date)", "until": "CASE WHEN a.stop >= a.start THEN a.stop END",
        "done": f"CASE WHEN a.stop < {NEWEST} THEN 'yes' ELSE 'no' END", "location": "a.location",
        "body": lines("CASE WHEN a.allday = 't' THEN 'All day' END", said("a.description"), "a.videocall_location"),
        "about": about(
            "a.res_model", "a.res_id",
            f"SELECT {ref('crm_lead', 'a.opportunity_id')}",
            "SELECT 'res_partner:' || l.res_partner_id FROM calendar_event_res_partner_rel l "
            "WHERE l.calendar_event_id = a.id"),
    },
)  # fmt: skip
CALLS = taken(
    "mail_activity", "call", where=f"{CATEGORY} IS 'phonecall'",
    leave=(ELSEWHERE, MET), html=("body",),
    fields={
        "subject": f"COALESCE(NULLIF({WHAT}, ''), {KIND})", "at": DUE, "done": DONE,
        "body": lines("a.note", "a.feedback"), "about": about("a.res_model", "a.res_id"),
    },
)  # fmt: skip
TASKS = taken(
    "mail_activity", "task", where=f"{CATEGORY} IS NOT 'phonecall'",
    leave=(ELSEWHERE, MET), html=("body",),
    fields={
        "subject": f"COALESCE(NULLIF({WHAT}, ''), {KIND}, 'Task')", "due": DUE, "done": DONE,
        "body": lines("a.note", "a.feedback"), "about": about("a.res_model", "a.res_id"),
    },
)  # fmt: skip
WROTE = "(SELECT u.id FROM res_users u WHERE u.partner_id = a.author_id LIMIT 1)"
SENDER = "replace(replace(a.email_from, '<', '('), '>', ')')"  # a pointed bracket would be taken for a tag
FINISHED = "COALESCE(a.mail_activity_type_id, '') <> ''"
NOTES = taken(
    "mail_message", "note", html=("body",),
    made_at="COALESCE(a.date, a.create_date)", made_by=ref("res_users", WROTE), owner=ref("res_users", WROTE),
    changed_at="COALESCE(a.date, a.create_date)",
    leave=(
        ("a line that the other system wrote by itself",
         f"a.message_type IN ('notification', 'user_notification', 'auto_comment', 'out_of_office') "
         f"AND NOT ({FINISHED})"),
        ("talk among colleagues in a channel", "a.model IN ('discuss.channel', 'mail.channel')"),
        ("about a record that does not come along", f"COALESCE(a.model, '') NOT IN {ABOUT_MODELS}"),
        ("a message without words", "COALESCE(a.subject, '') || COALESCE(a.body, '') = ''"),
    ),
    fields={
        "body": lines("a.subject", words(
            ("From:", f"CASE WHEN a.message_type IN ('email', 'email_outgoing') THEN {SENDER} END"),
            ("Sent:", "CASE WHEN a.message_type IN ('email', 'email_outgoing') THEN substr(a.date, 1, 16) END")),
            "CASE WHEN a.message_type = 'sms' THEN 'SMS' END", "a.body"),
        "about": about(
            "a.model", "a.res_id", f"SELECT {ref('res_partner', 'a.author_id')}",
            "SELECT 'res_partner:' || l.res_partner_id FROM mail_message_res_partner_rel l "
            "WHERE l.mail_message_id = a.id"),
    },
)  # fmt: skip
CODES = """(SELECT group_concat(v.default_code, ', ') FROM product_product v WHERE v.product_tmpl_id = a.id
            AND v.default_code <> '' AND v.default_code IS NOT a.default_code)"""
PRODUCTS = taken(
    "product_template", "product", owner="NULL",
    html=("description",),
    fields={
        "name": said("a.name"), "code": "a.default_code", "price": money("a.list_price", currency()),
        "unit": name_of("uom_uom", "a.uom_id"),
        "active": "CASE WHEN a.active = 'f' OR a.sale_ok = 'f' THEN 'no' ELSE 'yes' END",
        "description": lines(said("a.description_sale"), said("a.description"), words(
            ("Category:", "(SELECT n.complete_name FROM product_category n WHERE n.id = a.categ_id)"),
            ("Codes:", CODES))),
    },
)  # fmt: skip
LINES = """(SELECT group_concat(text, char(10)) FROM (SELECT CASE WHEN i.display_type <> '' THEN i.name ELSE
    printf('%g', i.product_uom_qty) || ' × ' || COALESCE(i.name, '') || '  ' || COALESCE(i.price_subtotal, '') END
    AS text FROM sale_order_line i WHERE i.order_id = a.id
    ORDER BY CAST(i.sequence AS INTEGER), CAST(i.id AS INTEGER)))"""
CURRENCY = f"COALESCE((SELECT n.name FROM res_currency n WHERE n.id = a.currency_id), {currency()})"
ORDERS = taken(
    "sale_order", "sales_order", html=("terms",),
    joins="LEFT JOIN res_partner p ON p.id = a.partner_id",
    fields={
        "name": "a.name", "document_number": "a.name", "state": "a.state", "company": company_of("p"),
        "contact": ref("res_partner", "a.partner_id"), "deal": ref("crm_lead", "a.opportunity_id"),
        "dated": "substr(a.date_order, 1, 10)", "due": "NULLIF(a.validity_date, '')",
        "total": money("a.amount_total", CURRENCY), "lines": LINES, "terms": "a.note",
        "description": words(("Reference of the customer:", "a.client_order_ref"), ("Origin:", "a.origin"),
                             ("Signed by:", "a.signed_by")),
    },
    words={"state": {"draft": "Quotation", "sent": "Quotation sent", "sale": "Sales order", "done": "Locked",
                     "cancel": "Cancelled"}},
)  # fmt: skip
FILES = taken(
    "ir_attachment", "file", owner="NULL",
    leave=(
        ("a picture that belongs to a field", "COALESCE(a.res_field, '') <> ''"),
        ("an address of a page, not a file", "a.type = 'url'"),
        ("a file of the program, of a product or of another record that does not come along",
         f"COALESCE(a.res_model, '') NOT IN {ABOUT_MODELS} AND NOT EXISTS (SELECT 1 FROM message_attachment_rel l "
         f"JOIN mail_message m ON m.id = l.message_id WHERE l.attachment_id = a.id AND m.model IN {ABOUT_MODELS})"),
    ),
    fields={
        "name": "COALESCE(NULLIF(a.name, ''), 'file')", "content": "a.store_fname", "description": "a.description",
        "about": about(
            "a.res_model", "a.res_id",
            "SELECT CASE m.model WHEN 'crm.lead' THEN 'crm_lead:' WHEN 'res.partner' THEN 'res_partner:' END "
            "|| m.res_id FROM message_attachment_rel l JOIN mail_message m ON m.id = l.message_id "
            "WHERE l.attachment_id = a.id"),
    },
)  # fmt: skip
