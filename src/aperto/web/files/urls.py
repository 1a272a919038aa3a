"""The addresses of a stored file and of its pages."""

from django.urls import URLPattern, URLResolver, path

from aperto.web.files import download

urlpatterns: list[URLPattern | URLResolver] = [
    path("files/<uuid:key>", download.download, name="download_file"),
    path("files/<uuid:key>/page/<int:number>", download.page, name="file_page"),
]
