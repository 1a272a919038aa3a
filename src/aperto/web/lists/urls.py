"""Addresses of lists. They come after all fixed addresses, because the first word is any object's key."""

from django.urls import path

from aperto.web.lists import (
    bulk,
    cell,
    columns,
    complete,
    filter_pages,
    groups,
    page,
    paste,
    statistics,
    totals,
    views_pages,
)

urlpatterns = [
    path("<slug:object_key>", page.show, name="list"),
    path("<slug:object_key>/rows", page.rows, name="list_rows"),
    path("<slug:object_key>/count", page.count, name="list_count"),
    path("<slug:object_key>/footer", totals.footer, name="list_footer"),
    path("<slug:object_key>/totals/<slug:key>", totals.choose, name="list_total"),
    path("<slug:object_key>/statistics/<slug:key>", statistics.show, name="list_statistics"),
    path("<slug:object_key>/groups", groups.more, name="list_groups"),
    path("<slug:object_key>/groups/heads", groups.heads, name="list_group_heads"),
    path("<slug:object_key>/groups/fold", groups.fold, name="fold_group"),
    path("<slug:object_key>/bulk/edit", bulk.edit, name="bulk_edit"),
    path("<slug:object_key>/bulk/editor", bulk.editor, name="bulk_editor"),
    path("<slug:object_key>/bulk/assign", bulk.assign, name="bulk_assign"),
    path("<slug:object_key>/paste", paste.paste, name="paste"),
    path("<slug:object_key>/fill", paste.fill, name="fill"),
    path("<slug:object_key>/bulk/delete", bulk.delete, name="bulk_delete"),
    path("<slug:object_key>/columns", columns.columns, name="list_columns"),
    path("<slug:object_key>/complete", complete.complete, name="list_complete"),
    path("<slug:object_key>/filter", filter_pages.show, name="list_filter"),
    path("<slug:object_key>/filter/row", filter_pages.row, name="list_filter_row"),
    path("<slug:object_key>/filter/values/<str:objects>", filter_pages.values, name="list_filter_values"),
    path("<slug:object_key>/views/new", views_pages.new, name="new_view"),
    path("<slug:object_key>/views/restore/<str:token>", views_pages.restore, name="restore_view"),
    path("<slug:object_key>/views/<uuid:view>", views_pages.edit, name="view"),
    path("<slug:object_key>/views/<uuid:view>/delete", views_pages.delete, name="delete_view"),
    path("<slug:object_key>/cell/<uuid:record>/<slug:key>", cell.cell, name="list_cell"),
]
