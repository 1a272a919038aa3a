"""Whether files may be dropped on the rows and cards of an object: `<div{% drop_rows declaration %}>`."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aperto.kernel.access.scopes import Verb
from aperto.kernel.fields.file import File
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry

register = template.Library()


@register.simple_tag(takes_context=True)
def drop_rows(context: template.Context, declaration: ObjectType) -> SafeString | str:
    request: Any = context.get("request")
    if request is None:
        return ""
    targets = (registry.get(each.object) for each in declaration.related if each.object in registry)
    for target in targets:
        takes = any(isinstance(field, File) for field in target.fields.values())
        if takes and request.actor.may(target, Verb.CREATE):
            return format_html(' data-drop-rows="/{}"', declaration.key)
    return ""
