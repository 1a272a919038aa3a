"""Addresses of the menu and the modules."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from aperto.web.menus import menu_page, modules_page
from aperto.web.people import settings_nav
from aperto.web.people.settings_nav import SettingsPage

settings_nav.add(SettingsPage("menu", _("Menu"), "menu-2", 47, arranges=("menu",)))
settings_nav.add(SettingsPage("modules", _("Modules"), "apps", 48, arranges=("module_switch",)))

urlpatterns: list[URLPattern] = [
    path("settings/menu", menu_page.edit, name="menu"),
    path("settings/menu/preview", menu_page.show_preview, name="preview_menu"),
    path("settings/menu/reset", menu_page.reset, name="reset_menu"),
    path("settings/modules", modules_page.show, name="modules"),
    path("settings/modules/<slug:module>", modules_page.switch, name="switch_module"),
]
