"""All addresses: the API under /api, signing in under /sign-in, everything else is pages."""

from django.urls import URLPattern, URLResolver, include, path

from aperto.config.addresses import Remembering
from aperto.config.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health, name="health"),
    path("api/", include("aperto.api.urls")),
    Remembering("aperto.web.urls"),
]

handler400 = "aperto.web.errors.pages.bad_request"
handler403 = "aperto.web.errors.pages.refused"
handler404 = "aperto.web.errors.pages.missing"
handler500 = "aperto.web.errors.pages.broken"
