"""Which addresses are public: those that anybody on the internet can reach, whoever asks.

After the registries of special addresses that IANA keeps (RFC 6890 and what came after). An IPv6
address that carries one of IPv4 is as public as that.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

IPAddress = IPv4Address | IPv6Address

SPECIAL_IPV4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # behind the address that a provider shares out
        "127.0.0.0/8",  # this machine
        "168.63.129.16/32",  # the secrets of a cloud
        "169.254.0.0/16",  # this link; clouds tell their secrets here, too
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocols
        "192.0.2.0/24",  # documents
        "192.88.99.0/24",  # relays that are no more
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documents
        "203.0.113.0/24",  # documents
        "224.0.0.0/4",  # many at once
        "240.0.0.0/4",  # reserved, and all at once
    )
)
PUBLIC_IPV6 = IPv6Network("2000::/3")  # all else is special
SPECIAL_IPV6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocols; Teredo is one of them
        "2001:db8::/32",  # documents
        "3fff::/20",  # documents
    )
)
TRANSLATED = IPv6Network("64:ff9b::/96")  # NAT64: the last 32 bits are the IPv4 address
INTERFACES_OF_ISATAP = (0x0000_5EFE, 0x0200_5EFE)  # in front of an IPv4 address


def is_public(ip: IPAddress) -> bool:
    """Whether an address is public, and so is each IPv4 address that it carries."""
    if isinstance(ip, IPv4Address):
        return not any(ip in network for network in SPECIAL_IPV4)
    carried = list_carried(ip)
    if not all(is_public(inner) for inner in carried):
        return False
    if ip.ipv4_mapped or ip in TRANSLATED or ip.teredo:
        return True
    return ip in PUBLIC_IPV6 and not any(ip in network for network in SPECIAL_IPV6)


def list_carried(ip: IPv6Address) -> list[IPv4Address]:
    """Return the IPv4 addresses to which a packet for this address goes on, or may go on."""
    carried = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    number = int(ip)
    last_bits = IPv4Address(number & 0xFFFF_FFFF)
    if ip in TRANSLATED or (number >> 32) & 0xFFFF_FFFF in INTERFACES_OF_ISATAP:
        carried.append(last_bits)
    return [inner for inner in carried if inner is not None]
