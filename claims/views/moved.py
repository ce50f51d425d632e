"""Redirects from the addresses of what was merged into something else."""

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control

from claims.models import Article, Claim, FormerArticle, FormerQuote, Quote, Wording


def redirect_for_good(request: HttpRequest, address: str) -> HttpResponse:
    """Redirect to another address, with the same query.

    Browsers are told to ask again each time, since a merge can be undone.
    """
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    patch_cache_control(response, no_cache=True)
    return response


def redirect_for_now(request: HttpRequest, address: str) -> HttpResponse:
    """Redirect to another address, with the same query, for as long as both are taken for one."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


def find_article_now(number: int) -> Article:
    """Return the article into which the one of this number was merged, or raise `Http404`."""
    rows = FormerArticle.objects.select_related("article").defer("article__text", "article__search")
    return get_object_or_404(rows, number=number).article


def find_claim_now(number: int) -> Claim:
    """Return the claim of the wording of this number, or of the one that took its place.

    Raises `Http404`.
    """
    claim = Wording.objects.find_claim(number)
    if claim is None:
        raise Http404
    return claim


def find_quote_now(number: int) -> Quote:
    """Return the quote that took the place of the one of this number, or raise `Http404`."""
    rows = FormerQuote.objects.select_related("quote").defer("quote__search_content")
    return get_object_or_404(rows, number=number).quote
