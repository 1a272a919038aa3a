"""The address of the palette."""

from django.urls import URLPattern, URLResolver, path

from aperto.web.palette import view

urlpatterns: list[URLPattern | URLResolver] = [
    path("palette", view.palette, name="palette"),
]
