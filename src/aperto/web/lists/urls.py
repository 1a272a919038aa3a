"""Addresses of lists. They come after all fixed addresses, because the first word is any object's key."""

from django.urls import path

from aperto.web.lists import cell, page

urlpatterns = [
    path("<slug:object_key>", page.show, name="list"),
    path("<slug:object_key>/rows", page.rows, name="list_rows"),
    path("<slug:object_key>/count", page.count, name="list_count"),
    path("<slug:object_key>/footer", page.footer, name="list_footer"),
    path("<slug:object_key>/cell/<uuid:record>/<slug:key>", cell.cell, name="list_cell"),
]
