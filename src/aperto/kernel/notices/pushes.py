"""Notices on devices, by web push. The one place that knows the library.

The key that tells push services who we are (VAPID) follows from the installation's own secret, so that no
other secret has to be kept. What is sent is encrypted for the device; the service in between reads nothing.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _

from aperto.kernel import outbound
from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import Invalid, Missing, Refused
from aperto.kernel.notices.models import Device
from aperto.kernel.notices.reading import Told

MOST_DEVICES = 10
LIVES = 24 * 3600  # seconds that a push service keeps what a sleeping device has not fetched
GONE = frozenset({404, 410})
LONGEST = {"endpoint": 1_000, "key": 120, "auth": 60}
BITS = 48 * 8


class Undelivered(Exception):
    """A push service did not take it."""


@lru_cache(maxsize=1)
def _private_key(secret: str) -> ec.EllipticCurvePrivateKey:
    stretched = HKDF(hashes.SHA256(), BITS // 8, salt=None, info=b"aperto web push").derive(secret.encode())
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve P-256
    return ec.derive_private_key(int.from_bytes(stretched) % (order - 1) + 1, ec.SECP256R1())


def public_key() -> str:
    """What a browser asks for before it subscribes."""
    point = _private_key(settings.SECRET_KEY).public_key()
    form = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point.public_bytes(*form)).decode().rstrip("=")


# -- devices -----------------------------------------------------------------------------------------


def devices_of(actor: Actor) -> list[Device]:
    return list(Device.objects.filter(user=actor.user_id).order_by("pk"))


def subscribe(actor: Actor, name: str, given: Mapping[str, Any]) -> Device:
    """Keeps a device of the actor's; Invalid for what no browser sends. The address is judged again by the
    guarded client whenever it is used."""
    if actor.user_id is None or actor.behind:
        raise Refused("subscribe")
    values = {key: str(given.get(key) or "") for key in LONGEST}
    _check(values)
    digest = hashlib.sha256(values["endpoint"].encode()).hexdigest()
    held = Device.objects.filter(digest=digest).first()
    if held is None and Device.objects.filter(user=actor.user_id).count() >= MOST_DEVICES:
        raise Invalid(
            {"": [_("You have %(most)s devices already; remove one first.") % {"most": MOST_DEVICES}]}
        )
    device = held or Device(digest=digest)
    device.user_id, device.name = actor.user_id, " ".join(name.replace("\0", "").split())[:120] or "?"
    device.endpoint, device.key, device.auth = values["endpoint"], values["key"], values["auth"]
    device.save()
    return device


def _check(values: Mapping[str, str]) -> None:
    try:
        outbound.require_web_address(values["endpoint"])
        point = base64.urlsafe_b64decode(values["key"] + "==")
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        secret = base64.urlsafe_b64decode(values["auth"] + "==")
    except (outbound.Unreachable, ValueError):
        raise Invalid({"": [_("This is no subscription of a browser.")]}) from None
    if len(secret) != 16 or any(len(values[key]) > most for key, most in LONGEST.items()):
        raise Invalid({"": [_("This is no subscription of a browser.")]})


def forget(actor: Actor, device: UUID) -> None:
    if actor.behind or not Device.objects.filter(pk=device, user=actor.user_id).delete()[0]:
        raise Missing(device)


# -- ringing -----------------------------------------------------------------------------------------


def ring(user: UUID, told: Told) -> None:
    """Every device of the person. One that is gone is forgotten; Undelivered when another did not answer."""
    title = told.record.title if told.record else "Aperto"
    said = {
        "title": title[:120],
        "body": " ".join(filter(None, [told.sentence, told.excerpt]))[:300],
        "url": told.url or "/notices",
        "tag": str(told.notice.record or told.notice.pk),
    }
    failed = [error for each in Device.objects.filter(user=user) if (error := _ring(each, json.dumps(said)))]
    if failed:
        raise Undelivered(", ".join(failed))


def _ring(device: Device, said: str) -> str:
    """What went wrong; "" when it was taken, or when the device is no more."""
    from py_vapid import Vapid02  # noqa: PLC0415 - start-up time: the library loads an HTTP client of its own
    from pywebpush import WebPushException, webpush  # noqa: PLC0415 - as above

    try:
        webpush(
            {"endpoint": device.endpoint, "keys": {"p256dh": device.key, "auth": device.auth}},
            said,
            vapid_private_key=Vapid02(_private_key(settings.SECRET_KEY)),
            vapid_claims={"sub": f"mailto:{settings.DEFAULT_FROM_EMAIL}"},
            ttl=LIVES,
            requests_session=outbound.Client(),
        )
    except WebPushException as error:
        status = error.response.status_code if error.response is not None else 0
        if status not in GONE:
            return str(status or "WebPushException")
        device.delete()
    except outbound.Unreachable as error:
        return str(error.message)
    return ""
