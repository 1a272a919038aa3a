"""Fields that an administrator added in SuiteCRM: described in one table, held in tables that end in _cstm."""

from collections.abc import Iterator, Sequence

from aperto.kernel.shape.check import key_from
from aperto.transfer.moving.mapping import OwnField
from aperto.transfer.sources.spool import Spool, quoted

KINDS = {"varchar": "text", "text": "long_text", "int": "integer", "float": "decimal", "decimal": "decimal",
         "currency": "decimal", "bool": "boolean", "date": "date", "datetime": "datetime",
         "datetimecombo": "datetime", "enum": "select", "radioenum": "select", "dynamicenum": "select",
         "multienum": "multi_select", "url": "url", "phone": "text", "encrypt": ""}  # fmt: skip
OBJECTS = {"Accounts": ("accounts", "company"), "Contacts": ("contacts", "contact"), "Leads": ("leads", "lead"),
           "Opportunities": ("opportunities", "deal"), "Cases": ("cases", "case"), "Calls": ("calls", "call"),
           "Meetings": ("meetings", "meeting"), "Tasks": ("tasks", "task"),
           "Bugs": ("bugs", "bug"), "Project": ("project", "project")}  # fmt: skip
FIELDS = (
    "SELECT d.custom_module, d.name, d.type, d.help FROM fields_meta_data d WHERE d.deleted = 0 ORDER BY d.id"
)
SPLIT = """'["' || replace(trim({0}, '^'), '^,^', '","') || '"]'"""


def own_fields(spool: Spool) -> Sequence[OwnField]:
    return list(_fields(spool))


def _fields(spool: Spool) -> Iterator[OwnField]:
    for module, name, kind, _help in list(spool.select(FIELDS)):
        table, object_key = OBJECTS.get(module or "", ("", ""))
        here = KINDS.get(kind or "", "text")
        column = f"c.{quoted(name or '')}"
        if not table or not here or not _has_values(spool, table, name or ""):
            continue
        of = SPLIT.format(column) if here == "multi_select" else column
        of = f"CASE WHEN {column} <> '' THEN {of} END"
        label = (name or "").removesuffix("_c").replace("_", " ").capitalize()
        yield OwnField(table, object_key, key_from((name or "").removesuffix("_c")), label, here, of)


def _has_values(spool: Spool, table: str, name: str) -> bool:
    held = spool.tables.get(f"{table}_cstm")
    if held is None or name not in held.columns:
        return False
    column = quoted(name)
    return bool(spool.number(f"SELECT EXISTS (SELECT 1 FROM {quoted(held.name)} WHERE {column} <> '')"))
