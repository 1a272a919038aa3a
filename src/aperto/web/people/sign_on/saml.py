"""SAML 2.0: python3-saml judges the provider's answer, and these pages see that it answers a question of this
browser, once. An answer that nobody asked for is refused.

The library needs xmlsec, which not every machine can build; without it `available` says no.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from aperto.kernel.access import sign_ons
from aperto.kernel.access.arrivals import Arrival
from aperto.kernel.access.sign_on_models import SignOn
from aperto.kernel.outbound import Client, Unreachable

if TYPE_CHECKING:
    from onelogin.saml2.auth import OneLogin_Saml2_Auth

FRESH = timedelta(days=1)  # how long what was read at the provider's address counts
LONGEST = 512 * 1024  # characters of an answer
SUBJECT_LENGTH = 191
CONFIRMED = (
    "//saml:Assertion/saml:Subject/saml:SubjectConfirmation/saml:SubjectConfirmationData/@InResponseTo"
)
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
BY_ADDRESS = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
SUBJECTS = (
    "urn:oasis:names:tc:SAML:attribute:subject-id",
    "urn:oasis:names:tc:SAML:attribute:pairwise-id",
)
EMAILS = ("email", "mail", "emailAddress", "urn:oid:0.9.2342.19200300.100.1.3", f"{CLAIMS}emailaddress")
NAMES = ("displayName", "name", "cn", "urn:oid:2.16.840.1.113730.3.1.241", "urn:oid:2.5.4.3", f"{CLAIMS}name")
SECURITY = {
    "wantNameId": False,
    "wantAttributeStatement": False,
    "requestedAuthnContext": False,
    "rejectDeprecatedAlgorithm": True,
    "allowRepeatAttributeName": True,
    "allowSingleLabelDomains": True,  # an intranet may call us by one word
    "signatureAlgorithm": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "digestAlgorithm": "http://www.w3.org/2001/04/xmlenc#sha256",
}


class Unacceptable(Exception):
    """Why an answer or a metadata file cannot be used; for the log and for administrators."""


@dataclass(frozen=True)
class Answer:
    """`asked` is the id of the question that it answers."""

    asked: str
    arrival: Arrival


def available() -> bool:
    return find_spec("onelogin") is not None and find_spec("xmlsec") is not None


def read_metadata(text: str, entity_id: str = "") -> dict[str, Any]:
    """Entity id, address and certificates of a provider's metadata."""
    from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser  # noqa: PLC0415 - optional

    try:
        told = OneLogin_Saml2_IdPMetadataParser.parse(text, entity_id=entity_id or None)
    except Exception as error:  # the library raises what its XML parser raises
        raise Unacceptable(type(error).__name__) from error
    idp: dict[str, Any] = told.get("idp", {})
    lone = idp.pop("x509cert", None)
    signing = idp.pop("x509certMulti", {}).get("signing") or ([lone] if lone else [])
    address = idp.get("singleSignOnService", {}).get("url", "")
    if not signing or not address or not idp.get("entityId"):
        raise Unacceptable(str(_("It lacks an entity id, a certificate or an address for redirects.")))
    return {"entityId": idp["entityId"], "address": address, "certificates": signing}


def fetch_metadata(address: str, entity_id: str = "") -> dict[str, Any]:
    """As `read_metadata`, of what stands at the provider's address now."""
    with Client() as client:
        answer = client.get(address)
    if not answer.ok:
        raise Unreachable(_("The provider's metadata was not found there."))
    return read_metadata(answer.text, entity_id) | {"read_at": timezone.now().isoformat()}


def refresh(sign_on: SignOn) -> None:
    """Certificates change; once a day they are read again. A provider that is down keeps the former ones."""
    read_at = parse_datetime(str(sign_on.idp.get("read_at", "")))
    if not sign_on.metadata_url or (read_at and timezone.now() - read_at < FRESH):
        return
    try:
        idp = fetch_metadata(sign_on.metadata_url, sign_on.entity_id)
    except (Unreachable, Unacceptable):
        idp = sign_on.idp | {"read_at": timezone.now().isoformat()}
    sign_ons.keep_metadata(sign_on, idp)


