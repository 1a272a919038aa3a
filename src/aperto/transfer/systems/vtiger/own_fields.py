"""Fields that an administrator added in Vtiger: columns cf_<number>, described in vtiger_field."""

from collections.abc import Iterator, Sequence

from aperto.kernel.shape.check import key_from
from aperto.transfer.moving.mapping import OwnField
from aperto.transfer.sources.spool import Spool, quoted

KINDS = {"7": "decimal", "9": "decimal", "71": "decimal", "72": "decimal", "5": "date", "23": "date",
         "15": "select", "16": "select", "33": "multi_select", "56": "boolean", "19": "long_text",
         "20": "long_text", "21": "long_text", "24": "long_text"}  # fmt: skip
OBJECTS = {"vtiger_accountscf": ("vtiger_account", "company"), "vtiger_contactscf": ("vtiger_contactdetails", "contact"),
           "vtiger_leadscf": ("vtiger_leaddetails", "lead"), "vtiger_potentialscf": ("vtiger_potential", "deal"),
           "vtiger_ticketcf": ("vtiger_troubletickets", "case"), "vtiger_productcf": ("vtiger_products", "product")}  # fmt: skip
FIELDS = """SELECT d.tablename, d.columnname, d.fieldlabel, d.uitype FROM vtiger_field d
            WHERE d.columnname LIKE 'cf\\_%' ESCAPE '\\' ORDER BY CAST(d.fieldid AS INTEGER)"""
SPLIT = """'["' || replace({0}, ' |##| ', '","') || '"]'"""


def own_fields(spool: Spool) -> Sequence[OwnField]:
    return list(_fields(spool))


def _fields(spool: Spool) -> Iterator[OwnField]:
    for held, column, label, kind in list(spool.select(FIELDS)):
        table, object_key = OBJECTS.get(held or "", ("", ""))
        if not table or not column or column not in spool.tables[held or ""].columns:
            continue
        if not spool.number(f"SELECT EXISTS (SELECT 1 FROM {held} WHERE {quoted(column)} <> '')"):
            continue
        here = KINDS.get(kind or "", "text")
        value = f"cf.{quoted(column)}"
        of = SPLIT.format(value) if here == "multi_select" else value
        yield OwnField(
            table,
            object_key,
            key_from(label or column),
            label or column,
            here,
            f"CASE WHEN {value} <> '' THEN {of} END",
        )
