"""Schemas of the document: of each object, and of the answers that are alike for all."""

from typing import Any

from aperto.kernel.fields.base import Field
from aperto.kernel.objects import one_of
from aperto.kernel.objects.declaration import ObjectType

type Schema = dict[str, Any]
KEY: Schema = {"type": "string", "format": "uuid"}


def name_of(declaration: ObjectType) -> str:
    return "".join(word.title() for word in declaration.key.split("_"))


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def field_schema(field: Field, *, answer: bool) -> Schema:
    """The field's schema; what is empty comes as null, and null empties a field that may be empty."""
    schema = dict(field.schema())
    shown = schema if field.required and not answer else maybe(schema)
    shown = dict(shown) | {"title": str(field.label)}
    if field.help:
        shown["description"] = str(field.help)
    return shown


def record(declaration: ObjectType) -> Schema:
    properties = {key: field_schema(field, answer=True) for key, field in declaration.fields.items()}
    return {"type": "object", "required": ["id"], "properties": {"id": KEY} | properties}


def write(declaration: ObjectType, *, new: bool) -> Schema:
    """The body of a write: writable fields alone."""
    fields = declaration.writable
    schema: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {key: field_schema(field, answer=False) for key, field in fields.items()},
    }
    needed = [key for key, field in fields.items() if field.required and field.default is None]
    if new and needed:
        schema["required"] = needed
    if new and declaration.one_of:
        choice = {key: fields[key].schema() for key in declaration.one_of if key in fields}
        schema["anyOf"] = [{"required": [key], "properties": {key: each}} for key, each in choice.items()]
        schema["description"] = one_of.sentence(declaration)
    return schema | {"example": example(declaration)}


def example(declaration: ObjectType) -> dict[str, Any]:
    """Believable values of the fields that quick create asks for; references are left out."""
    values: dict[str, Any] = {}
    fields = declaration.writable
    for key in declaration.quick:
        field = fields.get(key)
        if field is None or hasattr(field, "to") or field.kind in {"user", "file", "image", "stage"}:
            continue
        values[key] = field.to_json(field.sample(1))
    return values


def unique_keys(declaration: ObjectType) -> list[str]:
    """Fields by which records can be recognised from outside."""
    return [field.key for field in declaration.writable.values() if field.unique]


def upsert(declaration: ObjectType) -> Schema:
    keys = unique_keys(declaration)
    row = {"type": "object"}
    schema: Schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["match", "records"],
        "properties": {
            "match": {"type": "string", "enum": keys},
            "records": {"type": "array", "items": row, "minItems": 1, "maxItems": 500},
        },
    }
    return schema | {"example": {"match": keys[0], "records": [example(declaration) | {keys[0]: "A-1"}]}}


def objects_of(declaration: ObjectType) -> dict[str, Schema]:
    name = name_of(declaration)
    more = {f"{name}Upsert": upsert(declaration)} if unique_keys(declaration) else {}
    return more | {
        name: record(declaration),
        f"{name}Write": write(declaration, new=True),
        f"{name}Patch": write(declaration, new=False),
        f"{name}List": {
            "type": "object",
            "required": ["data", "next"],
            "properties": {
                "data": {"type": "array", "items": ref(name)},
                "next": maybe({"type": "string"}),
                "count": ref("Count"),
                "included": {"type": "object", "additionalProperties": ref("Included")},
            },
        },
    }


def listed(item: str, **more: Schema) -> Schema:
    properties = {"data": {"type": "array", "items": ref(item)}} | more
    return {"type": "object", "required": list(properties), "properties": properties}


def shape(always: str, /, **properties: Schema) -> Schema:
    """An object with these properties, of which `always` names those that are always there."""
    return {"type": "object", "required": always.split(), "properties": properties}


TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
FLAG: Schema = {"type": "boolean"}
FREE: Schema = {"type": "object"}

MOMENT: Schema = {"type": "string", "format": "date-time"}
GRANTEE: Schema = {"type": "string", "enum": ["user", "team", "role"]}
SHARING = shape("kind id", kind=GRANTEE, id=KEY, edit=FLAG, expires_at=maybe(MOMENT)) | {
    "additionalProperties": False
}

CHANGE = shape(
    "id object record verb at by via version changes",
    id=KEY, object=TEXT, record=KEY, verb=TEXT, at={"type": "string", "format": "date-time"},
    by=shape("id name", id=maybe(KEY), name=TEXT), via=TEXT, version=WHOLE, batch=maybe(KEY),
    changes={"type": "object", "additionalProperties": FREE},
)  # fmt: skip

