"""What there is: the caller, the objects and their fields."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as lazy

from aperto.api.http import Call, respond
from aperto.api.operation import Operation
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.pipelines import stages
from aperto.kernel.query.readable import readable


def read_me(call: Call) -> HttpResponse:
    viewer = call.actor.viewer
    return respond(
        {
            "id": str(call.actor.user_id),
            "name": call.actor.name,
            "language": viewer.language,
            "zone": viewer.zone_name,
            "currency": viewer.currency,
            "scopes": sorted(call.actor.narrowed or ()),
        }
    )


def list_objects(call: Call) -> HttpResponse:
    shown = [each for each in registry if call.actor.may(each, Verb.READ)]
    return respond({"data": [object_json(call.actor, each) for each in shown]})


def read_object(call: Call) -> HttpResponse:
    return respond(object_json(call.actor, call.object))


def object_json(actor: Actor, declaration: ObjectType) -> dict[str, Any]:
    steps = stages.offered(actor, declaration.key) if declaration.path else []
    return {
        "key": declaration.key,
        "label": str(declaration.label),
        "plural": str(declaration.plural),
        "rights": {str(verb): str(actor.scope(declaration, verb)) for verb in Verb},
        "one_of": list(declaration.one_of),
        "fields": [
            {
                "key": field.key,
                "label": str(field.label),
                "kind": field.kind,
                "required": field.required,
                "unique": field.unique,
                "readonly": field.readonly,
                "operators": list(field.operators),
                "sortable": field.sort_suffix is not None,
                "schema": field.schema(),
            }
            for field in readable(actor, declaration).values()
        ],
        "stages": [
            {"id": str(step.id), "name": step.name, "pipeline": step.pipeline_name, "kind": step.kind}
            for step in steps
        ],
    }


OPERATIONS = (
    Operation("me", "GET", "/me", read_me, lazy("Who am I"), None, "me", tag="metadata", refusals=(401, 429)),
    Operation("objects", "GET", "/objects", list_objects, lazy("List objects and their fields"), None,
              "objects", tag="metadata", refusals=(401, 429)),
    Operation("object", "GET", "/objects/{object}", read_object, lazy("Read one object's fields"), Verb.READ,
              "object", tag="metadata", refusals=(401, 403, 404, 429)),
)  # fmt: skip
