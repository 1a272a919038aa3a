"""What becomes of CiviCRM's tables."""

from collections.abc import Mapping
from typing import Any

from aperto.transfer.moving.expressions import joined, lines, money, ref, words
from aperto.transfer.moving.mapping import Take
from aperto.transfer.systems.civicrm.expressions import (
    BILLING,
    EMAILS,
    FIRST,
    OTHERS,
    PHONES,
    TIES,
    WEBSITE,
    option,
    options,
    place,
    stamp,
    user,
)

SALUTATIONS = {"Mrs.": "ms", "Ms.": "ms", "Miss": "ms", "Mr.": "mr", "Dr.": "dr", "Prof.": "prof"}
TEST = ("a test", "a.is_test = '1'")
DIED = "CASE WHEN a.is_deceased = '1' THEN 'Deceased ' || COALESCE(substr(a.deceased_date, 1, 10), '') END"
SHARED = {
    "emails": EMAILS,
    "phones": PHONES,
    "address": place("d"),
    "website": WEBSITE,
    "external_id": "'civicrm:' || a.id",
}
MORE = (
    ("Nickname:", "a.nick_name"), ("Source:", "a.source"), ("External identifier:", "a.external_identifier"),
    ("Preferred contact:", options("preferred_communication_method", "a.preferred_communication_method")),
)  # fmt: skip


def taken(table: str, object_key: str, fields: Mapping[str, str], joins: str = "", **more: Any) -> Take:
    return Take(
        table=table, object=object_key, source=f"{table} a {joins}", key="a.id", fields=fields,
        made_at=more.pop("made_at", stamp("a.created_date")), changed_at=stamp("a.modified_date"), **more,
    )  # fmt: skip


def belongs(table: str, object_key: str, kind: str, fields: Mapping[str, str], **more: Any) -> Take:
    """What a contact has: a membership, a contribution, a registration. `kind` joins what it is called by."""
    whose = ref("civicrm_contact", "a.contact_id")
    return taken(
        table, object_key,
        {"name": "COALESCE(y.name, y.title, '') || COALESCE(': ' || c.display_name, '')", "contact": whose,
         "company": whose, **fields},
        joins=f"LEFT JOIN civicrm_contact c ON c.id = a.contact_id LEFT JOIN {kind}", deleted="c.is_deleted = '1'", **more,
    )  # fmt: skip


KIND = option("activity_type", "a.activity_type_id", "name")
LABEL = option("activity_type", "a.activity_type_id")
STATUS = option("activity_status", "a.status_id", "name")
WHO = "(SELECT l.contact_id FROM civicrm_activity_contact l WHERE l.activity_id = a.id AND l.record_type_id = '{0}' LIMIT 1)"
ABOUT = joined(
    "SELECT 'civicrm_contact:' || l.contact_id AS found FROM civicrm_activity_contact l WHERE l.activity_id = a.id "
    "AND (l.record_type_id = '3' OR (l.record_type_id = '2' AND NOT EXISTS (SELECT 1 FROM civicrm_activity_contact "
    "m WHERE m.activity_id = l.activity_id AND m.record_type_id = '3')))"
)
DONE = f"CASE WHEN {STATUS} IN ('Scheduled', 'Available') THEN 'no' ELSE 'yes' END"
STATE = f"CASE WHEN {STATUS} NOT IN ('Scheduled', 'Completed') THEN {STATUS} END"
TOLD = f"""{KIND} IN ('Contribution', 'Payment', 'Refund', 'Event Registration', 'Change Registration',
    'Membership Signup', 'Membership Renewal', 'Change Membership Status', 'Change Membership Type',
    'Membership Renewal Reminder', 'Reminder Sent', 'Contact Merged', 'Change Custom Data', 'Export Accounting Batch',
    'Downloaded Invoice', 'Emailed Invoice', 'Pledge Acknowledgment', 'Pledge Reminder')"""
MAILS = "('Email', 'Inbound Email', 'Bulk Email', 'SMS', 'Inbound SMS', 'Mass SMS', 'SMS delivery')"


