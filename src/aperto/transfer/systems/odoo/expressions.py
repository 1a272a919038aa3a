"""What all of Odoo's tables have: texts in several languages, partners that are companies or people, and records
that are named by a model and a number."""

from aperto.transfer.moving.expressions import address, joined, ref

LANGUAGE = """(SELECT h.lang FROM res_company o JOIN res_partner h ON h.id = o.partner_id
               ORDER BY CAST(o.id AS INTEGER) LIMIT 1)"""
ABOUT_MODELS = "('crm.lead', 'res.partner', 'sale.order', 'account.move')"


def said(column: str) -> str:
    """A text in the language of the firm; from version 16 on such a column holds one for each language."""
    return (
        f"CASE WHEN {column} LIKE '{{%' AND json_valid({column}) THEN (SELECT value FROM json_each({column}) "
        f"ORDER BY key = COALESCE({LANGUAGE}, 'en_US') DESC, key = 'en_US' DESC LIMIT 1) ELSE {column} END"
    )


def english(column: str) -> str:
    """The same in English, which the words of a mapping are in."""
    return (
        f"CASE WHEN {column} LIKE '{{%' AND json_valid({column}) THEN COALESCE(json_extract({column}, '$.en_US'), "
        f"(SELECT value FROM json_each({column}) LIMIT 1)) ELSE {column} END"
    )


def name_of(table: str, key: str, in_english: bool = False) -> str:
    """What a row of another table is called."""
    name = english("n.name") if in_english else said("n.name")
    return f"(SELECT {name} FROM {table} n WHERE n.id = {key})"


def names_through(link: str, mine: str, other: str, table: str) -> str:
    """The names of all rows that a table of pairs ties to this one."""
    return joined(
        f"SELECT {said('n.name')} AS found FROM {link} l JOIN {table} n ON n.id = l.{other} WHERE l.{mine} = a.id"
    )


def first_name(column: str) -> str:
    """All but the last word: there a person has one name, in one piece."""
    return f"trim({_all_but_last(column)})"


def last_name(column: str) -> str:
    return f"substr(trim({column}), length({_all_but_last(column)}) + 1)"


def _all_but_last(column: str) -> str:
    return f"rtrim(trim({column}), replace(trim({column}), ' ', ''))"


def currency(alias: str = "a") -> str:
    """That of the firm among several to which the row belongs."""
    found = "SELECT y.name FROM res_company o JOIN res_currency y ON y.id = o.currency_id"
    return f"COALESCE(({found} WHERE o.id = {alias}.company_id), ({found} ORDER BY CAST(o.id AS INTEGER) LIMIT 1))"


def place(alias: str) -> str:
    street = (
        f"trim(COALESCE({alias}.street, '') || char(10) || COALESCE({alias}.street2, ''), char(10) || ' ')"
    )
    region = f"(SELECT n.name FROM res_country_state n WHERE n.id = {alias}.state_id)"
    country = f"(SELECT n.code FROM res_country n WHERE n.id = {alias}.country_id)"
    return address(street, f"{alias}.zip", f"{alias}.city", region, country)


def company_of(alias: str) -> str:
    """The company that a partner is or belongs to; what a person belongs to otherwise is no company."""
    mine = f"CASE WHEN {alias}.is_company = 't' THEN {alias}.id ELSE {alias}.commercial_partner_id END"
    return ref("res_partner", mine)


def about(model: str, key: str, *more: str) -> str:
    """The lead or partner of this model and number; of an order or invoice, whose it is."""
    return joined(
        f"SELECT CASE {model} WHEN 'crm.lead' THEN 'crm_lead:' WHEN 'res.partner' THEN 'res_partner:' END || {key} "
        "AS found",
        f"SELECT 'res_partner:' || so.partner_id FROM sale_order so WHERE {model} = 'sale.order' AND so.id = {key}",
        f"SELECT 'crm_lead:' || so.opportunity_id FROM sale_order so WHERE {model} = 'sale.order' AND so.id = {key}",
        f"SELECT 'res_partner:' || mv.partner_id FROM account_move mv WHERE {model} = 'account.move' AND mv.id = {key}",
        *more,
    )
