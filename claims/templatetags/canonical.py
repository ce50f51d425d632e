"""What the head of each page tells search engines."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from claims.pages.canonical import build_canonical_address

register = template.Library()

NOT_LISTED = mark_safe('<meta name="robots" content="noindex">')


@register.simple_tag(takes_context=True)
def canonical_link(context: template.Context, **state: Any) -> SafeString:
    """Return the address to keep of what is shown, or that it is to be kept nowhere.

    `state` takes the place of what the address says, where that says it in other words.
    """
    request: HttpRequest | None = context.get("request")
    match = request.resolver_match if request else None
    if request is None or match is None or not settings.INDEXED:
        return NOT_LISTED
    query = QueryDict(urlencode(state)) if state else request.GET
    address = build_canonical_address(match.url_name or "", request.path, query)
    if not address.is_listed:
        return NOT_LISTED
    site = f"{request.scheme}://{request.get_host()}"
    return format_html('<link rel="canonical" href="{}{}">', site, address.path)
