"""Addresses of imports and exports; those of an object stand behind all fixed ones."""

from django.urls import URLPattern, URLResolver, path

from aperto.web.transfers import (
    correction,
    export_page,
    exports,
    pages,
    remembering,
    scheduling,
    start,
    trying,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("imports/<uuid:run>", pages.show, name="import"),
    path("imports/<uuid:run>/choices", pages.choose, name="import_choices"),
    path("imports/<uuid:run>/start", pages.start, name="start_import"),
    path("imports/<uuid:run>/try", trying.begin, name="try_import"),
    path("imports/<uuid:run>/trial", trying.show, name="import_trial"),
    path("imports/<uuid:run>/remember", remembering.remember, name="remember_mapping"),
    path("imports/mappings/<uuid:mapping>/forget", remembering.forget, name="forget_mapping"),
    path("imports/<uuid:run>/discard", pages.discard, name="discard_import"),
    path("imports/<uuid:run>/cancel", pages.cancel, name="cancel_import"),
    path("imports/<uuid:run>/undo", pages.undo, name="undo_import"),
    path("imports/<uuid:run>/correct", correction.correct, name="correct_import"),
    path("imports/<uuid:run>/refused.csv", pages.refused_rows, name="refused_rows"),
    path("exports/<uuid:run>", exports.show, name="export_run"),
    path("exports/<uuid:run>/file", exports.file, name="exported_file"),
    path("exports/<uuid:run>/cancel", exports.cancel, name="cancel_export"),
    path("imports/schedules/<uuid:schedule>/run", scheduling.run_now, name="run_schedule"),
    path("imports/schedules/<uuid:schedule>/switch", scheduling.switch, name="switch_schedule"),
    path("imports/schedules/<uuid:schedule>/forget", scheduling.forget, name="forget_schedule"),
    path("<slug:object_key>/import/schedules", scheduling.show, name="import_schedules"),
    path("<slug:object_key>/import", start.show, name="new_import"),
    path("<slug:object_key>/export", export_page.show, name="export"),
]
