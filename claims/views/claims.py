"""Claims, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims.extraction.schema import STANCES
from claims.models import Claim
from claims.models.factchecks import build_factcheck_exists
from claims.pages.cards import build_claim_card
from claims.pages.claim_page import build_claim_page, count_proposed
from claims.pages.claim_rows import build_claim_rows
from claims.pages.identity import build_claim_data
from claims.pages.labels import VALUE_LABELS
from claims.search import claimed, columns, listing, quoted, stream
from claims.search.filters import Filters
from claims.views.embedding import build_claim_embed_code
from claims.views.moved import find_claim_now, redirect_for_good
from newsroom import htmx


@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    asked, problems = listing.read_list_query(listing.ClaimListForm, request.GET)
    known = columns.get_current_columns()
    found = claimed.find_claims(known, asked)
    page, page_problems = listing.select_page(found.numbers, request.GET)
    numbers = [int(number) for number in page]
    context = {
        "section": "claims",
        "asked": asked,
        "stances": STANCES,
        "ways_disputed": VALUE_LABELS["disputed"].items(),
        "chips": found.chips,
        "copies": found.copies,
        "page": page,
        "rows": build_claim_rows(known, numbers, is_once=found.is_once),
        "problems": [*problems, *found.problems, *page_problems],
    }
    return htmx.render(request, "claims.html", context, fragment="results")


@require_safe
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Claim.objects.defer("search").annotate(has_factchecks=build_factcheck_exists())
    claim = rows.filter(pk=pk).first()
    if claim is None:
        return redirect_for_good(request, find_claim_now(pk).get_absolute_url())
    asked, problems = listing.read_list_query(listing.CopiesForm, request.GET)
    known = columns.get_current_columns()
    found = quoted.find_quotes_of_claim(known, claim.pk, asked)
    page, page_problems = listing.select_page(found.ids, request.GET, stream.QUOTES_PER_PAGE)
    claim_address = claim.get_absolute_url()
    shown = build_claim_page(known, claim, is_once=found.copies.is_once)
    card = build_claim_card(claim, [(side.name, side.number) for side in shown.sides])
    may_judge = request.user.has_perm("claims.change_match")
    context = {
        "section": "claims",
        "claim": claim,
        "shown": shown,
        "card": card,
        "linked_data": build_claim_data(claim, request.build_absolute_uri(claim_address)),
        "embed_code": build_claim_embed_code(request, claim, card, len(shown.sides)),
        "stances": found.stances,
        "copies": found.copies,
        "page": page,
        "quotes": stream.fetch_quotes_shown(known, list(page.object_list), Filters()),
        "may_judge": may_judge,
        "proposed": count_proposed(claim) if may_judge else 0,
        "problems": problems + page_problems,
    }
    return htmx.render(request, "claim.html", context, fragment="results")
