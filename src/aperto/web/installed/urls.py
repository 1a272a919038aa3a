"""Addresses that a browser asks for when it installs the product."""

from django.urls import URLPattern, path

from aperto.web.installed import pages

urlpatterns: list[URLPattern] = [
    path("manifest.webmanifest", pages.manifest, name="manifest"),
    path("service-worker.js", pages.worker, name="service_worker"),
    path("offline", pages.offline, name="offline"),
]
