"""Addresses of the objects and fields in the settings."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from aperto.web.people import settings_nav
from aperto.web.people.settings_nav import SettingsPage
from aperto.web.shape import (
    field_page,
    fields_page,
    formula_page,
    kind_page,
    object_page,
    objects_page,
    relations_page,
)

settings_nav.add(
    SettingsPage("objects", _("Objects"), "category", 45, arranges=("custom_object", "custom_field"))
)

AT = "settings/objects/<slug:object_key>"

urlpatterns: list[URLPattern] = [
    path("settings/objects", objects_page.show, name="objects"),
    path("settings/objects/new", object_page.create, name="create_object"),
    path("settings/objects/preview", object_page.preview, name="preview_object"),
    path(f"{AT}/words", object_page.edit, name="edit_object"),
    path(f"{AT}/switch", objects_page.switch, name="switch_object"),
    path(f"{AT}/retire", objects_page.retire, name="retire_object"),
    path(f"{AT}/restore", objects_page.restore, name="restore_object"),
    path(f"{AT}/fields", fields_page.show, name="object_fields"),
    path(f"{AT}/relations", relations_page.show, name="object_relations"),
    path(f"{AT}/new-relation", relations_page.create, name="create_relation"),
    path(f"{AT}/new-field", field_page.add, name="add_field"),
    path(f"{AT}/formula", formula_page.suggest, name="complete_formula"),
    path(f"{AT}/order", fields_page.order, name="order_fields"),
    path(f"{AT}/fields/<slug:field>", field_page.edit, name="edit_field"),
    path(f"{AT}/fields/<slug:field>/kind", kind_page.change, name="change_kind"),
    path(f"{AT}/fields/<slug:field>/switch", fields_page.switch, name="switch_field"),
    path(f"{AT}/fields/<slug:field>/retire", fields_page.retire, name="retire_field"),
    path(f"{AT}/fields/<slug:field>/restore", fields_page.restore, name="restore_field"),
]
