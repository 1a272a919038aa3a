"""What a definition must fulfil before it is stored."""

import re
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aperto.kernel.access.conditions import parsed, problem
from aperto.kernel.changes.draft import Work
from aperto.kernel.changes.titles import keys_of
from aperto.kernel.errors import FieldError, Message
from aperto.kernel.fields import Field
from aperto.kernel.fields.base import KEY
from aperto.kernel.folding import fold
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.ast import conditions
from aperto.kernel.shape import held
from aperto.kernel.shape.build import FieldDefinition, adapt, make, may_hide
from aperto.kernel.shape.custom_object import ObjectDefinition, declare

# First words of addresses: an object of such a name could not be reached.
RESERVED = frozenset(
    {
        "account",
        "accounts",
        "admin",
        "api",
        "batch",
        "bin",
        "board",
        "calendar",
        "change",
        "changes",
        "export",
        "file",
    }
    | {"configuration"}
    | {"files", "first-run", "health", "help", "home", "import", "imports", "job", "jobs", "link", "media"}
    | {
        "metadata",
        "organisation",
        "pick",
        "pins",
        "profile",
        "role",
        "search",
        "settings",
        "static",
        "stored_file",
        "tasks",
        "undo",
        "user",
    }
    | {"users", "view", "views"}
)
LONGEST_KEY = 40
CHANGING_KIND = "kind"  # the door that takes the values along
CONDITIONS = ("shown_when", "required_when", "readonly_when")


def check_field(work: Work) -> None:
    object_key = work.value("of_object")
    if object_key not in registry:
        work.refuse("of_object", _("There is no object of this name."))
        return
    if not _settle_key(work, "custom_field", of_object=object_key) or work.errors:
        return
    _stay(work, ("of_object", "key"))
    _check_place(work)
    _check_conditions(work, registry.get(object_key))
    declared = registry.get(object_key)
    present = declared.fields.get(work.value("key"))
    try:
        definition = field_definition(work)
        if present is None or present.custom:
            _check_made(make(definition), registry.get(object_key), definition.key)
        elif type(present).kind != definition.kind:
            work.refuse("kind", _("A field that came with the product keeps its kind."))
        elif definition.hidden and not may_hide(registry.get(object_key), definition.key):
            work.refuse("hidden", _("The product needs this field."))
        else:
            adapt(present, definition)
    except FieldError as error:
        work.refuse("settings", error.message)
    except (TypeError, ValueError):
        work.refuse("settings", _("These settings do not fit the kind of field."))


def _check_made(field: Field, declaration: ObjectType, key: str) -> None:
    """It fits the object as it would be with it; FieldError says what does not."""
    field.adopt(declaration.model, key)
    field.check(declaration.reshaped(added={**declaration.added, key: field}))


def _check_conditions(work: Work, declaration: ObjectType) -> None:
    """Each is a filter on fields of the record itself; links are another table, where nothing stands yet."""
    for when in CONDITIONS:
        text = work.value(when)
        if not text or not work.changes(when):
            continue
        if wrong := _wrong(work, declaration, text):
            work.refuse(when, wrong)
    settings = work.value("settings")
    options = settings.get("options") if isinstance(settings, dict) else None
    for each in options if isinstance(options, list) and work.changes("settings") else ():
        offered = each.get("when") if isinstance(each, dict) else None
        if isinstance(offered, str) and offered and (wrong := _wrong(work, declaration, offered)):
            work.refuse("settings", f"{each.get('key')}: {wrong}")


def _wrong(work: Work, declaration: ObjectType, text: str) -> Message:
    wrong = problem(work.occasion.actor, declaration, text)
    item = None if wrong else parsed(text)
    asked = [each.path[0] for each in conditions(item)] if item else []
    linked = [key for key in asked if declaration.fields[key].stored_elsewhere]
    words = _("A condition cannot look at links: “%(field)s”.")
    return wrong or (words % {"field": linked[0]} if linked else "")