def addresses(request: HttpRequest, sign_on: SignOn) -> dict[str, str]:
    """What the provider must be told of us."""
    return {
        "entity_id": request.build_absolute_uri(reverse("saml_metadata", args=[sign_on.slug])),
        "answers": request.build_absolute_uri(reverse("saml_answer", args=[sign_on.slug])),
    }


def conversation(request: HttpRequest, sign_on: SignOn, answer: str = "") -> "OneLogin_Saml2_Auth":
    from onelogin.saml2.auth import OneLogin_Saml2_Auth  # noqa: PLC0415 - optional

    asked = {
        "https": "on" if request.is_secure() else "off",
        "http_host": request.get_host(),
        "script_name": reverse("saml_answer", args=[sign_on.slug]),
        "get_data": {},
        "post_data": {"SAMLResponse": answer} if answer else {},
    }
    return OneLogin_Saml2_Auth(asked, settings_of(request, sign_on))


def settings_of(request: HttpRequest, sign_on: SignOn) -> dict[str, Any]:
    ours = addresses(request, sign_on)
    post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
    redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
    sp = {
        "entityId": ours["entity_id"],
        "assertionConsumerService": {"url": ours["answers"], "binding": post},
        "NameIDFormat": "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
    }
    idp = {
        "entityId": sign_on.idp.get("entityId", ""),
        "singleSignOnService": {"url": sign_on.idp.get("address", ""), "binding": redirect},
        "x509certMulti": {"signing": sign_on.idp.get("certificates", [])},
    }
    return {"strict": True, "security": SECURITY, "sp": sp, "idp": idp}


def metadata(request: HttpRequest, sign_on: SignOn) -> bytes:
    """Ours, for the provider."""
    from onelogin.saml2.settings import OneLogin_Saml2_Settings  # noqa: PLC0415 - optional

    told = OneLogin_Saml2_Settings(settings_of(request, sign_on), sp_validation_only=True).get_sp_metadata()
    return told if isinstance(told, bytes) else str(told).encode()


def judge(request: HttpRequest, sign_on: SignOn, answer: str) -> Answer:
    """Raises Unacceptable for an answer that is not this provider's, not for us, late, or not whole."""
    from onelogin.saml2.xml_utils import OneLogin_Saml2_XML as Xml  # noqa: PLC0415 - optional

    auth = conversation(request, sign_on, answer)
    try:
        auth.process_response()
    except Exception as error:  # broken base64 and XML are raised as they come
        raise Unacceptable(type(error).__name__) from error
    if auth.get_errors() or not auth.is_authenticated():
        raise Unacceptable(auth.get_last_error_reason() or "not authenticated")
    asked = auth.get_last_response_in_response_to()
    confirmed = set(Xml.query(Xml.to_etree(auth.get_last_response_xml()), CONFIRMED))
    if not asked or confirmed != {asked}:
        raise Unacceptable("nobody asked for this answer")
    return Answer(asked, _arrival(sign_on, auth))


def _arrival(sign_on: SignOn, auth: "OneLogin_Saml2_Auth") -> Arrival:
    told: dict[str, list[str]] = {**auth.get_friendlyname_attributes(), **auth.get_attributes()}
    name_id, kind = auth.get_nameid() or "", auth.get_nameid_format()
    subject = _first(told, SUBJECTS) or ("" if kind == TRANSIENT else name_id)
    if not subject or len(subject) > SUBJECT_LENGTH:
        raise Unacceptable("no lasting name for the person (NameID must not be transient)")
    return Arrival(
        sign_on=sign_on,
        subject=subject,
        email=_first(told, EMAILS) or (name_id if kind == BY_ADDRESS else ""),
        verified=False,  # SAML has no word for it: the settings say whether the provider vouches
        name=_first(told, NAMES)[:200],
        groups=frozenset(map(str, told.get(sign_on.groups_claim, []))),
    )


def _first(told: Mapping[str, list[str]], keys: tuple[str, ...]) -> str:
    return next((str(told[key][0]).strip() for key in keys if told.get(key)), "")
