"""The address of a stored file."""

from django.urls import URLPattern, URLResolver, path

from aperto.web.files import download

urlpatterns: list[URLPattern | URLResolver] = [
    path("files/<uuid:key>", download.download, name="download_file"),
]
