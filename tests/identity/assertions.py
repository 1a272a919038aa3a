"""A SAML provider's pen: answers signed by xmlsec as a provider signs them, and the ways to spoil them."""

import base64
import zlib
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree

SAML, SAMLP, DS = (
    "urn:oasis:names:tc:SAML:2.0:assertion",
    "urn:oasis:names:tc:SAML:2.0:protocol",
    "http://www.w3.org/2000/09/xmldsig#",
)
ENTITY = "https://idp.nordwijk.example/saml"
ADDRESS = "https://idp.nordwijk.example/enter"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"


@dataclass
class Pen:
    """Key and certificate of one provider."""

    key: bytes = b""
    certificate: bytes = b""

    @classmethod
    def made(cls) -> "Pen":
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp")])
        now = datetime.now(UTC)
        builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        made = builder.not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(30))
        certificate = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        pkcs8, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        return cls(key.private_bytes(serialization.Encoding.PEM, pkcs8, plain), certificate)

    @property
    def body(self) -> str:
        return "".join(self.certificate.decode().split("\n")[1:-2])

    def metadata(self) -> str:
        return f"""<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ENTITY}">
<IDPSSODescriptor protocolSupportEnumeration="{SAMLP}"><KeyDescriptor use="signing"><KeyInfo xmlns="{DS}">
<X509Data><X509Certificate>{self.body}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>
<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{ADDRESS}"/>
</IDPSSODescriptor></EntityDescriptor>"""

    def sign(self, element: Any) -> None:
        """An enveloped signature after the issuer, as the standard wants it."""
        template = xmlsec.template.create(
            element, xmlsec.constants.TransformExclC14N, xmlsec.constants.TransformRsaSha256
        )
        element.insert(1, template)
        reference = xmlsec.template.add_reference(
            template, xmlsec.constants.TransformSha256, uri=f"#{element.get('ID')}"
        )
        xmlsec.template.add_transform(reference, xmlsec.constants.TransformEnveloped)
        xmlsec.template.add_transform(reference, xmlsec.constants.TransformExclC14N)
        xmlsec.tree.add_ids(element, ["ID"])
        context = xmlsec.SignatureContext()
        context.key = xmlsec.Key.from_memory(self.key, xmlsec.constants.KeyDataFormatPem)
        context.sign(template)


@dataclass
class Question:
    """What our page asked the provider."""

    id: str
    answers: str
    audience: str

    @classmethod
    def of(cls, address: str) -> "Question":
        packed = parse_qs(urlsplit(address).query)["SAMLRequest"][0]
        asked = etree.fromstring(zlib.decompress(base64.b64decode(packed), -15))
        issuer = asked.findtext(f"{{{SAML}}}Issuer")
        return cls(asked.get("ID"), asked.get("AssertionConsumerServiceURL"), issuer)


@dataclass
class Said:
    """What an answer says; each part may be spoilt."""

    subject: str = "subject-ann"
    kind: str = PERSISTENT
    attributes: dict[str, list[str]] = field(default_factory=dict)
    until: timedelta = timedelta(minutes=5)
    audience: str = ""
    answers: str = ""
    asked: str = ""


def attribute(name: str, values: list[str]) -> str:
    inner = "".join(f"<saml:AttributeValue>{value}</saml:AttributeValue>" for value in values)
    return f'<saml:Attribute Name="{name}">{inner}</saml:Attribute>'


def response(question: Question, said: Said) -> Any:
    """An unsigned answer."""
    now = datetime.now(UTC)
    since, until = (
        moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (now - timedelta(minutes=10), now + said.until)
    )
    asked, to = said.asked or question.id, said.answers or question.answers
    attributes = "".join(map(attribute, said.attributes, said.attributes.values()))
    return etree.fromstring(f"""<samlp:Response xmlns:samlp="{SAMLP}" xmlns:saml="{SAML}" ID="_{uuid4().hex}"
 Version="2.0" IssueInstant="{since}" Destination="{to}" InResponseTo="{asked}">
<saml:Issuer>{ENTITY}</saml:Issuer><samlp:Status>
<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
<saml:Assertion ID="_{uuid4().hex}" Version="2.0" IssueInstant="{since}"><saml:Issuer>{ENTITY}</saml:Issuer>
<saml:Subject><saml:NameID Format="{said.kind}">{said.subject}</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData
 InResponseTo="{asked}" Recipient="{to}" NotOnOrAfter="{until}"/></saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{since}" NotOnOrAfter="{until}"><saml:AudienceRestriction>
<saml:Audience>{said.audience or question.audience}</saml:Audience></saml:AudienceRestriction>
</saml:Conditions><saml:AuthnStatement AuthnInstant="{since}"><saml:AuthnContext><saml:AuthnContextClassRef>
urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext>
</saml:AuthnStatement>
<saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion></samlp:Response>""")


def assertion(answer: Any) -> Any:
    return answer.find(f"{{{SAML}}}Assertion")


def packed(answer: Any) -> str:
    return base64.b64encode(etree.tostring(answer)).decode()


def wrapped(answer: Any, subject: str, place: str) -> Any:
    """XML signature wrapping: a forged assertion is read where the signed one is only verified."""
    signed = assertion(answer)
    forged = deepcopy(signed)
    forged.find(f"{{{DS}}}Signature").getparent().remove(forged.find(f"{{{DS}}}Signature"))
    forged.set("ID", "_forged")
    forged.find(f".//{{{SAML}}}NameID").text = subject
    if place == "before":
        answer.insert(list(answer).index(signed), forged)
    elif place == "after":
        answer.append(forged)
    elif place == "inside":
        answer.replace(signed, forged)
        forged.append(signed)
    else:
        answer.replace(signed, forged)
        extensions = etree.SubElement(answer, f"{{{SAMLP}}}Extensions")
        extensions.append(signed)
    return answer
