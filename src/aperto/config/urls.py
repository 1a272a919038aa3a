"""All addresses: the API under /api, signing in under /sign-in, everything else is pages."""

from django.urls import URLPattern, URLResolver, include, path

from aperto.config.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health, name="health"),
    path("account/", include("allauth.urls")),
    path("api/", include("aperto.api.urls")),
    path("", include("aperto.web.urls")),
]
