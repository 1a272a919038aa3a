"""Whether a provider is set up right, as far as it can be seen without somebody signing in."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography import x509
from django.utils.translation import gettext as _

from aperto.kernel.access import sign_ons
from aperto.kernel.access.sign_on_models import SignOn
from aperto.kernel.outbound import Client, Unreachable
from aperto.web.people.sign_on import oidc, saml


@dataclass(frozen=True)
class Finding:
    good: bool
    text: str


def look(sign_on: SignOn) -> list[Finding]:
    return _oidc(sign_on) if sign_on.kind == SignOn.OIDC else _saml(sign_on)


def _oidc(sign_on: SignOn) -> list[Finding]:
    if not sign_ons.secret_of(sign_on):
        told = _("The client secret is missing, or was kept with another secret key of this installation.")
        missing = [Finding(False, told)]
    else:
        missing = [Finding(True, _("There is a client secret."))]
    try:
        with Client() as client:
            told_by_it = oidc.discover(client, sign_on.issuer)
            found = client.get(told_by_it["jwks_uri"]).json()
    except (Unreachable, ProviderException) as error:
        return [*missing, Finding(False, str(error))]
    except (OAuth2Error, ValueError) as error:
        return [
            *missing,
            Finding(False, _("The issuer says nothing usable of itself (%(error)s).") % {"error": error}),
        ]
    return [*missing, *_published(told_by_it, found)]


def _published(told: dict[str, Any], keys: Any) -> list[Finding]:
    algorithms = set(told.get("id_token_signing_alg_values_supported", ["RS256"]))
    count = len(keys.get("keys", [])) if isinstance(keys, dict) else 0
    methods = told.get("code_challenge_methods_supported")
    return [
        Finding(True, _("The issuer answers, and is the one that was named.")),
        Finding(count > 0, _("Signing keys published: %(count)s.") % {"count": count}),
        Finding(
            bool(algorithms & set(oidc.ALGORITHMS)),
            _("Signatures: %(names)s.") % {"names": ", ".join(sorted(map(str, algorithms)))},
        ),
        Finding(methods is None or "S256" in methods, _("It protects the code on its way (PKCE).")),
    ]


def _saml(sign_on: SignOn) -> list[Finding]:
    if not saml.available():
        return [Finding(False, _("SAML is not installed here."))]
    idp = sign_on.idp
    if sign_on.metadata_url:
        try:
            idp = saml.fetch_metadata(sign_on.metadata_url, sign_on.entity_id)
        except (Unreachable, saml.Unacceptable) as error:
            return [Finding(False, _("The metadata cannot be read (%(error)s).") % {"error": error})]
        sign_ons.keep_metadata(sign_on, idp)
    return [
        Finding(True, _("The provider is %(name)s.") % {"name": idp["entityId"]}),
        Finding(True, _("People are sent to %(address)s.") % {"address": idp["address"]}),
        *(_certificate(text) for text in idp["certificates"]),
    ]


def _certificate(text: str) -> Finding:
    pem = f"-----BEGIN CERTIFICATE-----\n{text.strip()}\n-----END CERTIFICATE-----\n"
    try:
        until = x509.load_pem_x509_certificate(pem.encode()).not_valid_after_utc
    except ValueError:
        return Finding(False, _("A certificate cannot be read."))
    day = until.date().isoformat()
    if until < datetime.now(UTC):
        return Finding(False, _("Its certificate ended on %(day)s.") % {"day": day})
    return Finding(True, _("Its certificate holds until %(day)s.") % {"day": day})