def check_object(work: Work) -> None:
    if not _settle_key(work, "custom_object") or work.errors:
        return
    key = work.value("key")
    if key in RESERVED and key not in registry.declared:
        work.refuse("key", _("This key is taken by the product."))
        return
    _stay(work, ("key", "ends"))
    if not _check_ends(work):
        return
    if not work.value("plural"):
        work.put("plural", work.value("name"))
    try:
        made = declare(definition_of(work, ObjectDefinition))
    except FieldError as error:
        work.refuse("labels", error.message)
        return
    present = registry.get(key) if key in registry else made
    unknown = [each for each in keys_of(made.title) if each not in present.fields and each not in made.fields]
    if unknown:
        work.refuse("title_pattern", _("There is no field “%(key)s”.") % {"key": unknown[0]})


def _check_ends(work: Work) -> bool:
    """Two keys; the fields themselves are made behind the object, and without them it is closed."""
    ends = work.value("ends")
    if not ends:
        return True
    fit = isinstance(ends, list) and len(set(map(str, ends))) == len(ends) == 2
    if not fit or not all(isinstance(each, str) and KEY.fullmatch(each) for each in ends):
        work.refuse("ends", _("A relation has two ends, each the key of a field."))
        return False
    for switch in ("has_pipeline", "has_activities", "has_files"):
        work.put(switch, False)
    work.put("number_prefix", None)
    return True


def definition_of[Definition: (FieldDefinition, ObjectDefinition)](
    work: Work, of: type[Definition]
) -> Definition:
    """The row as it would be after this write."""
    values = {name: work.value(name) for name in held.names(of) if name != "id"}
    return held.definition(of, {"id": work.record.pk} | values)


def field_definition(work: Work) -> FieldDefinition:
    return definition_of(work, FieldDefinition)


def _settle_key(work: Work, table: str, **among: Any) -> bool:
    """The key as given, or one made from the name; False when it cannot be one."""
    if not work.value("key"):
        work.put("key", key_from(str(work.value("name") or "")))
    key = str(work.value("key"))
    if not KEY.fullmatch(key):
        work.refuse("key", _("A key begins with a small letter and holds small letters, figures and “_”."))
        return False
    if work.created and (taken := _taken(work, table, key, among)):
        work.refuse("key", taken)
        return False
    return True


def _taken(work: Work, table: str, key: str, among: dict[str, Any]) -> Message | None:
    """A deleted definition keeps its key, because the records keep its values."""
    rows = held.rows(table.replace("_", "")).filter(**among)
    rows = rows.filter(Q(key=key) | Q(slot=key) if table == "custom_field" else Q(key=key))
    deleted = rows.exclude(pk=work.record.pk).values_list("deleted_at", flat=True).first()
    if rows.exclude(pk=work.record.pk).exists():
        if deleted is not None:
            return _("This key belongs to one in the recycle bin; restore that one, or choose another key.")
        return _("This key is taken already.")
    return None


def key_from(name: str) -> str:
    """A key from words: "Aantal m² (bruto)" → "aantal_m2_bruto"."""
    plain = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")[:LONGEST_KEY].rstrip("_")
    return plain if plain[:1].isalpha() else f"f_{plain}".rstrip("_")


def _check_place(work: Work) -> None:
    """The kind, and the place that belongs to it, change together with the values, or go back by an undo."""
    if work.occasion.via == CHANGING_KIND or work.occasion.undo_of is not None:
        return
    if work.created and work.value("slot"):
        work.refuse("slot", _("This field cannot be written."))
    elif not work.created and (work.changes("kind") or work.changes("slot")):
        work.refuse("kind", _("Change the kind by its own verb, which takes the values along."))


def _stay(work: Work, keys: tuple[str, ...]) -> None:
    for key in keys:
        if not work.created and work.changes(key):
            work.refuse(key, _("This stays as it was made; make another one instead."))
