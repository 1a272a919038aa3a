"""The rows behind the shape: what administrators have said of objects and fields, and how it is said anew."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from aperto.kernel import changes, records
from aperto.kernel.access.actor import Actor
from aperto.kernel.changes import Draft
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Message, Missing
from aperto.kernel.objects.registry import registry
from aperto.kernel.records import Row, Selection

OBJECT, FIELD = "custom_object", "custom_field"
VIA = "page"
MANY = 1_000


def of_objects(actor: Actor, retired: bool = False) -> dict[str, Row]:
    """What was said of each object, by its key."""
    chosen = records.deleted if retired else records.visible
    return _by_key(chosen(actor, OBJECT))


def of_fields(actor: Actor, object_key: str, retired: bool = False) -> dict[str, Row]:
    """What was said of each field of the object, by its key."""
    chosen = records.deleted if retired else records.visible
    of = registry.get(FIELD).fields["of_object"]
    return _by_key(chosen(actor, FIELD).where(of.where("is", [object_key])))


def counted(actor: Actor, object_key: str) -> records.Count:
    return records.visible(actor, object_key).count()


def _by_key(selection: Selection) -> dict[str, Row]:
    columns = list(selection.declaration.fields)
    return {row.values["key"]: row for row in selection.iterate(columns, chunk=MANY)}


def say(actor: Actor, about: str, key: str, values: Mapping[str, Any], of_object: str = "") -> Change | None:
    """Writes what is said of the object or field called `key`, whether something was said before or not.

    What was taken back once is in the recycle bin and holds the key: it is brought back first.
    """
    lists = (
        of_objects if about == OBJECT else lambda actor, retired=False: of_fields(actor, of_object, retired)
    )
    held, gone = lists(actor).get(key), lists(actor, retired=True).get(key)
    with transaction.atomic():
        if held is None and gone is None:
            among = {"of_object": of_object} if of_object else {}
            return say_new(actor, about, key, values, **among)
        row, back = held or gone, None
        assert row is not None
        if held is None:
            back = changes.restore(actor, about, row.id, via=VIA)
        return changes.save(actor, handle(about, row.id), values, via=VIA).change or back


def handle(about: str, id_: UUID) -> Any:
    """What `changes` needs to know which row is meant; it reads the row itself."""
    return registry.get(about).model(id=id_)


def row_of[Held](rows: Mapping[str, Held], key: str) -> Held:
    """What is held under this key; Missing where there is nothing."""
    if key not in rows:
        raise Missing(key)
    return rows[key]


def in_all_languages(message: Message) -> dict[str, str]:
    """A message of the product, by language."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = str(message)
    return found


def say_new(actor: Actor, about: str, key: str, values: Mapping[str, Any], **among: str) -> Change:
    """A definition that there was none of: Invalid where the key is taken, be it in the recycle bin."""
    [made] = changes.save_many(actor, about, [Draft({"key": key, **among, **values})], via=VIA)
    if made.error is not None:
        raise made.error
    assert made.change is not None
    return made.change
