"""The address of the home page."""

from django.urls import URLPattern, URLResolver, path

from aperto.web.home import later, view

urlpatterns: list[URLPattern | URLResolver] = [
    path("", view.home, name="home"),
    path("home/later", later.later, name="home_later"),
]
