"""Signed links, by which a follower confirms, changes and ends a search without an account."""

import uuid

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.urls import reverse

from claims.models import SavedSearch

SIGNER = Signer(sep=".", salt="claims.following")


def sign(search: SavedSearch) -> str:
    return SIGNER.sign(search.token.hex)


def read_signed(signed: str) -> uuid.UUID | None:
    """Return the token of a search that is signed, or None if nobody here signed it."""
    try:
        return uuid.UUID(hex=SIGNER.unsign(signed))
    except (BadSignature, ValueError):
        return None


def build_search_address(search: SavedSearch) -> str:
    """Return the address of the page at which a search is confirmed, changed and ended."""
    return search.site + reverse("followed", args=[sign(search)])


def build_end_address(search: SavedSearch) -> str:
    """Return the address that ends a search when a mail program posts to it (RFC 8058)."""
    return search.site + reverse("follow-end", args=[sign(search)])


def find_site_of(request: HttpRequest) -> str:
    """Return what addresses in mails begin with: as it is set, or as the site was reached."""
    return settings.SITE_ADDRESS or f"{request.scheme}://{request.get_host()}"
