"""Addresses of forms."""

from django.urls import URLPattern, URLResolver, path

from aperto.web.forms import create, duplicates, edit, states

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:object_key>/new", create.new, name="new_record"),
    path("<slug:object_key>/duplicates", duplicates.warn, name="duplicates"),
    path("<slug:object_key>/states", states.show, name="record_states"),
    path("<slug:object_key>/<uuid:record>/edit", edit.edit, name="edit_record"),
    path("<slug:object_key>/<uuid:record>/duplicates", duplicates.warn, name="record_duplicates"),
]
