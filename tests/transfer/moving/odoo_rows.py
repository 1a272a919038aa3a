"""A small firm that kept its customers in Odoo."""

from collections.abc import Mapping

from tests.transfer.moving.dumps import Rows

STAMPS = {"create_date": "2024-03-01 08:00:00", "write_date": "2024-03-02 08:00:00", "create_uid": "2"}


def made(row: Mapping[str, str | int | None]) -> Mapping[str, str | int | None]:
    """With what every row has."""
    return {**STAMPS, **row}


TABLES: dict[str, Rows] = {
    "ir_module_module": [{"id": 1, "name": "base", "latest_version": "17.0.1.3"}],
    "ir_model_data": [{"id": 1, "module": "base", "name": "main_company"}],
    "res_company": [{"id": 1, "name": "Ours", "partner_id": 1, "currency_id": 9}],
    "res_currency": [{"id": 9, "name": "GBP"}],
    "res_country": [{"id": 76, "code": "NL", "name": '{"en_US": "Netherlands"}'}],
    "res_users": [
        {"id": 1, "login": "__system__", "partner_id": 2, "active": "f", "share": "f"},
        {"id": 2, "login": "mo", "partner_id": 3, "active": "t", "share": "f"},
        {"id": 3, "login": "zoe@mill.example", "partner_id": 11, "active": "t", "share": "t"},
    ],
    "res_partner": [
        made({"id": 1, "name": "Ours", "is_company": "t", "active": "t", "lang": "fr_FR"}),
        made({"id": 2, "name": "OdooBot", "active": "f"}),
        made({"id": 3, "name": "Mo Diaz", "email": "mo@ours.example", "active": "t"}),
        made({"id": 10, "name": "Mill", "is_company": "t", "active": "t", "user_id": 2,
              "vat": "NL004495445B01",
              "email": "hi@mill.example", "email_normalized": "hi@mill.example",
              "commercial_partner_id": 10,
              "street": "Quay 1", "city": "Delft", "country_id": 76, "x_studio_size": "big"}),
        made({"id": 11, "name": "Zoë van Ray", "parent_id": 10, "commercial_partner_id": 10, "active": "t",
              "is_company": "f", "email": "zoe@mill.example", "mobile": "+31 6 12345678",
              "comment": "<p>Tea, <b>no</b> sugar</p>"}),
        made({"id": 12, "parent_id": 10, "type": "delivery", "active": "t", "street": "Gate 2",
              "city": "Delft"}),
        made({"id": 13, "name": "Old Shop", "is_company": "t", "active": "f"}),
    ],
    "res_partner_category": [{"id": 5, "name": '{"en_US": "Gold", "fr_FR": "Or"}'}],
    "res_partner_res_partner_category_rel": [{"category_id": 5, "partner_id": 10}],
    "mail_blacklist": [{"id": 1, "email": "hi@mill.example", "active": "t"}],
    "ir_model_fields": [
        {"id": 70, "model": "res.partner", "name": "x_studio_size", "state": "manual", "store": "t",
         "field_description": '{"en_US": "Size", "fr_FR": "Taille"}', "ttype": "selection"},
    ],
    "ir_model_fields_selection": [{"id": 1, "field_id": 70, "sequence": 1, "value": "big",
                                   "name": "Very big"}],
    "crm_stage": [
        {"id": 1, "sequence": 1, "name": '{"en_US": "New", "fr_FR": "Nouveau"}'},
        {"id": 4, "sequence": 9, "name": '{"en_US": "Won"}', "is_won": "t"},
    ],
    "crm_lost_reason": [{"id": 1, "name": '{"en_US": "Too expensive"}'}],
    "crm_lead": [
        made({"id": 1, "name": "Ask", "type": "lead", "active": "t", "stage_id": 1, "contact_name": "Bo",
              "email_from": "bo@x.example", "probability": "20", "user_id": 2}),
        made({"id": 2, "name": "Pumps", "type": "opportunity", "active": "t", "stage_id": 4,
              "partner_id": 11,
              "expected_revenue": "1200.50", "probability": "100", "user_id": 2}),
        made({"id": 3, "name": "Pipes", "type": "opportunity", "active": "f", "stage_id": 1,
              "partner_id": 10,
              "probability": "0", "lost_reason_id": 1}),
        made({"id": 4, "name": "Put away", "type": "opportunity", "active": "f", "probability": "30"}),
    ],
    "calendar_event": [
        made({"id": 1, "name": "Visit", "start": "2024-03-05 09:00:00", "stop": "2024-03-05 10:00:00",
              "active": "t", "user_id": 2, "opportunity_id": 2}),
    ],
    "calendar_event_res_partner_rel": [{"calendar_event_id": 1, "res_partner_id": 11},
                                       {"calendar_event_id": 1, "res_partner_id": 3}],
    "mail_activity_type": [{"id": 2, "name": '{"en_US": "Call"}', "category": "phonecall"}],
    "mail_activity": [
        made({"id": 1, "res_model": "crm.lead", "res_id": 2, "activity_type_id": 2, "user_id": 2,
              "date_deadline": "2024-04-01", "active": "t"}),
        made({"id": 2, "res_model": "sale.order", "res_id": 7, "summary": "Send it", "active": "f",
              "date_deadline": "2024-04-02", "user_id": 2}),
        made({"id": 3, "res_model": "project.task", "res_id": 1, "summary": "Not ours", "active": "t"}),
    ],
    "mail_message": [
        {"id": 1, "model": "crm.lead", "res_id": 2, "message_type": "email", "subject": "Price?",
         "body": "<p>How much?</p>", "date": "2024-03-06 07:00:00", "create_date": "2024-03-06 07:00:00",
         "author_id": 11, "email_from": '"Zoë" <zoe@mill.example>'},
        {"id": 2, "model": "crm.lead", "res_id": 2, "message_type": "notification",
         "body": "Stage changed"},
    ],
    "product_template": [made({"id": 1, "name": '{"en_US": "Pump", "fr_FR": "Pompe"}',
                               "list_price": "99.00",
                                 "active": "t", "default_code": "P1"})],
    "sale_order": [
        made({"id": 7, "name": "S7", "state": "sale", "partner_id": 11, "opportunity_id": 2,
              "currency_id": 9,
              "amount_total": "198.00", "date_order": "2024-03-07 11:00:00", "user_id": 2}),
    ],
    "sale_order_line": [{"id": 1, "order_id": 7, "sequence": 1, "name": "Pump", "product_uom_qty": "2.00",
                         "price_subtotal": "198.00"}],
    "ir_attachment": [
        made({"id": 1, "name": "plan.txt", "res_model": "mail.message", "res_id": 1, "type": "binary",
              "store_fname": "ab/ab12"}),
        made({"id": 2, "name": "image", "res_model": "res.partner", "res_id": 10, "res_field": "image_128",
              "type": "binary", "store_fname": "cd/cd34"}),
    ],
    "message_attachment_rel": [{"message_id": 1, "attachment_id": 1}],
    "strange": [{"id": 1}],
}  # fmt: skip
