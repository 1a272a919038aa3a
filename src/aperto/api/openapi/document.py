"""Puts the document together: a path for each operation, and for each object where it speaks of one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from aperto.api.openapi.schemas import SHARED, Schema, name_of, objects_of, ref, unique_keys
from aperto.api.operation import Operation, Parameter
from aperto.api.operations import OPERATIONS
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.field_rights import for_actor
from aperto.kernel.objects import actions
from aperto.kernel.objects.declaration import ObjectType
from aperto.transfer.writers.table import WRITERS

# Names of answers and bodies: of the object ("{}") or shared.
SCHEMAS = {
    "record": "{}", "list": "{}List", "write": "{}Write", "patch": "{}Patch", "changes": "Changes",
    "feed": "Feed", "undone": "Undone", "hits": "Hits", "me": "Me", "objects": "Objects", "object": "Object",
    "groups": "Groups",
    "result": "Result", "answers": "Answers", "upsert": "{}Upsert", "upserted": "Upserted",
    "file": "StoredFile", "shares": "Shares", "share": "Share", "sharing": "Sharing", "privacy": "Privacy",
    "who": "Who", "why": "Sight", "import_run": "ImportRun", "export_run": "ExportRun",
}  # fmt: skip
IN_PATH = {
    "id": "The key of the record.",
    "grantee": "The key of the person, team or role.",
    "user": "The key of the person.",
}
REFUSALS = {
    400: "A parameter or the body cannot be read.",
    401: "No valid token.",
    403: "Your rights do not reach this.",
    404: "There is no such record, or you may not see it.",
    409: "A newer change would be lost.",
    412: "Somebody else wrote first.",
    413: "The body is too large.",
    415: "Send application/json.",
    422: "Not accepted; errors name each field.",
    429: "The token's minute is used up.",
}


def make(version: str, actor: Actor, objects: Iterable[ObjectType]) -> dict[str, Any]:
    """The whole document of these objects, without the fields that are hidden from the actor; rights are
    told by /objects."""
    schemas = dict(SHARED)
    declared = [for_actor(actor, declaration) for declaration in objects]
    for declaration in declared:
        schemas |= objects_of(declaration)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Aperto API",
            "version": version,
            "description": "Everything that a person can do with records, for programs.",
            "license": {"name": "MPL-2.0", "identifier": "MPL-2.0"},
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": _paths(declared),
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _paths(declared: Sequence[ObjectType]) -> dict[str, dict[str, Any]]:
    paths: dict[str, dict[str, Any]] = defaultdict(dict)
    for operation in OPERATIONS:
        targets: list[ObjectType | None] = list(declared) if operation.per_object else [None]
        for declaration in targets:
            if operation.key == "upsert" and declaration and not unique_keys(declaration):
                continue
            for address, verb in _addresses(operation, declaration):
                paths[address][operation.method.lower()] = _entry(operation, declaration, verb)
    return dict(paths)


def _addresses(operation: Operation, declaration: ObjectType | None) -> list[tuple[str, str]]:
    if declaration is None:
        return [(operation.address, "")]
    address = operation.address.replace("{object}", declaration.key)
    if "{action}" not in address:
        return [(address, "")]
    names = [action.key for action in actions.of_object(declaration.key)]
    return [(address.replace("{action}", name), name) for name in names]


def _entry(operation: Operation, declaration: ObjectType | None, verb: str) -> dict[str, Any]:
    name = name_of(declaration) if declaration else ""
    summary = str(operation.summary) if not verb else str(actions.get(verb).label)
    entry: dict[str, Any] = {
        "operationId": "_".join(
            part for part in (operation.key, declaration.key if declaration else "", verb) if part
        ),
        "summary": summary,
        "tags": [str(declaration.plural) if declaration else operation.tag],
        "parameters": [_parameter(each) for each in (*_in_path(operation), *operation.parameters)],
        "responses": _responses(operation, name),
    }
    if operation.body:
        entry["requestBody"] = _body(operation, name)
    return entry


def _in_path(operation: Operation) -> list[Parameter]:
    """The keys in the address; which object and which verb it is are written out in it."""
    schema = {"type": "string", "format": "uuid"}
    return [
        Parameter(name, words, schema, "path", required=True)
        for name, words in IN_PATH.items()
        if f"{{{name}}}" in operation.address
    ]


def _parameter(each: Parameter) -> dict[str, Any]:
    return {
        "name": each.name,
        "in": each.where,
        "description": str(each.description),
        "required": each.required,
        "schema": each.schema,
    }


def _body(operation: Operation, name: str) -> dict[str, Any]:
    if operation.body == "upload":
        part: Schema = {"type": "object", "required": ["file"], "properties": {"file": {"type": "string"}}}
        return {"required": True, "content": {"multipart/form-data": {"schema": part}}}
    schema = ref(SCHEMAS[operation.body].format(name))
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _responses(operation: Operation, name: str) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": str(operation.summary)}
    if operation.answer == "content":
        answer["content"] = {"application/octet-stream": {}}
    elif operation.answer == "table":
        answer["content"] = {each.content_type.partition(";")[0]: {} for each in WRITERS.values()}
    elif operation.answer != "nothing":
        answer["content"] = {"application/json": {"schema": ref(SCHEMAS[operation.answer].format(name))}}
    responses = {str(operation.status): answer}
    for status in operation.refusals:
        content = {"application/problem+json": {"schema": ref("Problem")}}
        responses[str(status)] = {"description": REFUSALS[status], "content": content}
    return responses
