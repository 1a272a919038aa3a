"""django-allauth's pages that Aperto uses, one by one: what is not listed here has no address."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, path, re_path

from aperto.web.people import security
from aperto.web.people.sign_on.noting import noted
from aperto.web.people.sign_on.ways import own_way

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", own_way(account.login, shown=True), name="account_login"),
    path("login/code/", own_way(account.request_login_code), name="account_request_login_code"),
    path(
        "login/code/confirm/",
        own_way(noted(account.confirm_login_code, "code")),
        name="account_confirm_login_code",
    ),
    path(
        "login/passkey/",
        own_way(noted(login_not_required(webauthn.login_webauthn), "passkey")),
        name="mfa_login_webauthn",
    ),
    path("login/second-factor/", noted(mfa.authenticate, "second_factor"), name="mfa_authenticate"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),  # closed; allauth refers to it
    path("confirm-email/", account.email_verification_sent, name="account_email_verification_sent"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("reauthenticate/second-factor/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("reauthenticate/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", own_way(account.password_reset), name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        own_way(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("security/", security.show, name="mfa_index"),
    path("security/app/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("security/app/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("security/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("security/codes/generate/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("security/passkeys/", security.show, name="mfa_list_webauthn"),
    path("security/passkeys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("security/passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("security/passkeys/<int:pk>/edit/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
]
