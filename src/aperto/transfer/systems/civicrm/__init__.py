"""CiviCRM 5 and 6: contacts of three kinds, with addresses and words in tables of their own; two kinds of times."""

from aperto.transfer.moving.mapping import OwnObject, System
from aperto.transfer.systems.civicrm.own_fields import own_fields
from aperto.transfer.systems.civicrm.tables import TAKES

WORKED = """EXISTS (SELECT 1 FROM civicrm_activity_contact s JOIN civicrm_activity_contact t
    ON t.activity_id = s.activity_id AND t.record_type_id = '3' AND t.contact_id <> s.contact_id
    WHERE s.contact_id = u.contact_id AND s.record_type_id IN ('1', '2'))"""
USERS = f"""SELECT u.contact_id, u.uf_name, COALESCE(c.display_name, u.uf_name), 1, CASE WHEN NOT {WORKED}
    THEN 'signs in to the site, but has done nothing with others' END
    FROM civicrm_uf_match u LEFT JOIN civicrm_contact c ON c.id = u.contact_id"""
OF_CONTACT = ("'civicrm_contact:' || f.contact_id",)
WHOSE = (("contact", "Contact", "reference", "contact"), ("company", "Company", "reference", "company"),
         ("state", "State", "select"), ("origin", "Source", "text"))  # fmt: skip
MONEY = "payments and their accounting: contributions come"
SETTINGS = "settings, menus, logs and extensions of the other system"
WORDS = "words of lists: those in use come with the records"

SYSTEM = System(
    key="civicrm",
    name="CiviCRM",
    marks=("civicrm_contact", "civicrm_activity", "civicrm_activity_contact", "civicrm_option_value", "civicrm_email"),
    version="SELECT 'CiviCRM ' || d.version FROM civicrm_domain d ORDER BY CAST(d.id AS INTEGER) LIMIT 1",
    users=USERS,
    users_table="civicrm_uf_match",
    takes=lambda spool: TAKES,
    own_fields=own_fields,
    local=True,
    own_objects=(
        OwnObject(
            "event", "Event", "Events",
            (("event_type", "Type", "select"), ("starts", "Starts", "datetime"), ("ends", "Ends", "datetime"),
             ("places", "Places", "integer")),
            icon="calendar", hue="violet",
        ),
        OwnObject(
            "membership", "Membership", "Memberships",
            (("membership_type", "Type", "select"), ("joined", "Member since", "date"), ("starts", "Starts", "date"),
             ("ends", "Ends", "date"), *WHOSE),
            icon="users", hue="teal",
        ),
        OwnObject(
            "contribution", "Contribution", "Contributions",
            (("contribution_type", "Type", "select"), ("received", "Received", "date"), ("total", "Total", "money"),
             ("paid_by", "Paid by", "select"), *WHOSE),
            icon="receipt", hue="green",
        ),
        OwnObject(
            "registration", "Registration", "Registrations",
            (("event", "Event", "reference", "event"), ("registered", "Registered", "date"), ("part", "Role", "text"),
             ("fee", "Fee", "money"), ("fee_level", "Price level", "text"), *WHOSE),
            icon="users", hue="amber",
        ),
    ),
    indexes=(
        ("civicrm_contact", "id"), ("civicrm_email", "contact_id"), ("civicrm_phone", "contact_id"),
        ("civicrm_address", "contact_id"), ("civicrm_address", "id"), ("civicrm_website", "contact_id"),
        ("civicrm_relationship", "contact_id_a"), ("civicrm_relationship", "contact_id_b"),
        ("civicrm_activity_contact", "activity_id"), ("civicrm_activity_contact", "contact_id"),
        ("civicrm_entity_tag", "entity_id"), ("civicrm_group_contact", "contact_id"),
        ("civicrm_option_value", "option_group_id", "value"), ("civicrm_option_group", "name"),
        ("civicrm_state_province", "id"), ("civicrm_country", "id"), ("civicrm_entity_file", "file_id"),
    ),
    folded={
        **dict.fromkeys(("civicrm_email", "civicrm_phone", "civicrm_address", "civicrm_website"), OF_CONTACT),
        "civicrm_group_contact": OF_CONTACT,
        "civicrm_entity_tag": ("CASE f.entity_table WHEN 'civicrm_contact' THEN 'civicrm_contact:' || f.entity_id END",),
        "civicrm_relationship": ("'civicrm_contact:' || f.contact_id_a", "'civicrm_contact:' || f.contact_id_b"),
        "civicrm_activity_contact": ("'civicrm_activity:' || f.activity_id",),
        "civicrm_entity_file": ("'civicrm_file:' || f.file_id",),
    },
    left={
        "civicrm_*": SETTINGS, "log_civicrm_*": "field history of the other system",
        "civicrm_value_*": "fields of your own: those of contacts come with them",
        "civicrm_relationship_cache": "a copy of the relationships",
        "civicrm_relationship_type": WORDS, "civicrm_option_*": WORDS, "civicrm_location_type": WORDS,
        "civicrm_state_province": WORDS, "civicrm_country": WORDS, "civicrm_county": WORDS, "civicrm_worldregion": WORDS,
        "civicrm_currency": WORDS, "civicrm_tag": WORDS, "civicrm_group": WORDS, "civicrm_contact_type": WORDS,
        "civicrm_membership_type": WORDS, "civicrm_membership_status": WORDS, "civicrm_financial_type": WORDS,
        "civicrm_participant_status_type": WORDS, "civicrm_subscription_history": "when people joined groups and left them",
        "civicrm_membership_log": "a log", "civicrm_membership_payment": MONEY, "civicrm_participant_payment": MONEY,
        "civicrm_financial_*": MONEY, "civicrm_entity_financial_*": MONEY, "civicrm_line_item": MONEY,
        "civicrm_price_*": MONEY, "civicrm_payment_*": MONEY, "civicrm_contribution_*": MONEY,
        "civicrm_pledge*": "pledges: the contributions towards them come", "civicrm_mailing*": "mass mailings",
        "civicrm_case*": "cases: their activities come", "civicrm_group_contact_cache": "a copy of the smart groups",
    },
)  # fmt: skip
