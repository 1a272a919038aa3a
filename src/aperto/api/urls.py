"""Addresses under /api: the operations, their document and the reference page."""

from django.urls import URLPattern, URLResolver, path

from aperto.api.openapi.pages import document, reference
from aperto.api.route import routes

urlpatterns: list[URLPattern | URLResolver] = [
    *routes(),
    path("openapi.json", document, name="openapi"),
    path("", reference, name="api-reference"),
]
