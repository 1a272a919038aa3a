"""What all of CiviCRM's tables have: words that stand in a table of options, and contacts of three kinds."""

from aperto.transfer.moving.expressions import address, joined, ref

SEPARATOR = "char(1)"  # before, between and after the values of a column that holds several


def option(group: str, column: str, what: str = "label") -> str:
    """The word for a value; sites edit these lists, so that none is known beforehand."""
    return (
        f"(SELECT o.{what} FROM civicrm_option_value o WHERE o.value = {column} AND o.option_group_id = "
        f"(SELECT g.id FROM civicrm_option_group g WHERE g.name = '{group}') LIMIT 1)"
    )


def options(group: str, column: str) -> str:
    """The words for all values of such a column, between commas."""
    return (
        f"(SELECT group_concat(o.label, ', ') FROM civicrm_option_value o WHERE o.option_group_id = "
        f"(SELECT g.id FROM civicrm_option_group g WHERE g.name = '{group}') AND "
        f"instr({SEPARATOR} || {column} || {SEPARATOR}, {SEPARATOR} || o.value || {SEPARATOR}) > 0)"
    )


def truth(condition: str) -> str:
    return f"json(CASE WHEN {condition} THEN 'true' ELSE 'false' END)"


EMAILS = f"""(SELECT json_group_array(json_object('address', name, 'primary', json(main), 'type', kind, 'opt_out',
    json(out), 'invalid', json(bad))) FROM (SELECT e.email AS name, {truth("e.is_primary = '1'")} AS main,
    CASE t.name WHEN 'Home' THEN 'home' WHEN 'Work' THEN 'work' WHEN 'Main' THEN 'work' ELSE 'other' END AS kind,
    {truth("e.on_hold = '2' OR a.is_opt_out = '1'")} AS out, {truth("e.on_hold = '1'")} AS bad
    FROM civicrm_email e LEFT JOIN civicrm_location_type t ON t.id = e.location_type_id
    WHERE e.contact_id = a.id ORDER BY e.is_primary DESC, CAST(e.id AS INTEGER)))"""
PHONES = f"""(SELECT json_group_array(json_object('number', name, 'type', kind, 'extension', inside)) FROM
    (SELECT p.phone AS name, COALESCE(p.phone_ext, '') AS inside,
    CASE {option("phone_type", "p.phone_type_id", "name")} WHEN 'Mobile' THEN 'mobile' WHEN 'Fax' THEN 'fax' ELSE
    CASE t.name WHEN 'Home' THEN 'home' WHEN 'Work' THEN 'work' WHEN 'Main' THEN 'work' ELSE 'other' END END AS kind
    FROM civicrm_phone p LEFT JOIN civicrm_location_type t ON t.id = p.location_type_id
    WHERE p.contact_id = a.id ORDER BY p.is_primary DESC, CAST(p.id AS INTEGER)))"""
FIRST = """LEFT JOIN civicrm_address d ON d.id = (SELECT x.id FROM civicrm_address x WHERE x.contact_id = a.id
    ORDER BY x.is_primary DESC, CAST(x.id AS INTEGER) LIMIT 1)"""
BILLING = """LEFT JOIN civicrm_address b ON b.id = (SELECT x.id FROM civicrm_address x WHERE x.contact_id = a.id
    AND x.is_billing = '1' AND x.is_primary <> '1' ORDER BY CAST(x.id AS INTEGER) LIMIT 1)"""
OTHERS = """(SELECT group_concat(text, char(10)) FROM (SELECT 'Other address: ' || COALESCE(x.street_address, '') ||
    ', ' || COALESCE(x.postal_code, '') || ' ' || COALESCE(x.city, '') AS text FROM civicrm_address x
    WHERE x.contact_id = a.id AND x.id IS NOT d.id AND COALESCE(x.street_address, x.city, '') <> ''
    ORDER BY CAST(x.id AS INTEGER)))"""
TIES = """(SELECT group_concat(text, char(10)) FROM (
    SELECT t.label_a_b || ' ' || c.display_name || CASE WHEN r.is_active = '0' THEN ' (before)' ELSE '' END AS text
    FROM civicrm_relationship r JOIN civicrm_relationship_type t ON t.id = r.relationship_type_id
    JOIN civicrm_contact c ON c.id = r.contact_id_b WHERE r.contact_id_a = a.id AND c.is_deleted IS NOT '1'
    UNION SELECT t.label_b_a || ' ' || c.display_name || CASE WHEN r.is_active = '0' THEN ' (before)' ELSE '' END
    FROM civicrm_relationship r JOIN civicrm_relationship_type t ON t.id = r.relationship_type_id
    JOIN civicrm_contact c ON c.id = r.contact_id_a WHERE r.contact_id_b = a.id AND c.is_deleted IS NOT '1'))"""
WEBSITE = (
    "(SELECT w.url FROM civicrm_website w WHERE w.contact_id = a.id ORDER BY CAST(w.id AS INTEGER) LIMIT 1)"
)
TAGS = joined("""SELECT t.name AS found FROM civicrm_entity_tag l JOIN civicrm_tag t ON t.id = l.tag_id
    WHERE l.entity_id = a.id AND l.entity_table = 'civicrm_contact'""")
GROUPS = joined("""SELECT g.title AS found FROM civicrm_group_contact l JOIN civicrm_group g ON g.id = l.group_id
    WHERE l.contact_id = a.id AND l.status = 'Added'""")


def place(alias: str) -> str:
    parts = ("street_address", "supplemental_address_1", "supplemental_address_2")
    street = " || char(10) || ".join(f"COALESCE({alias}.{part}, '')" for part in parts)
    return address(
        f"trim({street}, char(10))",
        f"{alias}.postal_code",
        f"{alias}.city",
        f"(SELECT n.name FROM civicrm_state_province n WHERE n.id = {alias}.state_province_id)",
        f"(SELECT n.iso_code FROM civicrm_country n WHERE n.id = {alias}.country_id)",
    )


def user(key: str) -> str:
    """Who signs in: known by the number of their contact."""
    return ref("civicrm_uf_match", key)


def stamp(column: str) -> str:
    """A column of type timestamp is in UTC; all others are those of the site's clock."""
    return f"CASE WHEN {column} <> '' THEN substr({column}, 1, 19) || '+00:00' END"
