"""Where the quotes of a page go out: files, feeds, and what a link to the page shows elsewhere."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.models import Claim
from claims.outputs.charts import CHART_FORMATS
from claims.outputs.formats import DOWNLOADS, FEEDS, Format
from claims.pages.cards import Card
from claims.search.filters import Filters
from claims.search.parameters import get_default_order

register = template.Library()

ARRIVED = "order=arrived"
NEWEST = "order=newest"
PUBLISHED = "order=published"
OutputOwner = Filters | Claim | str


@register.inclusion_tag("_outputs.html")
def outputs(owner: OutputOwner) -> dict[str, Any]:
    """Return the files and feeds of a state of the filters, a claim, or a query string."""
    return {
        "downloads": [(each, find_address(owner, each)) for each in DOWNLOADS],
        "arrived": [(each, find_address(owner, each, is_arrived=True)) for each in FEEDS],
        "published": [(each, find_address(owner, each)) for each in FEEDS],
        "by_email": find_follow_address(owner),
    }


def find_follow_address(owner: OutputOwner) -> str:
    """Return where a reader asks for mails of what is new of the owner's quotes."""
    if isinstance(owner, Claim):
        return f"{reverse('follow')}?claim={owner.pk}"
    query = owner.query() if isinstance(owner, Filters) else owner
    return f"{reverse('follow')}?{query}" if query else reverse("follow")


@register.simple_tag
def chart_links(chart: str, query: str, label: str = "Download this chart") -> SafeString:
    """Return where a chart goes out as a file, with the query string of its page."""
    links = []
    for each in CHART_FORMATS.values():
        address = reverse("chart", args=[chart, each.ending])
        links.append((f"{address}?{query}" if query else address, each.name))
    written = format_html_join(" ", '<a href="{}" rel="nofollow" download>{}</a>', links)
    return format_html('<p class="save"><span>{}</span> {}</p>', label, written)


@register.simple_tag
def feed_links(owner: OutputOwner) -> SafeString:
    """Return the feeds as programs look for them in the head of a page."""
    links = [
        (each.media_type.partition(";")[0], each.name, find_address(owner, each, is_arrived=True))
        for each in FEEDS
    ]
    return format_html_join(
        "\n  ", '<link rel="alternate" type="{}" title="New quotes ({})" href="{}">', links
    )


@register.inclusion_tag("_other_feeds.html")
def other_feeds(view: str, kind: str = "", query: str = "") -> dict[str, Any]:
    """Return the feeds of a view: of one kind of what it has, or for a query string."""
    return {
        "arrived": list_feed_addresses(view, query or build_kind_query(kind), ARRIVED),
        "published": list_feed_addresses(view, query or build_kind_query(kind), PUBLISHED),
    }


@register.inclusion_tag("_other_feeds.html")
def follow_topic(filters: Filters) -> dict[str, Any]:
    """Return the feeds of a topic, and where mails of it are asked for."""
    query = filters.query(order=get_default_order(filters.q))
    return {
        "arrived": list_feed_addresses("topic-as", query, ARRIVED),
        "published": list_feed_addresses("topic-as", query, NEWEST),
        "by_email": f"{reverse('follow')}?topic=1&{query}",
    }


@register.simple_tag
def other_feed_links(view: str, kind: str = "", query: str = "") -> SafeString:
    """Return these feeds as programs look for them in the head of a page."""
    addresses = list_feed_addresses(view, query or build_kind_query(kind), ARRIVED)
    links = [(each.media_type.partition(";")[0], each.name, address) for each, address in addresses]
    return format_html_join(
        "\n  ", '<link rel="alternate" type="{}" title="New ones ({})" href="{}">', links
    )


def build_kind_query(kind: str) -> str:
    return f"kind={kind}" if kind else ""


def list_feed_addresses(view: str, query: str, order: str) -> list[tuple[Format, str]]:
    own = "&".join(part for part in (query, order) if part)
    addresses = []
    for each in FEEDS:
        address = reverse(view, args=[each.ending])
        addresses.append((each, f"{address}?{own}" if own else address))
    return addresses


def find_address(owner: OutputOwner, each: Format, *, is_arrived: bool = False) -> str:
    """Return the address of a format of the owner's quotes."""
    if isinstance(owner, Claim):
        address = reverse("claim-as", args=[owner.pk, each.ending])
        return f"{address}?{ARRIVED}" if is_arrived else address
    if isinstance(owner, Filters):
        query = owner.query(order="arrived") if is_arrived else owner.query()
    else:
        query = "&".join(part for part in (owner, ARRIVED if is_arrived else "") if part)
    address = reverse("quotes-as", args=[each.ending])
    return f"{address}?{query}" if query else address


@register.simple_tag(takes_context=True)
def card_tags(context: template.Context, card: Card, address: str) -> SafeString:
    """Return what a link to the page shows in messages and on other sites."""
    request: HttpRequest = context["request"]
    return format_html(
        CARD_TEMPLATE,
        title=card.title,
        description=card.description,
        address=request.build_absolute_uri(address),
        oembed=build_oembed_address(request, address),
    )


def build_oembed_address(request: HttpRequest, address: str) -> str:
    """Return where other sites ask how they may show a page."""
    query = urlencode({"url": request.build_absolute_uri(address)})
    return f"{request.build_absolute_uri(reverse('oembed'))}?{query}"


CARD_TEMPLATE = """<meta property="og:site_name" content="Newsroom">
  <meta property="og:type" content="article">
  <meta property="og:url" content="{address}">
  <meta property="og:title" content="{title}">
  <meta property="og:description" content="{description}">
  <meta name="twitter:card" content="summary">
  <meta name="twitter:title" content="{title}">
  <meta name="twitter:description" content="{description}">
  <link rel="alternate" type="application/json+oembed" title="{title}" href="{oembed}">"""
