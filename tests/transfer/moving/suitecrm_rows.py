"""Some rows of a SuiteCRM, with what its databases really hold: entities, deleted rows, zero dates."""

from tests.transfer.moving.dumps import Rows

STAMPS = {
    "date_entered": "2019-03-04 09:00:00",
    "date_modified": "2020-05-06 10:30:00",
    "created_by": "seed_jim",
    "modified_user_id": "1",
    "assigned_user_id": "seed_jim",
    "deleted": 0,
}


TABLES: dict[str, Rows] = {
    "users": [
        {"id": "1", "user_name": "admin", "first_name": None, "last_name": "Chief", "user_hash": "x"},
        {"id": "seed_jim", "user_name": "jim", "first_name": "Jim", "last_name": "Brennan"},
    ],
    "accounts": [
        STAMPS
        | {
            "id": "a1",
            "name": "Smith &amp; Sons",
            "industry": "Banking",
            "parent_id": "a2",
            "account_type": "Reseller",
            "billing_address_country": "France",
            "billing_address_city": "Lyon",
            "phone_office": "04 72 00 00 00",
            "employees": "about 50",
        },
        STAMPS | {"id": "a2", "name": "Group O&#039;Hara"},
        STAMPS | {"id": "a3", "name": "Gone", "deleted": 1},
    ],
    "accounts_cstm": [{"id_c": "a1", "tier_c": "^gold^,^new_one^"}, {"id_c": "a3", "tier_c": "^gold^"}],
    "fields_meta_data": [
        {
            "id": "Accountstier_c",
            "custom_module": "Accounts",
            "name": "tier_c",
            "type": "multienum",
            "deleted": 0,
            "help": None,
        }
    ],
    "contacts": [
        STAMPS
        | {
            "id": "c1",
            "first_name": "Zoë",
            "last_name": "Ray",
            "lead_source": "Barge",
            "birthdate": "0000-00-00",
            "phone_mobile": "none",
        }
    ],
    "accounts_contacts": [{"id": "x1", "account_id": "a1", "contact_id": "c1", "deleted": 0}],
    "email_addresses": [{"id": "e1", "email_address": "zoe@ray.example", "opt_out": 1, "deleted": 0}],
    "email_addr_bean_rel": [
        {
            "id": "r1",
            "email_address_id": "e1",
            "bean_id": "c1",
            "bean_module": "Contacts",
            "primary_address": 1,
            "deleted": 0,
        }
    ],
    "opportunities": [
        STAMPS
        | {
            "id": "o1",
            "name": "Boats",
            "amount": "1500.5",
            "sales_stage": "Closed Won",
            "date_closed": "2020-05-01",
        }
    ],
    "accounts_opportunities": [{"id": "y1", "opportunity_id": "o1", "account_id": "a1", "deleted": 0}],
    "opportunities_contacts": [{"id": "z1", "opportunity_id": "o1", "contact_id": "c1", "deleted": 0}],
    "calls": [
        STAMPS
        | {
            "id": "k1",
            "name": "Hello",
            "date_start": "2019-03-05 13:00:00",
            "status": "Held",
            "direction": "Inbound",
            "duration_hours": 1,
            "duration_minutes": 5,
            "parent_type": "Accounts",
            "parent_id": "a1",
        }
    ],
    "calls_contacts": [{"id": "w1", "call_id": "k1", "contact_id": "c1", "deleted": 0}],
    "cases": [STAMPS | {"id": "s1", "name": "Leak", "status": "Open_New", "account_id": "a1"}],
    "documents": [STAMPS | {"id": "d1", "document_name": "Plan"}],
    "document_revisions": [STAMPS | {"id": "d1r1", "document_id": "d1", "filename": "plan &amp; price.txt"}],
    "documents_accounts": [{"id": "v1", "document_id": "d1", "account_id": "a1", "deleted": 0}],
    "acl_actions": [{"id": "q1"}, {"id": "q2"}],
    "strange": [{"id": "1"}],
}
