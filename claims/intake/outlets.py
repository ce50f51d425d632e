"""Finds who published an article, by the host of its address, and what that outlet is called.

An outlet's hosts are rows, which a curator may give to another outlet, and so is its name. For an
outlet that is not there yet, the name is that which its own pages give, else that of the list of
well-known outlets, else its host. A stronger name takes the place of a weaker one when a later
article tells it; one that a curator set stays.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from claims.history.writing import Named, lock_names
from claims.intake.addresses import is_of_inner_network, reduce_host
from claims.intake.well_known_outlets import SHORT_NAMES, WELL_KNOWN_OUTLETS
from claims.models import Outlet, OutletHost, OutletNameOrigin, find_unused_slug

EDITION_PREFIXES = ("edition.", "uk.")
LONGEST_HOST = 253  # characters
NO_PUBLISHER = "unknown publisher"
ORIGINS_BY_STRENGTH = list(OutletNameOrigin)


@dataclass(frozen=True, slots=True)
class OutletName:
    """What an outlet is called, and who says so."""

    name: str
    origin: OutletNameOrigin

    def is_stronger_than(self, origin: str) -> bool:
        return ORIGINS_BY_STRENGTH.index(self.origin) > ORIGINS_BY_STRENGTH.index(
            OutletNameOrigin(origin)
        )


OutletNames = Mapping[str, OutletName]  # of the outlets that there are, by each of their hosts


@dataclass(frozen=True, slots=True)
class PublishedAt:
    """What a document tells of its outlet.

    `host` is that of its address; without one, the publisher's name in small letters. `well_known`
    is the outlet of the list that it is, "" if it is none. `publisher` is the name that the
    document gives.
    """

    host: str
    well_known: str
    publisher: str

    @property
    def hosts(self) -> list[str]:
        """The hosts by which the outlet may be known, the surest first."""
        return list(dict.fromkeys([self.host, *list_well_known_hosts(self.well_known)]))

    @property
    def name(self) -> OutletName:
        """What the outlet is called, unless a curator or another document knows better."""
        is_told = self.publisher and not is_variant_name(self.publisher, self.well_known)
        if is_told:
            return OutletName(self.publisher, OutletNameOrigin.PAGE)
        if self.well_known:
            return OutletName(self.well_known, OutletNameOrigin.LIST)
        return OutletName(self.host, OutletNameOrigin.HOST)


# From what a document tells


def find_published_at(url: str, publisher: str) -> PublishedAt:
    publisher = publisher.strip()
    host = find_host(url)
    if host and not (publisher and is_of_inner_network(url)):
        return PublishedAt(host, find_well_known_by_host(host), publisher)
    well_known = find_well_known_by_name(publisher)
    host = (publisher or NO_PUBLISHER).casefold()[:LONGEST_HOST]
    return PublishedAt(host, well_known, publisher)


def find_host(url: str) -> str:
    """Return the host of an address without what stands before it for editions and phones."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    host = reduce_host(host)
    for prefix in EDITION_PREFIXES:
        host = host.removeprefix(prefix)
    return host


def find_well_known_by_host(host: str) -> str:
    """Return the well-known outlet that has a host, or a domain in which it lies; "" if none has."""
    parts = host.split(".")
    for number in range(len(parts) - 1):
        domain = ".".join(parts[number:])
        if domain in WELL_KNOWN_OUTLETS:
            return WELL_KNOWN_OUTLETS[domain]
    return ""


def find_well_known_by_name(publisher: str) -> str:
    """Return the well-known outlet of this name, whole or short; "" if there is none."""
    folded = publisher.casefold()
    return SHORT_NAMES.get(folded) or list_well_known_names().get(folded, "")


@cache
def list_well_known_names() -> dict[str, str]:
    return {name.casefold(): name for name in WELL_KNOWN_OUTLETS.values()}


def list_well_known_hosts(name: str) -> list[str]:
    """Return the hosts of a well-known outlet; none for any other."""
    return [host for host, outlet in WELL_KNOWN_OUTLETS.items() if outlet == name]


def is_variant_name(publisher: str, well_known: str) -> bool:
    """Return whether a name is but another form of a well-known outlet's: BBC, New York Times, nyt."""
    if not well_known:
        return False
    if find_well_known_by_name(publisher) == well_known:
        return True
    own, known = fold_name(publisher), fold_name(well_known)
    return bool(own) and (own in known or known in own)


def fold_name(name: str) -> str:
    """Return the letters and digits of a name in small letters."""
    return re.sub(r"[\W_]+", "", name.casefold())


# From the outlets that there are


def read_outlet_names(hosts: Sequence[str] | None = None) -> dict[str, OutletName]:
    """Return the names of the outlets that there are, by their hosts: by these, or else by each.

    That takes one query.
    """
    known = OutletHost.objects.order_by("pk")
    if hosts is not None:
        known = known.filter(host__in=hosts)
    rows = known.values_list("host", "outlet__name", "outlet__named_by")
    return {host: OutletName(name, OutletNameOrigin(origin)) for host, name, origin in rows}


def find_outlet_name(url: str, publisher: str, names: OutletNames) -> str:
    """Return what a document's outlet is called once the document is stored."""
    found = find_published_at(url, publisher)
    stored = next((names[host] for host in found.hosts if host in names), None)
    if stored is None or found.name.is_stronger_than(stored.origin):
        return found.name.name
    return stored.name


def find_outlets(hosts: Iterable[str]) -> dict[str, Outlet]:
    """Return the outlets by those of these hosts that they have, in one query."""
    rows = OutletHost.objects.filter(host__in=hosts).order_by().select_related("outlet")
    return {row.host: row.outlet for row in rows}


def find_outlets_to_add(published: Sequence[PublishedAt]) -> dict[str, Outlet]:
    """Return the outlets that documents have, by their hosts.

    Nobody else makes those that are missing, until this transaction ends.
    """
    hosts = {host for each in published for host in each.hosts}
    outlets = find_outlets(hosts)
    missing = hosts - outlets.keys()
    if missing:
        lock_names(Named.OUTLET, missing)
        outlets |= find_outlets(missing)
    return outlets


def find_or_create_outlet(found: PublishedAt, outlets: dict[str, Outlet] | None = None) -> Outlet:
    """Return the outlet of a document, in one query where it is there already.

    `outlets` are those that have been looked up, by their hosts; one that is made is added.
    """
    if outlets is None:
        outlets = find_outlets(found.hosts)
    for host in found.hosts:
        if host in outlets:
            rename_outlet(outlets[host], found.name)
            return outlets[host]
    outlet = create_outlet(found)
    outlets.update(dict.fromkeys(found.hosts, outlet))
    return outlet


def rename_outlet(outlet: Outlet, name: OutletName) -> None:
    """Give an outlet a name that a document tells, if it has none as sure already.

    Its slug stays.
    """
    if name.is_stronger_than(outlet.named_by):
        named_before = Outlet.objects.filter(pk=outlet.pk, named_by=outlet.named_by)
        outlet.name = name.name
        outlet.named_by = name.origin
        named_before.update(name=outlet.name, named_by=outlet.named_by)


def create_outlet(found: PublishedAt) -> Outlet:
    """Make an outlet with its hosts: those of the list for a well-known one, else its own."""
    name = found.name
    slug = find_unused_slug(Outlet, name.name)
    outlet = Outlet.objects.create(name=name.name, slug=slug, named_by=name.origin)
    hosts = list_well_known_hosts(found.well_known) or [found.host]
    OutletHost.objects.bulk_create([OutletHost(outlet=outlet, host=host) for host in hosts])
    return outlet
