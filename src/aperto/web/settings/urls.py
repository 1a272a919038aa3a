"""Addresses of these settings."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from aperto.web.people import settings_nav
from aperto.web.people.settings_nav import SettingsPage
from aperto.web.settings import (
    about_page,
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
    path("settings/about", about_page.show, name="about"),
]
