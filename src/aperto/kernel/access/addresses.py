"""Where a request comes from, and lists of networks."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

type Address = IPv4Address | IPv6Address
type Network = IPv4Network | IPv6Network


def of(request: HttpRequest) -> str:
    """The visitor's address: the connection's, or that of the outermost trusted proxy's header. Empty when
    the header does not fit the configured number of proxies, and then no list contains it."""
    try:
        return str(parse(get_adapter(request).get_client_ip(request)) or "")
    except (ImproperlyConfigured, PermissionDenied):
        return ""


def parse(text: str) -> Address | None:
    """An IPv4 address that came in the dress of IPv6 is an IPv4 address."""
    try:
        found = ip_address(text.strip().partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def network(text: str) -> Network | None:
    """A network in CIDR notation, or one address; bits beyond the mask are dropped."""
    try:
        return ip_network(text.strip(), strict=False)
    except ValueError:
        return None


def within(address: str, networks: Iterable[Network]) -> bool:
    found = parse(address)
    return found is not None and any(found in each for each in networks)