SHARED: dict[str, Schema] = {
    "Problem": shape(
        "type title status",
        type=TEXT, title=TEXT, status=WHOLE, detail=TEXT,
        errors={"type": "object", "additionalProperties": {"type": "array", "items": TEXT}},
    ),
    "Count": shape("number exact", number=WHOLE, exact=FLAG),
    "Group": shape(
        "value label totals",
        value={"type": ["string", "boolean", "null"]}, label=TEXT, count=WHOLE,
        totals={"type": "object", "additionalProperties": {"type": ["string", "number", "null"]}},
    ),
    "Groups": listed("Group", next=maybe(WHOLE)),
    "Included": shape("object title", object=TEXT, title=TEXT),
    "Change": CHANGE,
    "Changes": listed("Change", next=maybe(KEY)),
    "FeedChange": {"allOf": [ref("Change"), shape("position", position=WHOLE)]},
    "Feed": listed("FeedChange", next=WHOLE),
    "Undone": shape("change record", change=KEY, record=KEY),
    "Hit": shape(
        "object id title subtitle matches",
        object=TEXT, id=KEY, title=TEXT, subtitle=TEXT,
        matches={"type": "array", "items": {"type": "array", "items": WHOLE}},
    ),
    "Hits": listed("Hit"),
    "Me": shape(
        "id name language zone currency scopes",
        id=KEY, name=TEXT, language=TEXT, zone=TEXT, currency=TEXT, scopes={"type": "array", "items": TEXT},
    ),
    "ObjectField": shape(
        "key label kind required unique readonly operators sortable schema",
        key=TEXT, label=TEXT, kind=TEXT, required=FLAG, unique=FLAG, readonly=FLAG,
        operators={"type": "array", "items": TEXT}, sortable=FLAG, schema=FREE,
    ),
    "Step": shape("id name pipeline kind", id=KEY, name=TEXT, pipeline=TEXT, kind=TEXT),
    "Object": shape(
        "key label plural rights one_of fields stages",
        key=TEXT, label=TEXT, plural=TEXT, rights={"type": "object", "additionalProperties": TEXT},
        one_of={"type": "array", "items": TEXT} | {"description": "Fields of which one at least is needed."},
        fields={"type": "array", "items": ref("ObjectField")},
        stages={"type": "array", "items": ref("Step")},
    ),
    "Objects": listed("Object"),
    "Answers": FREE | {"description": "Answers to the questions of the verb, by key."},
    "Result": shape("object record message", object=TEXT, record=KEY, message=TEXT, batch=maybe(KEY)),
    "UpsertOutcome": shape("outcome", outcome=TEXT, id=KEY, version=WHOLE, errors=FREE),
    "Upserted": listed("UpsertOutcome", counts=FREE, batch=KEY),
    "Sharing": SHARING,
    "Share": shape(
        "kind id name edit expires_at",
        kind=GRANTEE, id=KEY, name=TEXT, edit=FLAG, expires_at=maybe(MOMENT),
    ),
    "Shares": listed("Share", private=FLAG),
    "Privacy": shape("private", private=FLAG) | {"additionalProperties": False},
    "Reason": shape(
        "kind name scope team conditional condition expires_at",
        kind={"type": "string", "enum": ["role", "rule", "share", "configuration", "system"]},
        name=TEXT, scope=TEXT, team=TEXT, conditional=FLAG, condition=maybe(TEXT), expires_at=maybe(MOMENT),
    ),
    "Sight": shape(
        "id name read edit why_read why_edit",
        id=KEY, name=TEXT, read=FLAG, edit=FLAG,
        why_read={"type": "array", "items": ref("Reason")},
        why_edit={"type": "array", "items": ref("Reason")},
    ),
    "Who": listed("Sight", next=maybe(KEY)),
    "ImportRun": shape(
        "id object name state rows mapping counts refused trial",
        id=KEY, object=TEXT, name=TEXT, state=TEXT, rows=WHOLE, mapping=FREE, counts=FREE,
        refused={"type": "array", "items": FREE}, trial=FREE,
    ),
    "ExportRun": shape(
        "id object format state rows size",
        id=KEY, object=TEXT, format=TEXT, state=TEXT, rows=WHOLE, size=WHOLE,
    ),
    "StoredFile": shape(
        "id name size content_type", id=KEY, name=TEXT, size=WHOLE, content_type=TEXT,
    ),
}  # fmt: skip
