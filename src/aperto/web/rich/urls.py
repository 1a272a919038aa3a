"""The address that completes links in formatted text."""

from django.urls import path

from aperto.web.rich import links

urlpatterns = [path("rich/links", links.complete, name="rich_links")]
