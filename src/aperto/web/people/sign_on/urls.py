"""Addresses of coming in by a provider, and of the settings about it."""

from django.urls import URLPattern, path

from aperto.web.people.sign_on import factor_page, history_pages, oidc, pages, rule_page, saml_pages

urlpatterns: list[URLPattern] = [
    path("sign-on/<slug:provider_id>/", oidc.begin, name="openid_connect_login"),
    path("sign-on/<slug:provider_id>/callback/", oidc.callback, name="openid_connect_callback"),
    path("sign-on/<slug:slug>/saml/", saml_pages.begin, name="saml_begin"),
    path("sign-on/<slug:slug>/saml/answer/", saml_pages.answer, name="saml_answer"),
    path("sign-on/<slug:slug>/saml/finish/", saml_pages.finish, name="saml_finish"),
    path("sign-on/<slug:slug>/saml/metadata.xml", saml_pages.metadata, name="saml_metadata"),
    path("sign-in/second-factor", factor_page.show, name="require_factor"),
    path("profile/sign-ins", history_pages.own, name="own_sign_ins"),
    path("settings/sign-on", pages.index, name="sign_on"),
    path("settings/sign-on/ways", pages.ways, name="sign_on_ways"),
    path("settings/sign-on/new/<slug:kind>", pages.create, name="create_sign_on"),
    path("settings/sign-on/<uuid:sign_on>", pages.edit, name="edit_sign_on"),
    path("settings/sign-on/<uuid:sign_on>/test", pages.test, name="test_sign_on"),
    path("settings/sign-on/<uuid:sign_on>/delete", pages.delete, name="delete_sign_on"),
    path("settings/sign-ins", history_pages.everybody, name="sign_ins"),
    path("settings/users/<uuid:user>/sign-ins", history_pages.of_user, name="user_sign_ins"),
    path(
        "settings/users/<uuid:user>/sessions/<int:session>/end",
        history_pages.end_session,
        name="end_user_session",
    ),
    path("settings/users/<uuid:user>/sessions/end", history_pages.end_sessions, name="end_user_sessions"),
    path(
        "settings/users/<uuid:user>/tokens/<uuid:token>/revoke",
        history_pages.revoke_token,
        name="revoke_user_token",
    ),
    path("settings/roles/<uuid:role>/sign-in", rule_page.show, name="role_rule"),
]
