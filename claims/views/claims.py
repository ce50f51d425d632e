"""Claims, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from claims.models import Claim
from claims.search import columns, listing, quoted, stream
from claims.search.filters import Filters
from newsroom import htmx


@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    asked, problems = listing.read_list_query(listing.ClaimListForm, request.GET)
    found = quoted.find_claims(asked)
    page, page_problems = listing.select_page(found.numbers, request.GET)
    rows = Claim.objects.defer("search")
    context = {
        "section": "claims",
        "asked": asked,
        "copies": found.copies,
        "page": page,
        "claims": quoted.fetch_in_order(page, rows, found.counts),
        "problems": problems + page_problems,
    }
    return htmx.render(request, "claims.html", context, fragment="results")


@require_safe
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim.objects.defer("search"), pk=pk)
    asked, problems = listing.read_list_query(listing.CopiesForm, request.GET)
    known = columns.get_current_columns()
    found = quoted.find_quotes_of_claim(known, claim.pk, asked)
    page, page_problems = listing.select_page(found.ids, request.GET, stream.QUOTES_PER_PAGE)
    context = {
        "section": "claims",
        "claim": claim,
        "stances": found.stances,
        "copies": found.copies,
        "page": page,
        "quotes": stream.fetch_quotes_shown(known, list(page.object_list), Filters()),
        "problems": problems + page_problems,
    }
    return htmx.render(request, "claim.html", context, fragment="results")
