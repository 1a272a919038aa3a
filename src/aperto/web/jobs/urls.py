"""Addresses of background work."""

from django.urls import path

from aperto.web.jobs import pages

urlpatterns = [
    path("jobs", pages.index, name="jobs"),
    path("jobs/<uuid:job>", pages.show, name="job"),
    path("jobs/<uuid:job>/cancel", pages.cancel, name="cancel_job"),
    path("jobs/<uuid:job>/retry", pages.retry, name="retry_job"),
]