def activity(object_key: str, which: str, fields: Mapping[str, str]) -> Take:
    return taken(
        "civicrm_activity", object_key, {**fields, "about": ABOUT}, where=which, html=("body",),
        deleted="a.is_deleted = '1'", made_at=f"COALESCE({stamp('a.created_date')}, a.activity_date_time)",
        made_by=user(WHO.format(2)), owner=user(f"COALESCE({WHO.format(1)}, {WHO.format(2)})"),
        leave=(TEST, ("an earlier version of an activity", "a.is_current_revision = '0'"),
               ("a line that tells of a contribution, registration or membership, which comes by itself", TOLD)),
    )  # fmt: skip


SUBJECT = f"COALESCE(NULLIF(a.subject, ''), {LABEL}, 'Activity')"
CONTACTS = (
    taken(
        "civicrm_contact", "company",
        SHARED | {
            "name": "COALESCE(NULLIF(a.organization_name, ''), NULLIF(a.household_name, ''), a.display_name, a.id)",
            "billing_address": place("b"),
            "description": lines(words(("Legal name:", "NULLIF(a.legal_name, a.organization_name)"),
                                       ("SIC:", "a.sic_code"), *MORE), TIES),
        },
        joins=f"{FIRST} {BILLING}", where="a.contact_type IS NOT 'Individual'", deleted="a.is_deleted = '1'",
    ),
    taken(
        "civicrm_contact", "contact",
        SHARED | {
            "salutation": option("individual_prefix", "a.prefix_id"),
            "first_name": "trim(COALESCE(a.first_name, '') || ' ' || COALESCE(a.middle_name, ''))",
            "last_name": "trim(COALESCE(a.last_name, '') || ' ' || COALESCE("
                         + option("individual_suffix", "a.suffix_id") + ", ''))",
            "company": ref("civicrm_contact", "a.employer_id"),
            "companies": joined(
                "SELECT 'civicrm_contact:' || r.contact_id_b AS found FROM civicrm_relationship r "
                "WHERE r.contact_id_a = a.id AND r.is_active IS NOT '0' AND r.contact_id_b IS NOT a.employer_id"),
            "job_title": "a.job_title", "birthday": "a.birth_date",
            "language": "CASE WHEN substr(a.preferred_language, 1, 2) IN ('en', 'nl', 'pt', 'fr', 'de', 'es', 'it') "
                        "THEN substr(a.preferred_language, 1, 2) END",
            "no_email": "CASE WHEN a.do_not_email = '1' OR a.is_opt_out = '1' THEN 'yes' ELSE 'no' END",
            "no_calls": "a.do_not_phone", "no_post": "a.do_not_mail",
            "description": lines(DIED, words(("Gender:", option("gender", "a.gender_id")), *MORE), TIES, OTHERS),
        },
        joins=FIRST, where="a.contact_type = 'Individual'", deleted="a.is_deleted = '1'",
        words={"salutation": SALUTATIONS},
    ),
)  # fmt: skip
ACTIVITIES = (
    activity("meeting", f"{KIND} IS 'Meeting'", {
        "subject": SUBJECT, "at": "a.activity_date_time", "done": DONE, "location": "a.location",
        "until": "CASE WHEN CAST(a.duration AS INTEGER) > 0 THEN datetime(a.activity_date_time, '+' || "
                 "CAST(a.duration AS INTEGER) || ' minutes') END",
        "body": lines(STATE, "a.details"),
    }),
    activity("call", f"{KIND} IS 'Phone Call'", {
        "subject": SUBJECT, "at": "a.activity_date_time", "done": DONE,
        "outcome": f"CASE {STATUS} WHEN 'Completed' THEN 'reached' WHEN 'Left Message' THEN 'voicemail' "
                   "WHEN 'Unreachable' THEN 'no_answer' END",
        "length": "CASE WHEN CAST(a.duration AS INTEGER) > 0 THEN (CAST(a.duration AS INTEGER) / 60) || ':' || "
                  "printf('%02d', CAST(a.duration AS INTEGER) % 60) END",
        "body": lines("a.details", words(("Phone:", "a.phone_number"))),
    }),
    activity("note", f"{KIND} IN {MAILS}", {
        "body": lines(LABEL, "a.subject", words(("Sent:", "a.activity_date_time")), "a.details"),
    }),
    activity("task", f"COALESCE({KIND}, '') NOT IN ('Meeting', 'Phone Call') AND COALESCE({KIND}, '') NOT IN {MAILS}", {
        "subject": f"CASE WHEN a.subject <> '' AND {LABEL} <> '' THEN {LABEL} || ': ' || a.subject ELSE {SUBJECT} END",
        "due": "a.activity_date_time", "done": DONE,
        "priority": f"CASE {option('priority', 'a.priority_id', 'name')} WHEN 'Urgent' THEN 'urgent' "
                    "WHEN 'Low' THEN 'low' ELSE 'normal' END",
        "body": lines(STATE, words(("Where:", "a.location")), "a.details"),
    }),
    taken(
        "civicrm_note", "note",
        {"body": lines("a.subject", "a.note"), "about": joined(
            "SELECT 'civicrm_contact:' || a.entity_id AS found WHERE a.entity_table = 'civicrm_contact'")},
        made_at=f"COALESCE({stamp('a.note_date')}, {stamp('a.created_date')}, {stamp('a.modified_date')})",
        made_by=user("a.contact_id"), owner=user("a.contact_id"),
        leave=(("a note on what is no contact", "a.entity_table IS NOT 'civicrm_contact'"),
               ("a note without words", "COALESCE(a.subject, '') || COALESCE(a.note, '') = ''")),
    ),
)  # fmt: skip
OBJECTS = (
    taken(
        "civicrm_event", "event",
        {"name": "COALESCE(NULLIF(a.title, ''), 'Event ' || a.id)",
         "event_type": option("event_type", "a.event_type_id"), "starts": "a.start_date", "ends": "a.end_date",
         "places": "a.max_participants", "description": lines("a.summary", "a.description")},
        leave=(("a template", "a.is_template = '1'"),), html=("description",),
    ),
    belongs(
        "civicrm_membership", "membership", "civicrm_membership_type y ON y.id = a.membership_type_id",
        {"membership_type": "y.name", "joined": "a.join_date", "starts": "a.start_date", "ends": "a.end_date",
         "state": "(SELECT s.label FROM civicrm_membership_status s WHERE s.id = a.status_id)",
         "origin": "a.source"},
        made_at="a.join_date", leave=(TEST,),
    ),
    belongs(
        "civicrm_contribution", "contribution", "civicrm_financial_type y ON y.id = a.financial_type_id",
        {"contribution_type": "y.name", "received": "a.receive_date", "total": money("a.total_amount", "a.currency"),
         "state": option("contribution_status", "a.contribution_status_id"),
         "paid_by": option("payment_instrument", "a.payment_instrument_id"), "origin": "a.source",
         "description": words(("Transaction:", "a.trxn_id"), ("Invoice:", "a.invoice_number"),
                              ("Cheque:", "a.check_number"), ("Cancelled because:", "a.cancel_reason"))},
        made_at="a.receive_date",
        leave=(TEST, ("a template", "a.is_template = '1'")),
    ),
    belongs(
        "civicrm_participant", "registration", "civicrm_event y ON y.id = a.event_id",
        {"event": ref("civicrm_event", "a.event_id"), "registered": "a.register_date",
         "state": "(SELECT s.label FROM civicrm_participant_status_type s WHERE s.id = a.status_id)",
         "part": options("participant_role", "a.role_id"), "fee": money("a.fee_amount", "a.fee_currency"),
         "fee_level": "trim(replace(a.fee_level, char(1), ' '))", "origin": "a.source"},
        made_at="a.register_date", leave=(TEST,),
    ),
)  # fmt: skip
FILES = taken(
    "civicrm_file", "file",
    {
        "name": "COALESCE(NULLIF(a.uri, ''), 'file')", "content": "a.uri", "description": "a.description",
        "about": joined(
            "SELECT 'civicrm_contact:' || l.entity_id AS found FROM civicrm_entity_file l WHERE l.file_id = a.id "
            "AND l.entity_table = 'civicrm_contact'",
            "SELECT 'civicrm_contact:' || c.contact_id FROM civicrm_entity_file l JOIN civicrm_activity_contact c "
            "ON c.activity_id = l.entity_id WHERE l.file_id = a.id AND l.entity_table = 'civicrm_activity' "
            "AND c.record_type_id = '3'"),
    },
    made_at="a.upload_date",
)  # fmt: skip
TAKES = (*CONTACTS, *ACTIVITIES, *OBJECTS, FILES)
