"""Fields of a site's own on contacts (each set has its own table), with tags, groups and kinds of contacts."""

from collections.abc import Iterator, Sequence

from aperto.kernel.shape.check import key_from
from aperto.transfer.moving.mapping import OwnField
from aperto.transfer.sources.spool import Spool, quoted
from aperto.transfer.systems.civicrm.expressions import GROUPS, SEPARATOR, TAGS

KINDS = {"String": "text", "Int": "integer", "Float": "decimal", "Money": "decimal", "Memo": "long_text",
         "Date": "date", "Boolean": "boolean", "Link": "url"}  # fmt: skip
EXTENDS = {"Individual": ("contact",), "Organization": ("company",), "Household": ("company",),
           "Contact": ("contact", "company")}  # fmt: skip
FIELDS = """SELECT g.extends, g.table_name, f.column_name, f.label, f.data_type, f.option_group_id
            FROM civicrm_custom_field f JOIN civicrm_custom_group g ON g.id = f.custom_group_id
            WHERE COALESCE(g.is_multiple, '0') = '0' ORDER BY CAST(f.id AS INTEGER)"""
OPTIONS = """SELECT o.value, o.label FROM civicrm_option_value o WHERE o.option_group_id = ?
             ORDER BY CAST(o.weight AS INTEGER)"""
KIND = """COALESCE(NULLIF(replace(trim(a.contact_sub_type, char(1)), char(1), ', '), ''),
          CASE WHEN a.contact_type <> 'Individual' THEN a.contact_type END)"""
LISTS = (("tags", "Tags", TAGS, "civicrm_entity_tag"), ("groups", "Groups", GROUPS, "civicrm_group_contact"))


def own_fields(spool: Spool) -> Sequence[OwnField]:
    return [*_lists(spool), *_fields(spool)]


def _lists(spool: Spool) -> Iterator[OwnField]:
    for object_key in ("company", "contact"):
        yield OwnField("civicrm_contact", object_key, "kind_of_contact", "Kind of contact", "select", KIND)
        for key, label, of, link in LISTS:
            if spool.count(link):
                yield OwnField("civicrm_contact", object_key, key, label, "multi_select", of)


def _fields(spool: Spool) -> Iterator[OwnField]:
    for extends, table, column, label, kind, group in list(spool.select(FIELDS)):
        here = KINDS.get(kind or "", "")
        if not here or not _has_values(spool, table or "", column or ""):
            continue
        of = f"(SELECT v.{quoted(column or '')} FROM {quoted(table or '')} v WHERE v.entity_id = a.id)"
        options = [(raw or "", label or "") for raw, label in spool.select(OPTIONS, group)] if group else []
        if options:
            here = "multi_select" if _several(spool, table or "", column or "") else "select"
        if here == "multi_select":
            of = f"""'["' || replace(trim({of}, {SEPARATOR}), {SEPARATOR}, '","') || '"]'"""
        for object_key in EXTENDS.get(extends or "", ()):
            key = key_from(label or column or "")
            yield OwnField("civicrm_contact", object_key, key, label or key, here, of, options)


def _has_values(spool: Spool, table: str, column: str) -> bool:
    held = spool.tables.get(table)
    if held is None or column not in held.columns:
        return False
    return bool(spool.number(f"SELECT EXISTS (SELECT 1 FROM {quoted(table)} WHERE {quoted(column)} <> '')"))


def _several(spool: Spool, table: str, column: str) -> bool:
    several = f"instr({quoted(column)}, {SEPARATOR}) > 0"
    return bool(spool.number(f"SELECT EXISTS (SELECT 1 FROM {quoted(table)} WHERE {several})"))
