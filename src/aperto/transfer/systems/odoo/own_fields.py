"""Fields that somebody added in Odoo (x_…, x_studio_…), and the tags of partners and leads."""

from collections.abc import Iterator, Sequence

from aperto.kernel.shape.check import key_from
from aperto.transfer.moving.expressions import money
from aperto.transfer.moving.mapping import OwnField
from aperto.transfer.sources.spool import Spool, quoted
from aperto.transfer.systems.odoo.expressions import currency, names_through, said

KINDS = {"char": "text", "text": "long_text", "html": "long_text", "integer": "integer", "float": "decimal",
         "monetary": "money", "boolean": "boolean", "date": "date", "datetime": "datetime", "selection": "select",
         "many2one": "text"}  # fmt: skip
OBJECTS = {"res.partner": ("res_partner", ("company", "contact")), "crm.lead": ("crm_lead", ("deal", "lead")),
           "calendar.event": ("calendar_event", ("meeting",)), "product.template": ("product_template", ("product",)),
           "sale.order": ("sale_order", ("sales_order",))}  # fmt: skip
FIELDS = f"""SELECT f.id, f.model, f.name, {said("f.field_description")}, f.ttype, f.relation FROM ir_model_fields f
             WHERE f.state = 'manual' AND COALESCE(f.store, 't') = 't' ORDER BY CAST(f.id AS INTEGER)"""
OPTIONS = f"""SELECT s.value, {said("s.name")} FROM ir_model_fields_selection s WHERE s.field_id = ?
              ORDER BY CAST(s.sequence AS INTEGER)"""
TAGS = {
    "res_partner": names_through(
        "res_partner_res_partner_category_rel", "partner_id", "category_id", "res_partner_category"
    ),
    "crm_lead": names_through("crm_tag_rel", "lead_id", "tag_id", "crm_tag"),
}
LINKS = {"res_partner": "res_partner_res_partner_category_rel", "crm_lead": "crm_tag_rel"}


def own_fields(spool: Spool) -> Sequence[OwnField]:
    return [*_tags(spool), *_fields(spool)]


def _tags(spool: Spool) -> Iterator[OwnField]:
    for table, object_keys in OBJECTS.values():
        if table in TAGS and spool.count(LINKS[table]):
            for object_key in object_keys:
                yield OwnField(table, object_key, "tags", "Tags", "multi_select", TAGS[table])


def _fields(spool: Spool) -> Iterator[OwnField]:
    for number, model, name, label, kind, relation in list(spool.select(FIELDS)):
        table, object_keys = OBJECTS.get(model or "", ("", ()))
        here = KINDS.get(kind or "", "")
        if not here or not _has_values(spool, table, name or ""):
            continue
        key = key_from((name or "").removeprefix("x_").removeprefix("studio_"))
        of = _value(f"a.{quoted(name or '')}", kind or "", relation or "")
        options = [(raw or "", said_ or raw or "") for raw, said_ in spool.select(OPTIONS, number)]
        for object_key in object_keys:
            yield OwnField(
                table, object_key, key, label or key, here, of, options if here == "select" else ()
            )


def _value(column: str, kind: str, relation: str) -> str:
    """What it points at comes as its name; the record itself need not come along."""
    if kind == "many2one":
        named = quoted(relation.replace(".", "_"))
        return f"(SELECT {said('n.name')} FROM {named} n WHERE n.id = {column})"
    if kind == "monetary":
        return money(column, currency())
    return said(column) if kind in ("char", "text", "html") else column


def _has_values(spool: Spool, table: str, name: str) -> bool:
    held = spool.tables.get(table)
    if held is None or name not in held.columns:
        return False
    column = quoted(name)
    return bool(
        spool.number(f"SELECT EXISTS (SELECT 1 FROM {quoted(table)} WHERE {column} NOT IN ('', 'f'))")
    )
