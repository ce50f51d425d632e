"""Quotes and claims in frames of other sites, and how these find them (oEmbed)."""

from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from claims.models import Article, Claim, Quote
from claims.pages import embedding
from claims.pages.cards import Card, build_claim_card, build_quote_card
from claims.pages.claim_sides import build_sides, find_opposing_wordings
from claims.pages.embedding import Embed
from claims.search import columns
from claims.views.moved import find_article_now, find_claim_now, find_quote_now, redirect_for_good
from newsroom.framing import allow_framing
from newsroom.row_numbers import read_row_number

KEPT_FOR = 300  # seconds, so that what is withdrawn is soon seen to be
OEMBED_KEPT_FOR = 3600
LONGEST_ADDRESS = 2000  # characters
EMBED_OF_PAGE = {"quote": "quote-embed", "claim": "claim-embed"}


@require_safe
@allow_framing
def quote_embed(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a quote in a frame; one that is gone says so there."""
    quote = find_quote(pk)
    if quote is None:
        return answer_for_missing(request, "quote-embed", find_quote_now, pk)
    return render_embed(request, build_embed_of_quote(request, quote))


@require_safe
@allow_framing
def claim_embed(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a claim in a frame, with who takes which side of it."""
    claim = Claim.objects.defer("search").filter(pk=pk).first()
    if claim is None:
        return answer_for_missing(request, "claim-embed", find_claim_now, pk)
    return render_embed(request, build_embed_of_claim(request, claim))


def find_quote(pk: int) -> Quote | None:
    rows = Quote.objects.for_display().select_related("within__actor").with_version()
    return rows.filter(pk=pk).first()


def find_site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def build_embed_of_quote(request: HttpRequest, quote: Quote) -> Embed:
    return embedding.build_quote_embed(quote, build_quote_card(quote), find_site(request))


def build_embed_of_claim(request: HttpRequest, claim: Claim) -> Embed:
    known = columns.get_current_columns()
    sides = build_sides(known, find_opposing_wordings([claim.pk]), is_once=True)[claim.pk]
    card = build_claim_card(claim, [(side.name, len(side.rows)) for side in sides])
    return embedding.build_claim_embed(known, claim, sides, card, find_site(request))


def answer_for_missing(request: HttpRequest, view: str, find_now: Any, pk: int) -> HttpResponse:
    """Redirect to what took the place of a row, or say in the frame that there is none."""
    try:
        now = find_now(pk)
    except Http404:
        return render_embed(request, embedding.build_missing_embed(find_site(request)), 404)
    return redirect_for_good(request, reverse(view, args=[now.pk]))


def render_embed(request: HttpRequest, embed: Embed, status: int = 200) -> HttpResponse:
    response = render(request, "embed.html", {"shown": embed}, status=status)
    patch_cache_control(response, public=True, max_age=KEPT_FOR)
    return response


# oEmbed


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Tell how the page of an address is shown elsewhere (https://oembed.com)."""
    wanted = request.GET.get("format", "json")
    if wanted != "json":
        # As oEmbed has it for the other format that it knows.
        status = 501 if wanted == "xml" else 400
        return answer_in_json({"error": "There is JSON alone."}, status)
    address = request.GET.get("url", "")
    match = find_page(request, address)
    if match is None:
        error = "“url” is the address of no quote, claim or article of this site."
        return answer_in_json({"error": error}, status=404)
    try:
        described = describe_page(request, match)
    except Http404:
        return answer_in_json({"error": "There is nothing at that address."}, status=404)
    return answer_in_json(described)


def answer_in_json(described: dict[str, Any], status: int = 200) -> HttpResponse:
    """Return JSON that scripts of every page may read."""
    response = JsonResponse(described, status=status)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def find_page(request: HttpRequest, address: str) -> ResolverMatch | None:
    """Return which page of this site an address names; None if it names none that is told."""
    try:
        parts = urlsplit(address[:LONGEST_ADDRESS])
        match = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    is_own = parts.scheme in ("http", "https") and parts.netloc == request.get_host()
    is_told = match.url_name in ("quote", "claim", "article", *EMBED_OF_PAGE.values())
    return match if is_own and is_told else None


def describe_page(request: HttpRequest, match: ResolverMatch) -> dict[str, Any]:
    """Return what stands at an address as oEmbed has it. Raises `Http404`."""
    site = find_site(request)
    described: dict[str, Any] = {
        "version": "1.0",
        "provider_name": "Newsroom",
        "provider_url": f"{site}/",
        "cache_age": OEMBED_KEPT_FOR,
    }
    pk = match.kwargs["pk"]
    if match.url_name == "article":
        rows = Article.objects.select_related("outlet").defer("text", "search")
        article = rows.filter(pk=pk).first() or find_article_now(pk)
        outlet = article.outlet
        described |= {"type": "link", "title": article.title, "author_name": outlet.name}
        return described | {"author_url": f"{site}{outlet.get_absolute_url()}"}
    if match.url_name in ("quote", "quote-embed"):
        quote = find_quote(pk) or find_quote(find_quote_now(pk).pk)
        if quote is None:
            raise Http404
        return described | describe_frame(request, *frame_quote(request, quote))
    claim = Claim.objects.filter(pk=pk).first() or find_claim_now(pk)
    return described | describe_frame(request, *frame_claim(request, claim))


def frame_quote(request: HttpRequest, quote: Quote) -> tuple[Embed, str]:
    """Return what a frame of a quote shows, and its address in full."""
    address = reverse("quote-embed", args=[quote.pk])
    return build_embed_of_quote(request, quote), request.build_absolute_uri(address)


def frame_claim(request: HttpRequest, claim: Claim) -> tuple[Embed, str]:
    address = reverse("claim-embed", args=[claim.pk])
    return build_embed_of_claim(request, claim), request.build_absolute_uri(address)


def build_quote_embed_code(request: HttpRequest, quote: Quote) -> str:
    """Return the HTML by which another page shows a quote."""
    return build_code(*frame_quote(request, quote))


def build_claim_embed_code(request: HttpRequest, claim: Claim, card: Card, sides: int) -> str:
    """Return the HTML by which another page shows a claim, as high as quotes of so many sides
    may need.
    """
    frame = request.build_absolute_uri(reverse("claim-embed", args=[claim.pk]))
    embed = embedding.outline_claim_embed(claim, card, sides)
    return build_code(embed, frame)


def build_code(embed: Embed, frame: str) -> str:
    height = embedding.compute_embed_height(embed, embedding.EMBED_WIDTH)
    return embedding.build_embed_code(frame, embed.title, embedding.ALL_OF_THE_ROOM, height)


def describe_frame(request: HttpRequest, embed: Embed, frame: str) -> dict[str, Any]:
    """Return the frame within the size that the other site has for it."""
    widest = read_row_number(request.GET.get("maxwidth", "")) or embedding.EMBED_WIDTH
    width = min(widest, embedding.EMBED_WIDTH)
    height = embedding.compute_embed_height(embed, max(width, embedding.LEAST_EMBED_WIDTH))
    highest = read_row_number(request.GET.get("maxheight", "")) or height
    height = min(height, highest)
    code = embedding.build_embed_code(frame, embed.title, width, height)
    return {"type": "rich", "title": embed.title, "html": code, "width": width, "height": height}
