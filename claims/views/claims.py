"""Claims, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from claims.models import Claim, Quote
from claims.search import listing, stream
from newsroom import htmx


@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    asked, problems = listing.read_list_query(listing.WordsListForm, request.GET)
    found = Claim.objects.standing()
    if "q" in asked:
        found = found.search(asked["q"])
    page, page_problems = listing.select_page(found.most_quoted(), request.GET)
    context = {
        "section": "claims",
        "asked": asked,
        "page": page,
        "problems": problems + page_problems,
    }
    return htmx.render(request, "claims.html", context, fragment="results")


@require_safe
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim.objects.defer("search"), pk=pk)
    quotes = Quote.objects.standing().filter(claim=claim)
    newest = quotes.for_list().newest()
    page, page_problems = listing.select_page(newest, request.GET, stream.QUOTES_PER_PAGE)
    problems = listing.list_query_problems(request.GET, known=["page"]) + page_problems
    context = {
        "section": "claims",
        "claim": claim,
        "stances": quotes.per_stance(),
        "page": page,
        "problems": problems,
    }
    return htmx.render(request, "claim.html", context, fragment="results")
