"""The one client for addresses that somebody typed: it reaches no machine of the inner network unless the
installation says so, follows no redirect, and reads no more than it was told.

The name is resolved once and the connection goes to the address that was judged, so a name that changes its
mind between the two (DNS rebinding) gains nothing.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError
from urllib3.util.connection import create_connection

from aperto.kernel.access.addresses import Address, parse
from aperto.kernel.errors import Message

MOST = 2 * 1024 * 1024
SECONDS = 10
NAT64 = IPv6Network("64:ff9b::/96")


class Unreachable(Exception):
    """In words for whoever typed the address."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def judge(address: str) -> bool:
    """Whether this IP address may be reached: the open internet, and private networks where that is set."""
    found = _inside(parse(address))
    if found is None or found.is_multicast or found.is_unspecified or found.is_link_local:
        return False
    inner = found.is_private or found.is_loopback or found.is_reserved or not found.is_global
    return not inner or bool(settings.REACH_PRIVATE_NETWORK)


def _inside(address: Address | None) -> Address | None:
    """The IPv4 address that a translating IPv6 address leads to."""
    if not isinstance(address, IPv6Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.sixtofour or (address.teredo[1] if address.teredo else address)


def _resolved(host: str, port: int) -> str:
    """An address of the host that may be reached."""
    for *_rest, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if judge(str(address[0])):
            return str(address[0])
    raise Unreachable(_("This address lies in an inner network, which this installation does not reach."))


class _Judged:
    """Connects to the address that was judged; TLS still asks for the certificate of the name."""

    def _new_conn(self: Any) -> socket.socket:
        try:
            address = _resolved(self._dns_host, self.port)
            return create_connection((address, self.port), self.timeout, source_address=self.source_address)
        except OSError as error:
            raise NewConnectionError(self, f"cannot connect ({type(error).__name__})") from error


class _Plain(_Judged, HTTPConnection): ...


class _Secure(_Judged, HTTPSConnection): ...


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class _Transport(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}


class Client(requests.Session):
    """Like `requests`, but judged. Raises Unreachable for whatever keeps it from an answer."""

    def __init__(self, most: int = MOST) -> None:
        super().__init__()
        self.most = most  # bytes of an answer
        self.trust_env = False  # a proxy of the environment would connect in our place, unjudged
        for scheme in ("http://", "https://"):
            self.mount(scheme, _Transport())

    def request(self, method: Any, url: Any, *args: Any, **options: Any) -> requests.Response:
        require_web_address(str(url))
        options |= {"allow_redirects": False, "timeout": SECONDS, "stream": True}
        try:
            answer = super().request(method, url, *args, **options)
            answer._content = _body(answer, self.most)
        except requests.RequestException as error:
            told = _("%(host)s did not answer (%(error)s).")
            kind = type(error).__name__
            raise Unreachable(told % {"host": urlsplit(str(url)).hostname, "error": kind}) from error
        return answer


def _body(answer: requests.Response, most: int) -> bytes:
    body = bytearray()
    for part in answer.iter_content(64 * 1024):
        body += part
        if len(body) > most:
            answer.close()
            raise Unreachable(_("The answer is too long."))
    return bytes(body)


def require_web_address(url: str) -> None:
    """https, or http to this machine; no name and password within."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise Unreachable(_("This is not the address of a web page.")) from None
    if not host or parts.username or parts.password or parts.scheme not in {"http", "https"}:
        raise Unreachable(_("This is not the address of a web page."))
    if parts.scheme == "http" and not _here(host):
        raise Unreachable(_("The address must begin with https://."))


def _here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
