"""From which network address somebody visits, also through proxies."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

IPV6_NETWORK = 64  # bits: what one visitor has, with any number of addresses in it


def find_address(request: HttpRequest) -> str:
    """Return the address that the outermost of our own proxies was called from.

    Each proxy adds the address that it was called from at the end; what stands before those was
    written by the visitor, and is not believed.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if 0 < settings.PROXIES <= len(forwarded):
        return str(forwarded[-settings.PROXIES]).strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def find_network(request: HttpRequest) -> str:
    """Return the visitor's address, or the network in which an address of IPv6 lies."""
    written = find_address(request)
    try:
        address = ip_address(written)
    except ValueError:
        return written
    if address.version == 4:
        return str(address)
    number = int(address) >> IPV6_NETWORK << IPV6_NETWORK
    return f"{ip_address(number.to_bytes(16, 'big'))}/{IPV6_NETWORK}"
