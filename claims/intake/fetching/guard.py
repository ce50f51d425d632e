"""Decides to which addresses a connection may be made: public ones, and those that a setting lets in."""

import queue
import socket
import threading
from ipaddress import IPv6Address, ip_address

from django.conf import settings

from claims.intake.fetching.deadlines import Deadline
from claims.intake.fetching.networks import IPAddress, is_public
from claims.intake.fetching.refusals import SOON, FetchRefused, refuse_after_lookup
from newsroom.inner_hosts import is_inner

# Where sites are served. Behind any other port stands rather a service that is not meant for readers
# (mail, a database, a printer), which must not be asked things from here, public or not.
PORTS_OF_SITES = frozenset({80, 443, 8000, 8008, 8080, 8088, 8443})
NO_IP = IPv6Address("::")  # for a name, which is not looked up
NOT_PUBLIC = "is not a public site; private addresses are not fetched"


def find_permitted_ips(host: str, port: int, deadline: Deadline) -> list[IPAddress]:
    """Return the addresses that a host stands for now, IPv4 first, if every one may be connected to.

    Raises `FetchRefused`. Whoever connects has to do so to one of these, and not look up the name again.
    """
    ips = look_up(host, port, deadline)
    for ip in ips:
        if is_inner(host, ip, port, settings.FETCH_PRIVATE):
            continue
        if not is_public(ip):
            raise FetchRefused(f"{host} {NOT_PUBLIC}")
        if port not in PORTS_OF_SITES:
            raise FetchRefused(f"sites are not served at port {port}, so it is not fetched")
    return sorted(ips, key=lambda ip: ip.version)


def is_inner_site(host: str, port: int) -> bool:
    """Whether the setting names this very site: it belongs to the people who run this one, too."""
    try:
        ip = ip_address(host)
    except ValueError:
        ip = NO_IP
    return is_inner(host, ip, port, settings.FETCH_PRIVATE)


def look_up(host: str, port: int, deadline: Deadline) -> list[IPAddress]:
    """Return all addresses of a host. Raises `FetchRefused`, also where looking up takes too long."""
    answers: queue.SimpleQueue[list[str] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(ask_for_addresses(host, port))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()  # it cannot be told to stop
    try:
        answer = answers.get(timeout=deadline.get_remaining())
    except queue.Empty:
        raise FetchRefused(f"looking up the name {host} takes too long", again_after=SOON) from None
    if isinstance(answer, socket.gaierror):
        raise refuse_after_lookup(answer, host)
    if isinstance(answer, OSError | UnicodeError) or not answer:
        raise FetchRefused(f"there is no site of the name {host}")
    return [ip_address(written) for written in answer]


def ask_for_addresses(host: str, port: int) -> list[str]:
    """Return the addresses that the machine's own resolver gives for a host. Raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    written = [str(place[0]) for *_, place in found]
    return list(dict.fromkeys(written))
