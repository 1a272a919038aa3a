"""The address of the home page."""

from django.urls import URLPattern, URLResolver, path

from aperto.web.home import view

urlpatterns: list[URLPattern | URLResolver] = [
    path("", view.home, name="home"),
]
