"""Reads an address strictly: what may be written in more than one way, and read in more than one, is refused.

Numbers of hosts have many spellings (`127.1`, `0x7f000001`, `017700000001`, full-width digits) that
one program takes for a name and another for an address. Only the usual one is let in.
"""

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address

import httpx

from claims.intake.fetching.refusals import FetchRefused, shorten

LONGEST_ADDRESS = 2000  # characters
LONGEST_HOST = 253
PORT_OF_SCHEME = {"http": 80, "https": 443}
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
PARTS = re.compile(
    r"(?P<scheme>https?)://(?P<authority>[^/?#]*)(?P<rest>[^#]*)(?:#.*)?", re.I | re.S
)
AUTHORITY = re.compile(
    r"(?:\[(?P<six>[0-9a-fA-F:.]+)\]|(?P<host>[^:\[\]]+))(?::(?P<port>[1-9][0-9]{0,4})?)?"
)
HOST = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
OTHER_DOT = "\u3002"  # of Chinese, which is read as a dot in names
HIGHEST_PORT = 65_535
INVISIBLE = ("Cc", "Cs")  # control characters, and halves of characters

NOT_THE_WEB = "only addresses that begin with https:// or http:// are fetched"
NO_ADDRESS = "it is not the address of a page"
ODD_SPELLING = "its host is written in an unusual way, which can hide where it leads"


@dataclass(frozen=True, slots=True)
class Address:
    """An address as it is asked for, without a fragment. An IPv6 `host` has no brackets."""

    text: str
    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


def parse_address(written: str) -> Address:
    """Return the address that somebody wrote, or that a page leads to. Raises `FetchRefused`."""
    text = written.strip(" \t\r\n")
    check_characters(text)
    parts = PARTS.fullmatch(text)
    if parts is None:
        raise FetchRefused(explain_no_address(text))
    scheme = parts["scheme"].lower()
    if "@" in parts["authority"]:
        raise FetchRefused("the address holds a user name or a password")
    authority = AUTHORITY.fullmatch(parts["authority"])
    if authority is None:
        raise FetchRefused(ODD_SPELLING if parts["authority"] else NO_ADDRESS)
    if authority["six"]:
        host = read_ipv6(authority["six"])
        netloc = f"[{host}]"
    else:
        host = netloc = read_host(authority["host"])
    port = int(authority["port"] or PORT_OF_SCHEME[scheme])
    if port > HIGHEST_PORT:
        raise FetchRefused(NO_ADDRESS)
    is_usual = port == PORT_OF_SCHEME[scheme]
    place = netloc if is_usual else f"{netloc}:{port}"
    return build_address(scheme, host, port, f"{scheme}://{place}{parts['rest']}")


def check_characters(text: str) -> None:
    if not text:
        raise FetchRefused("there is no address")
    if len(text) > LONGEST_ADDRESS:
        raise FetchRefused(f"the address is longer than {LONGEST_ADDRESS:,} characters")
    if any(unicodedata.category(character) in INVISIBLE for character in text):
        raise FetchRefused("the address holds an invisible character")
    if "\\" in text:
        raise FetchRefused(f"{ODD_SPELLING} (with a backslash)")


def explain_no_address(text: str) -> str:
    scheme = SCHEME.match(text)
    if scheme is None:
        return f"{NO_ADDRESS}; {NOT_THE_WEB}"
    if scheme[1].lower() in PORT_OF_SCHEME:
        return NO_ADDRESS
    return f"“{shorten(scheme[1])}:” is not fetched; {NOT_THE_WEB}"


def read_ipv6(written: str) -> str:
    """Return an IPv6 address in its shortest spelling, which all others are equal to."""
    try:
        return str(IPv6Address(written))
    except AddressValueError:
        raise FetchRefused(NO_ADDRESS) from None


def read_host(written: str) -> str:
    """Return the name of a host as it is looked up, or its IPv4 address."""
    host = written.lower()
    if not host.isascii():
        host = encode_name(host)
    if not HOST.fullmatch(host) or len(host) > LONGEST_HOST:
        raise FetchRefused(ODD_SPELLING)
    last_part = host.rsplit(".", 1)[-1]
    if NUMBER.fullmatch(last_part):
        check_ipv4(host)
    return host


def check_ipv4(host: str) -> None:
    """Raise `FetchRefused` unless it is four numbers without leading zeros."""
    try:
        IPv4Address(host)
    except AddressValueError:
        raise FetchRefused(ODD_SPELLING) from None


def encode_name(host: str) -> str:
    """Return a name in other letters as it is looked up: “münchen.example” is xn--mnchen-3ya.example.

    Characters that stand for others, such as full-width digits and dots, are refused.
    """
    composed = unicodedata.normalize("NFC", host)
    if OTHER_DOT in composed or unicodedata.normalize("NFKC", composed) != composed:
        raise FetchRefused(ODD_SPELLING)
    try:
        return httpx.URL(f"https://{composed}/").raw_host.decode("ascii")
    except (httpx.InvalidURL, UnicodeError):
        raise FetchRefused(ODD_SPELLING) from None


def build_address(scheme: str, host: str, port: int, text: str) -> Address:
    """Return the address, if the client that asks for it reads it in the same way."""
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, UnicodeError):
        raise FetchRefused(NO_ADDRESS) from None
    understood = (url.scheme, url.raw_host.decode("ascii"), url.port or PORT_OF_SCHEME[scheme])
    if understood != (scheme, host, port) or url.userinfo:
        raise FetchRefused(ODD_SPELLING)
    return Address(str(url), scheme, host, port)
