"""Secrets that the product must read again (of a provider, of an authenticator app): encrypted with the
installation's secret key, so that a copy of the database alone does not hold them."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(Exception):
    """Sealed with another key."""


def seal(purpose: str, text: str) -> str:
    """`purpose` parts the keys: what was sealed for one opens for no other."""
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(purpose: str, sealed: str) -> str:
    """The text. Raises Unreadable when the installation's secret key is not the one that it was sealed with:
    an empty answer could pass for an empty secret, which anybody knows."""
    try:
        return _box(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable(purpose) from None


def _box(purpose: str) -> Fernet:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"aperto {purpose}".encode())
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
