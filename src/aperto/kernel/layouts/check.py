"""What a layout must fulfil before it is stored."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.changes.draft import Work
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import text_of
from aperto.kernel.layouts.arrangement import PAGE, PLACES, Arrangement, read
from aperto.kernel.layouts.related import keys_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry


def check_layout(work: Work) -> None:
    object_key, place = work.value("of_object"), work.value("place")
    if object_key not in registry or place not in PLACES:
        return  # its field has said so
    declaration = registry.get(object_key)
    _name(work, declaration, place)
    if _taken(work):
        work.refuse("place", gettext_lazy("There is a layout of this place for these people already."))
    if work.created or work.changes("arrangement") or work.changes("place") or work.changes("of_object"):
        try:
            check(declaration, place, read(place, work.value("arrangement")))
        except FieldError as error:
            work.refuse("arrangement", error.message)


def check(declaration: ObjectType, place: str, arrangement: Arrangement) -> None:
    """FieldError for what the object does not have, or what cannot stand there."""
    panels = [key for panel in arrangement.panels or () for key in panel.fields]
    for key in (*panels, *(arrangement.fields or ()), *(arrangement.subtitle or ())):
        if key not in declaration.fields:
            raise _unknown(key)
        if place == "quick" and declaration.fields[key].readonly:
            named = {"field": text_of(declaration.fields[key].label)}
            raise FieldError(gettext_lazy("“%(field)s” cannot be filled in.") % named)
    beside = keys_of(declaration)
    for each in arrangement.related or ():
        if each.key not in beside:
            raise FieldError(gettext_lazy("There is no related panel “%(key)s”.") % {"key": each.key[:60]})
    if place == "columns" and not arrangement.fields:
        raise FieldError(gettext_lazy("A list shows at least one field."))
    if place == PAGE and arrangement == Arrangement():
        raise FieldError(gettext_lazy("The arrangement says nothing."))


def _unknown(key: str) -> FieldError:
    return FieldError(gettext_lazy("There is no field “%(key)s”.") % {"key": key[:60]})


def _name(work: Work, declaration: ObjectType, place: str) -> None:
    if work.created and not work.value("name"):
        named = {"object": text_of(declaration.plural), "place": text_of(PLACES[place])}
        work.put("name", _("%(object)s: %(place)s") % named)


def _taken(work: Work) -> bool:
    """Two layouts for the same people would leave open which of them holds."""
    team: Any = work.value("for_team")
    same = {
        "of_object": work.value("of_object"),
        "place": work.value("place"),
        "for_role": work.value("for_role") or None,
        "for_team": getattr(team, "id", team),
    }
    rows = apps.get_model("kernel", "Layout")._default_manager.filter(deleted_at=None, **same)
    return rows.exclude(pk=work.record.pk).exists()
