"""Addresses of these settings."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from aperto.web.people import settings_nav
from aperto.web.people.settings_nav import SettingsPage
from aperto.web.settings import (
    about_page,
    configuration_page,
    files_page,
    handovers_page,
    pipelines_page,
    rates_page,
    retire_page,
    stages_page,
)

for entry in (
    SettingsPage("pipelines", _("Pipelines"), "layout-kanban", 50, arranges=("pipeline", "stage")),
    SettingsPage("handovers", _("Conversion"), "arrows-split", 55),
    SettingsPage("rates", _("Exchange rates"), "currency-euro", 60),
    SettingsPage("file_settings", _("Files"), "paperclip", 62),
    SettingsPage("configuration", _("Configuration"), "file-text", 65),
    SettingsPage("jobs", _("Background work"), "refresh", 70, administered=False),
    SettingsPage("bin", _("Recycle bin"), "trash", 80, administered=False),
    SettingsPage("about", _("About"), "info-circle", 90, administered=False),
):
    settings_nav.add(entry)

urlpatterns: list[URLPattern] = [
    path("settings/pipelines", pipelines_page.show, name="pipelines"),
    path("settings/pipelines/new", pipelines_page.create, name="create_pipeline"),
    path("settings/pipelines/<uuid:pipeline>", pipelines_page.edit, name="pipeline"),
    path("settings/pipelines/<uuid:pipeline>/delete", pipelines_page.delete, name="delete_pipeline"),
    path("settings/pipelines/<uuid:pipeline>/stages", stages_page.add, name="add_stage"),
    path("settings/pipelines/<uuid:pipeline>/order", stages_page.order, name="order_stages"),
    path("settings/pipelines/stages/<uuid:stage>", stages_page.edit, name="stage"),
    path("settings/pipelines/stages/<uuid:stage>/retire", retire_page.show, name="retire_stage"),
    path("settings/conversion", handovers_page.show, name="handovers"),
    path("settings/rates", rates_page.show, name="rates"),
    path("settings/files", files_page.show, name="file_settings"),
    path("settings/configuration", configuration_page.show, name="configuration"),
    path("settings/configuration/file", configuration_page.download, name="download_configuration"),
    path("settings/configuration/review", configuration_page.review, name="review_configuration"),
    path("settings/configuration/apply", configuration_page.bring_in, name="apply_configuration"),
    path("settings/configuration/packs/<slug:key>", configuration_page.pack, name="configuration_pack"),
    path("settings/configuration/undo/<uuid:batch>", configuration_page.take_back, name="undo_configuration"),
    path("settings/about", about_page.show, name="about"),
]
