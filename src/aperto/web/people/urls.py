"""Addresses of signing in, of one's own pages and of the settings about people."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from aperto.web.people import (
    api_tokens,
    first_run,
    looking,
    organisation_page,
    profile,
    role_object_page,
    roles_pages,
    rule_pages,
    security,
    settings_nav,
    sign_in,
    teams_pages,
    users_pages,
)
from aperto.web.people.settings_nav import YOU, SettingsPage

for entry in (
    SettingsPage("profile", _("Profile"), "user-circle", 10, YOU, administered=False),
    SettingsPage("security", _("Security"), "shield-lock", 20, YOU, administered=False),
    SettingsPage("tokens", _("API tokens"), "key", 30, YOU, administered=False),
    SettingsPage("organisation", _("Organisation"), "building", 10),
    SettingsPage("users", _("Users"), "users", 20),
    SettingsPage("teams", _("Teams"), "users-group", 30, arranges=("team",)),
    SettingsPage("roles", _("Roles"), "shield", 40),
    SettingsPage("sharing_rules", _("Sharing rules"), "user-check", 40, arranges=("sharing_rule",)),
    SettingsPage("territories", _("Territories"), "map-pin", 41, arranges=("territory",)),
    SettingsPage("sign_on", _("Sign-on"), "login", 42),
    SettingsPage("sign_ins", _("Sign-ins"), "history", 44),
):
    settings_nav.add(entry)

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("aperto.web.people.account_urls")),
    path("", include("aperto.web.people.sign_on.urls")),
    path("first-run", first_run.show, name="first_run"),
    path("sign-in/link/<str:token>", sign_in.by_link, name="sign_in_link"),
    path("profile", profile.show, name="profile"),
    path("profile/appearance", profile.appearance, name="appearance"),
    path("profile/security", security.show, name="security"),
    path("profile/security/sessions/end", security.end_others, name="end_sessions"),
    path("profile/security/sessions/<int:session>/end", security.end_one, name="end_session"),
    path("profile/tokens", api_tokens.show, name="tokens"),
    path("profile/tokens/new", api_tokens.create, name="create_token"),
    path("profile/tokens/<uuid:token>/revoke", api_tokens.revoke, name="revoke_token"),
    path("settings", profile.settings, name="settings"),
    path("settings/organisation", organisation_page.show, name="organisation"),
    path("settings/users", users_pages.index, name="users"),
    path("settings/users/new", users_pages.create, name="create_user"),
    path("settings/users/<uuid:user>", users_pages.edit, name="user"),
    path("settings/users/<uuid:user>/link", users_pages.link, name="user_link"),
    path("settings/users/<uuid:user>/view", looking.start, name="view_as"),
    path("view-as/end", looking.stop, name="end_viewing"),
    path("settings/users/<uuid:user>/deactivate", users_pages.deactivate, name="deactivate_user"),
    path("settings/users/<uuid:user>/reactivate", users_pages.reactivate, name="reactivate_user"),
    path(
        "settings/users/<uuid:user>/second-factors/remove", users_pages.remove_factors, name="remove_factors"
    ),
    path("settings/teams", teams_pages.index, name="teams"),
    path("settings/teams/new", teams_pages.create, name="create_team"),
    path("settings/teams/<uuid:team>", teams_pages.edit, name="team"),
    path("settings/teams/<uuid:team>/delete", teams_pages.delete, name="delete_team"),
    path("settings/teams/<uuid:team>/restore", teams_pages.restore, name="restore_team"),
    path("settings/roles", roles_pages.index, name="roles"),
    path("settings/roles/new", roles_pages.create, name="create_role"),
    path("settings/roles/<uuid:role>", roles_pages.edit, name="role"),
    path("settings/roles/<uuid:role>/delete", roles_pages.delete, name="delete_role"),
    path("settings/roles/<uuid:role>/preview", roles_pages.preview, name="role_preview"),
    path("settings/roles/<uuid:role>/of/<slug:object_key>", role_object_page.show, name="role_object"),
    path(
        "settings/roles/<uuid:role>/of/<slug:object_key>/preview",
        role_object_page.preview,
        name="role_object_preview",
    ),
    path("settings/territories/assign", rule_pages.assign, name="assign_territories"),
    *(
        pattern
        for kind, place in ((rule_pages.SHARING, "sharing"), (rule_pages.TERRITORIES, "territories"))
        for pattern in (
            path(f"settings/{place}", rule_pages.index(kind), name=kind.route),
            path(f"settings/{place}/new", rule_pages.create(kind), name=f"create_{kind.key}"),
            path(f"settings/{place}/reach", rule_pages.reach(kind), name=f"reach_{kind.key}"),
            path(f"settings/{place}/<uuid:rule>", rule_pages.edit(kind), name=f"edit_{kind.key}"),
            path(f"settings/{place}/<uuid:rule>/delete", rule_pages.delete(kind), name=f"delete_{kind.key}"),
        )
    ),
]
