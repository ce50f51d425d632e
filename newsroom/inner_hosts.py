"""Hosts and networks that a setting lets in although they are no part of the public web."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

EXAMPLES = "127.0.0.1:8931, intranet.example, [::1]:8000 or 10.0.0.0/8"
# A name, an address or a network; one of IPv6 stands in brackets where a port follows.
WITH_PORT = re.compile(r"(?:\[(?P<six>[^\]]+)\]|(?P<host>[^:\[\]]+))(?::(?P<port>[0-9]{1,5}))?")
NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*", re.I)
HIGHEST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class InnerHost:
    """A host by its name, or all addresses of a network; at one port, or at every one."""

    name: str
    network: IPv4Network | IPv6Network | None
    port: int | None

    def includes(self, host: str, ip: IPv4Address | IPv6Address, port: int) -> bool:
        if self.port is not None and port != self.port:
            return False
        if self.network is None:
            return host == self.name
        return ip.version == self.network.version and ip in self.network


@cache
def parse_inner_host(written: str) -> InnerHost:
    """Return the host or network that a part of the setting names. Raises `ValueError`."""
    if written.count(":") > 1 and "[" not in written:
        return InnerHost("", ip_network(written), None)
    parts = WITH_PORT.fullmatch(written)
    if parts is None:
        raise ValueError(f"{written!r} is no host")
    host = parts["six"] or parts["host"]
    port = int(parts["port"]) if parts["port"] else None
    if port is not None and not 0 < port <= HIGHEST_PORT:
        raise ValueError(f"{written!r} has a port that there is not")
    if parts["six"] or re.fullmatch(r"[0-9./]+", host):
        return InnerHost("", ip_network(host), port)
    if not NAME.fullmatch(host):
        raise ValueError(f"{written!r} is no host")
    return InnerHost(host.lower(), None, port)


def is_inner(host: str, ip: IPv4Address | IPv6Address, port: int, let_in: Iterable[str]) -> bool:
    """Whether an address, which `host` stands for, is among those that are let in at this port."""
    return any(parse_inner_host(written).includes(host, ip, port) for written in let_in)
